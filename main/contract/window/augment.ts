// Making more examples from those that are there: looked at first, then made as a file of the project.
import type { AugmentChoices, AugmentPreview } from '../augmentation'
import type { DataView } from './data'

export interface AugmentCalls {
  'augment.preview': { args: { project: string; choices: AugmentChoices }; result: AugmentPreview }
  /** tells augment.progress meanwhile; data.undo takes it back */
  'augment.apply': { args: { project: string; choices: AugmentChoices }; result: DataView }
  'augment.cancel': { args: { project: string }; result: null }
}
