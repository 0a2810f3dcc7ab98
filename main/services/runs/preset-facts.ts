// What presets are chosen by, and what is chosen.
import type { MethodKey } from '../../contract/methods'
import type { Settings } from '../../contract/settings'
import type { Preset } from '../../contract/window/training'

export interface PresetFacts {
  /** examples to learn from */
  readonly train: number
  readonly heldOut: number
  /** tokens of each training row, uncut */
  readonly lengths: ArrayLike<number>
  readonly parameters: number
  readonly maxPositionEmbeddings: number
  /** settings that were tried out with this very data and model */
  readonly proven: Settings | null
  /** of the goal: the usual way to train */
  readonly method: MethodKey
  /** what the run that it goes on from decides; null: it begins with the model as it is */
  readonly start: Partial<Settings> | null
  /** the model that it begins with is what another run has learnt whole */
  readonly onLearnt?: boolean
  /** different ones, of texts that are sorted; 0: none are */
  readonly labels: number
}

export type PresetChoice = Pick<Preset, 'key' | 'settings' | 'part'>
