// The calls that make more examples: handed to their service with the project's folder; what changes the set is told.
import type { AugmentCalls } from '../contract/window/augment'
import type { HandlersOf } from './handlers'
import { changedSet, within } from './data'
import type { Parts } from '../parts'

export function augmentHandlers(parts: Parts): HandlersOf<AugmentCalls> {
  const { augmentations } = parts
  return {
    'augment.preview': async (args) => augmentations.preview(await within(parts, args)),
    'augment.apply': async (args) =>
      changedSet(parts, await within(parts, args), (own) => augmentations.apply(own)),
    'augment.cancel': async (args) => {
      augmentations.cancel((await within(parts, args)).dir)
      return null
    }
  }
}
