// New versions of this Neiro.
import type { UpdateCalls } from '../contract/window/updates'
import type { Parts } from '../parts'
import type { HandlersOf } from './handlers'

export function updateHandlers({ updates }: Parts): HandlersOf<UpdateCalls> {
  return {
    'updates.get': () => updates.view(),
    'updates.look': () => updates.look(),
    'updates.fetch': () => updates.fetch(),
    'updates.cancel': () => updates.cancel(),
    'updates.install': () => updates.install()
  }
}
