// A sheet as the window shows it: pairs of answers, losses, and what the built-in sample says of its own. Pure.
import type { EvaluatedPair, Evaluation } from '../../contract/window/results'
import { both } from './items'
import type { Opened } from './open-sheet'
import type { SampleCheck } from './sample-check'
import { answeredOf, lossOf, type AnsweredItem } from './scores'

export type SheetView = Omit<Evaluation, 'run' | 'state' | 'cancelled' | 'error'>

/** mean over the held-out part */
export interface TrainedLosses {
  readonly base: number
  readonly tuned: number
}

export function viewOf(
  { sheet, items, asked }: Opened,
  trained: TrainedLosses | null,
  check: SampleCheck
): SheetView {
  const pairs = answeredOf(sheet, items, { most: asked, candidates: both }).map((one) => pairOf(one, check))
  const [base, tuned] = both.map((one) => trained?.[one] ?? lossOf(sheet, items, one)?.loss ?? null)
  return { ...losses(base, tuned), done: pairs.length, total: asked, pairs }
}

/** Nothing was ever evaluated. */
export const nothing: SheetView = { ...losses(null, null), done: 0, total: 0, pairs: [] }

function pairOf({ item, base, tuned }: AnsweredItem, check: SampleCheck): EvaluatedPair {
  const { before = [], question = '', answer = '' } = item.exchange ?? {}
  const [ofBase, ofTuned] = [check(item, base), check(item, tuned ?? '')]
  const sample = ofBase &&
    ofTuned && {
      baseTone: ofBase.tone,
      tunedTone: ofTuned.tone,
      baseFacts: ofBase.facts,
      tunedFacts: ofTuned.facts
    }
  return { index: item.index, before, question, reference: answer, base, tuned: tuned ?? '', sample }
}

function losses(
  base: number | null = null,
  tuned: number | null = null
): Pick<Evaluation, 'baseLoss' | 'tunedLoss' | 'basePerplexity' | 'tunedPerplexity'> {
  return {
    baseLoss: base,
    tunedLoss: tuned,
    basePerplexity: base === null ? null : Math.exp(base),
    tunedPerplexity: tuned === null ? null : Math.exp(tuned)
  }
}
