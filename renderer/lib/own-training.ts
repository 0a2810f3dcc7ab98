// What a user sets by hand for a training, beside what a preset would say. Pure.
import { answersItself } from '../../main/contract/methods'
import type { Settings, Weights } from '../../main/contract/settings'
import type { FileRef } from '../../main/contract/window/app'
import type { TrainingPlan } from '../../main/contract/window/training'

/** Who gives answers marks, beside the rules of the settings. */
export interface Judges {
  /** a run whose model gives points */
  readonly run?: string
  readonly program?: FileRef
}

/** The user's own: settings, the share of the examples, and what was planned for them last. */
export interface Own {
  readonly settings: Settings
  readonly part: number
  /** of files: those that are not named are read once an epoch */
  readonly weights: Weights
  readonly judges: Judges
  readonly plan: TrainingPlan | null
  /** not put aside for a preset */
  readonly chosen: boolean
}

/** of a training, one per line; of more, the first */
export const mostQuestions = 5

export const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** What of it goes with a plan, and with a run. */
export const besideOf = (
  weights: Weights,
  { run }: Judges,
  { method }: Settings
): { readonly weights?: Weights; readonly rewardRun?: string } => ({
  ...(Object.keys(weights).length > 0 && { weights }),
  ...(run !== undefined && answersItself(method) && { rewardRun: run })
})
