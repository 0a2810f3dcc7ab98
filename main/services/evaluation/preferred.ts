// What an evaluation says of preferences: how far answers that are preferred have gained on the others since before the
// training, as DPO counts it (Rafailov et al. 2023), and which answer is the likelier. Of verdicts on single answers the
// same, liked ones against the others. Pure, but for pauses.
import type { PreferenceResult } from '../../contract/evaluation'
import { pairedBootstrap, wilson } from '../../metrics/intervals'
import { wonOver } from '../../metrics/wins'
import type { Item } from './items'
import type { Sheet, TokenScore } from './sheet'

/** the run as it was before, where it went on from another */
export const startId = 'start'

interface Seen {
  readonly before: TokenScore
  readonly after: TokenScore
}

export async function preferenceOf(
  { sheet, items }: { readonly sheet: Sheet; readonly items: readonly Item[] },
  beta: number,
  pause: () => Promise<void>
): Promise<PreferenceResult | null> {
  const reference = items.some((item) => sheet.score(item, startId)) ? startId : 'base'
  const seenOf = (item: Item): Seen | null => {
    const [before, after] = [sheet.score(item, reference), sheet.score(item, 'tuned')]
    return before && after ? { before, after } : null
  }
  const gains: { readonly chosen: number[]; readonly rejected: number[] } = { chosen: [], rejected: [] }
  const margins: number[] = []
  const likelier = { before: 0, after: 0 }
  for (const item of items) {
    const seen = seenOf(item)
    if (!seen) continue
    const { before, after } = seen
    const gain = beta * (before.nllSum - after.nllSum)
    if (item.example.kind === 'rated') gains[item.example.liked ? 'chosen' : 'rejected'].push(gain)
    else if (before.other && after.other) {
      const other = beta * (before.other.nllSum - after.other.nllSum)
      gains.chosen.push(gain)
      gains.rejected.push(other)
      margins.push(gain - other)
      likelier.before += Number(isLikelier(before))
      likelier.after += Number(isLikelier(after))
    }
  }
  const ofPairs = margins.length > 0
  const answers = gains.chosen.length + gains.rejected.length
  if (answers === 0) return null
  const right = ofPairs ? won(margins) : won(gains.chosen) + won(gains.rejected.map((gain) => -gain))
  const count = ofPairs ? margins.length : answers
  const [chosen, rejected] = [mean(gains.chosen), mean(gains.rejected)]
  const interval = await pairedBootstrap(
    margins.map(() => [0, 1]),
    margins.map((margin) => [margin, 1]),
    ([sum = 0, all = 0]) => (all === 0 ? 0 : sum / all),
    { pause }
  )
  return {
    ...{ of: ofPairs ? 'pairs' : 'answers', count, reference },
    accuracy: { value: right / count, ...wilson(right, count) },
    margin: { value: chosen - rejected, ...(ofPairs && { low: interval.low, high: interval.high }) },
    ...{ rewardChosen: chosen, rewardRejected: rejected },
    likelier: ofPairs ? { before: likelier.before / count, after: likelier.after / count } : null
  }
}

const isLikelier = ({ nllSum, learntTokens, other }: TokenScore): boolean =>
  other !== undefined && nllSum / learntTokens < other.nllSum / other.learntTokens

/** What has not moved at all counts half. */
const won = (gains: readonly number[]): number => gains.reduce((sum, gain) => sum + wonOver(gain, 0), 0)
const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
