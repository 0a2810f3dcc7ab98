// A sheet as the window shows it: how far it is, the first pairs of answers, losses, and what the built-in sample says of
// its own. Pure.
import type { EvaluatedPair, Evaluation } from '../../contract/window/results'
import { askedOf, unaskedOf } from './items'
import type { Opened } from './open-sheet'
import { answeredByBoth, differsIn } from './same-answer'
import type { SampleCheck } from './sample-check'
import { answeredOf, lossOf, textBy, type AnsweredItem } from './scores'

export type SheetView = Omit<Evaluation, 'run' | 'state' | 'busy' | 'cancelled' | 'error' | 'general'>

/** mean over the held-out part */
export interface TrainedLosses {
  readonly base: number
  readonly tuned: number
}

/** most pairs that are told at once; the others are asked for */
export const pageOfPairs = 50

export function viewOf(opened: Opened, trained: TrainedLosses | null, check: SampleCheck): SheetView {
  const { sheet, items, asked } = opened
  const { candidates } = sheet.head
  const [base, tuned] = (['base', 'tuned'] as const).map(
    (one) => trained?.[one] ?? lossOf(sheet, items, one)?.loss ?? null
  )
  return {
    ...losses(base, tuned),
    ...progressOf(opened),
    total: asked,
    unasked: unaskedOf(items),
    answeredPairs: answeredByBoth(opened).length,
    differingPairs: answeredByBoth(opened).filter((item) => differsIn(sheet, item)).length,
    candidates,
    pairs: pairsOf(opened, check, 0)
  }
}

/** The pairs from a place on that both have answered. */
export function pairsOf(
  { sheet, items, asked }: Opened,
  check: SampleCheck,
  from: number
): readonly EvaluatedPair[] {
  const others = sheet.head.candidates.map(({ id }) => id).filter((id) => id !== 'base' && id !== 'tuned')
  const pairs: EvaluatedPair[] = []
  let at = 0
  for (const item of askedOf(items, asked)) {
    const [one] = answeredOf(sheet, [item], { most: 1, candidates: ['base', 'tuned'] })
    if (!one || at++ < from) continue
    const more = others.flatMap((id) => {
      const answer = sheet.answer(item, id)
      if (!answer) return []
      const { text, sources, refused } = answer
      return [{ id, text, sources, ...(refused !== undefined && { refused }) }]
    })
    const refused = sheet.answer(item, 'tuned')?.refused
    const pair = { ...pairOf(one, check), others: more, ...(refused !== undefined && { refused }) }
    if (pairs.push(pair) === pageOfPairs) break
  }
  return pairs
}

/** Nothing was ever evaluated. */
export const nothing: SheetView = {
  ...losses(null, null),
  ...{ done: 0, total: 0, answeredPairs: 0, differingPairs: 0, secondsLeft: null, candidates: [], pairs: [] },
  unasked: { texts: 0, again: 0 }
}

/** Items that are done: answers of all candidates together, in whole items. And how long the rest takes, as far as those
 *  that are there tell. */
function progressOf({ sheet, items, asked }: Opened): {
  readonly done: number
  readonly secondsLeft: number | null
} {
  const { candidates } = sheet.head
  const all = askedOf(items, asked)
  let [answers, seconds, timed, left] = [0, 0, 0, 0]
  const open: { readonly count: number; readonly mean: number | null }[] = []
  for (const { id } of candidates) {
    let [own, ownTimed, count] = [0, 0, 0]
    for (const item of all) {
      const answer = sheet.answer(item, id)
      if (!answer) count++
      else answers++
      if (answer?.seconds == null) continue
      own += answer.seconds
      ownTimed++
    }
    seconds += own
    timed += ownTimed
    left += count
    open.push({ count, mean: ownTimed === 0 ? null : own / ownTimed })
  }
  const mean = timed === 0 ? null : seconds / timed
  const secondsLeft =
    left === 0 || mean === null ? null : open.reduce((sum, one) => sum + one.count * (one.mean ?? mean), 0)
  return { done: candidates.length === 0 ? 0 : Math.floor(answers / candidates.length), secondsLeft }
}

function pairOf(one: AnsweredItem, check: SampleCheck): Omit<EvaluatedPair, 'others'> {
  const { before = [], question = '', answer = '' } = one.item.exchange ?? {}
  const [base, tuned] = [textBy(one, 'base'), textBy(one, 'tuned')]
  const [ofBase, ofTuned] = [check(one.item, base), check(one.item, tuned)]
  const sample = ofBase &&
    ofTuned && {
      baseTone: ofBase.tone,
      tunedTone: ofTuned.tone,
      baseFacts: ofBase.facts,
      tunedFacts: ofTuned.facts
    }
  return { index: one.item.index, before, question, reference: answer, base, tuned, sample }
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
