// What to advise, from measured intervals alone. A way is enough where it surely keeps the tone and the facts; the cheapest
// such way is advised. Pure.
import type { AdviceCode } from '../../contract/advice'
import {
  decisiveScores,
  fewestItems,
  type CandidateResult,
  type EvaluationResult
} from '../../contract/evaluation'
import { standingOf } from './verdict'

/** share of traits and of facts that the lower end of the interval must reach: four of five */
export const enoughShare = 0.8

const ladder = ['base', 'prompt', 'examples', 'retrieval'] as const

export function adviceOf({ items, candidates, verdict }: EvaluationResult): AdviceCode {
  if (items < fewestItems) return 'few'
  for (const kind of ladder)
    if (candidates.some(({ candidate, ...one }) => candidate.kind === kind && isEnough(one)))
      return `${kind}-enough`
  if (verdict) {
    const { code } = verdict
    if (code === 'prompt-enough' || code === 'examples-enough' || code === 'retrieval-enough') return code
    if (code === 'facts-lost') return 'search'
    return code === 'better' ? 'tuned' : 'not-worth'
  }
  const untrained = candidates.filter(({ candidate }) => candidate.kind !== 'tuned')
  // wherever the tone is right already, more of it brings nothing: what lacks are facts
  if (untrained.some((one) => reaches(one, 'tone') && !reaches(one, 'facts'))) return 'search'
  return 'train'
}

type Scored = Pick<CandidateResult, 'scores'>

const reaches = ({ scores }: Scored, name: 'tone' | 'facts'): boolean => {
  const score = scores[name]
  // where there are no facts none can be lost
  return score ? score.low >= enoughShare : name === 'facts'
}

/** And nowhere surely worse than the base. */
function isEnough(one: Scored): boolean {
  if (!reaches(one, 'tone') || !reaches(one, 'facts')) return false
  return !decisiveScores.some((name) => standingOf(name, one.scores[name]?.overBase) === 'worse')
}
