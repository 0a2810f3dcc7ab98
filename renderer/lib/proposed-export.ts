// Which way out is proposed first for a model that writes: to the program that this PC has.
import type { FoundPrograms } from '../../main/contract/window/programs'
import type { ExportKind } from '../../main/contract/window/results'

/** null: it is not known yet what this PC has. */
export function proposedFor(found: FoundPrograms | null): ExportKind {
  if (found?.ollama.version) return 'ollama'
  return found?.lmStudio.shownPath ? 'lm-studio' : 'merged'
}
