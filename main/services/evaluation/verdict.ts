// What may be said of a tuned model, from measured intervals alone: better only where an interval lies wholly above
// nothing, and never better than what the base can do with a better prompt. Pure.
import {
  decisiveScores,
  fewestItems,
  mostSeen,
  scoreRows,
  type CandidateResult,
  type DecisiveScore,
  type Difference,
  type EvaluationResult,
  type Interval,
  type Verdict,
  type VerdictCode
} from '../../contract/evaluation'

export type Standing = 'better' | 'worse' | 'unclear'

/** What is looked at to decide, and shown where a decision is explained. */
export const decidingInterval = ({ low, high, together }: Difference): Interval => together ?? { low, high }

export function standingOf(
  score: keyof typeof scoreRows,
  difference: Difference | null | undefined
): Standing {
  if (!difference) return 'unclear'
  const { low, high } = decidingInterval(difference)
  const [good, bad] = scoreRows[score].better === 'more' ? [low > 0, high < 0] : [high < 0, low > 0]
  return good ? 'better' : bad ? 'worse' : 'unclear'
}

/** What costs least comes first. */
const ladder = [
  ['prompt', 'prompt-enough'],
  ['examples', 'examples-enough'],
  ['retrieval', 'retrieval-enough']
] as const

export function verdictOf({
  items,
  candidates,
  general,
  seen
}: Pick<EvaluationResult, 'items' | 'candidates' | 'general' | 'seen'>): Verdict | null {
  const tuned = candidates.find(({ candidate }) => candidate.id === 'tuned')
  if (!tuned || items === 0) return null
  const standings = Object.fromEntries(
    decisiveScores.flatMap((name) => {
      const score = tuned.scores[name]
      return score?.overBase ? [[name, standingOf(name, score.overBase)]] : []
    })
  ) as Verdict['standings']
  const forgot = general && general.difference.high < 0
  const code = codeOf(items, candidates, standings, forgot ?? false, isProven(seen))
  // of so few nothing is said, of no score either
  return { code, items, fewest: fewestItems, standings: code === 'few' ? {} : standings, forgot }
}

function codeOf(
  items: number,
  candidates: readonly CandidateResult[],
  standings: Verdict['standings'],
  forgot: boolean,
  proven: boolean
): VerdictCode {
  const all = Object.values(standings)
  const [better, worse] = [all.includes('better'), all.includes('worse')]
  if (items < fewestItems) return 'few'
  if (better && standings.facts === 'worse') return 'facts-lost'
  if (worse) return 'worse'
  if (!proven) return 'seen'
  const enough = ladder.find(([kind]) =>
    candidates.some((one) => one.candidate.kind === kind && isEnough(one, standings))
  )
  if (enough) return enough[1]
  if (better && forgot) return 'forgot'
  return better ? 'better' : 'same'
}

/** What was learnt by heart answers questions that were learnt, and so does an example that is shown beside them. */
const isProven = (seen: EvaluationResult['seen']): boolean =>
  seen === null || seen.exact + seen.near <= mostSeen * seen.of

/** It is surely better than the base wherever the tuned one is, or else somewhere; nowhere worse; and nowhere is the tuned
 *  one better than it. */
function isEnough(one: CandidateResult, tuned: Verdict['standings']): boolean {
  const of = (name: DecisiveScore, over: 'overBase' | 'tunedOver'): Standing =>
    standingOf(name, one.scores[name]?.[over])
  const known = decisiveScores.filter((name) => one.scores[name]?.tunedOver)
  if (known.some((name) => of(name, 'tunedOver') === 'better' || of(name, 'overBase') === 'worse'))
    return false
  const wanted = known.filter((name) => tuned[name] === 'better')
  const isBetter = (name: DecisiveScore): boolean => of(name, 'overBase') === 'better'
  return wanted.length > 0 ? wanted.every(isBetter) : known.some(isBetter)
}
