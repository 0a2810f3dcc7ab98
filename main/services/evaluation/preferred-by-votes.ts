// What a blind vote says of answers, as examples to learn from: to each question on which voters agree, the answer that they
// found better and the other. Pure.
import type { Example, Message } from '../../contract/records'
import { saysSame } from './same-answer'
import { winnerOf, type Vote } from './tally'

export type Preference = Extract<Example, { kind: 'preference' }>

/** What was asked, and what the two answered. */
export interface VotedItem {
  readonly item: number
  readonly asked: readonly Message[]
  readonly base: string
  readonly tuned: string
}

/** Of several voters more must be for it than against it; where the two say the same, there is nothing to prefer. */
export function preferredBy(votes: readonly Vote[], items: readonly VotedItem[]): readonly Preference[] {
  const lead = new Map<number, number>()
  for (const vote of votes) {
    const winner = winnerOf(vote)
    const step = winner === 'same' ? 0 : winner === 'tuned' ? 1 : -1
    lead.set(vote.item, (lead.get(vote.item) ?? 0) + step)
  }
  return items.flatMap(({ item, asked, base, tuned }) => {
    const by = lead.get(item) ?? 0
    if (by === 0 || saysSame(base, tuned)) return []
    const [chosen, rejected] = by > 0 ? [tuned, base] : [base, tuned]
    const source = { file: 'votes', row: item + 1 }
    return [{ kind: 'preference' as const, messages: asked, chosen, rejected, source }]
  })
}
