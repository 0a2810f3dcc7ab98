// The calls of the check-up: handed to its service with the project's folder; what changes the set is told.
import type { CheckUpCalls } from '../contract/window/check-up'
import type { HandlersOf } from './handlers'
import { changedSet, within } from './data'
import type { Parts } from '../parts'

export function checkUpHandlers(parts: Parts): HandlersOf<CheckUpCalls> {
  const { checkUps } = parts
  return {
    'checkUp.get': async (args) => checkUps.get(await within(parts, args)),
    'checkUp.cancel': async (args) => checkUps.cancel(await within(parts, args)),
    'checkUp.repair': async (args) =>
      changedSet(parts, await within(parts, args), (within) => checkUps.repair(within)),
    'checkUp.setChoices': async (args) =>
      changedSet(parts, await within(parts, args), (within) => checkUps.setChoices(within)),
    'checkUp.personal': async (args) => checkUps.personal(await within(parts, args)),
    'checkUp.personalFile': async (args) => checkUps.personalFile(await within(parts, args))
  }
}
