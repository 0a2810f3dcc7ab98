// What a sheet says, counted: losses, exact matches, tone and facts of the built-in sample. Pure; nothing is kept.
import { exactMatch } from '../../metrics/exact-match'
import { askedOf, type Item } from './items'
import type { SampleCheck } from './sample-check'
import type { KeptAnswer, Sheet } from './sheet'

export interface Share {
  readonly hits: number
  readonly total: number
}

/** 0..100; nothing to count is 0 */
export const percent = (share: Share): number => (share.total === 0 ? 0 : (100 * share.hits) / share.total)

export interface Loss {
  /** mean negative log-likelihood over all learnt tokens */
  readonly loss: number
  readonly perplexity: number
  readonly learntTokens: number
  /** items that were measured */
  readonly examples: number
}

/** What should be said: an answer that nobody likes is measured, and is no loss. */
const isWanted = ({ example }: Item): boolean => example.kind !== 'rated' || example.liked

/** Over every item that was measured; null where none was. */
export function lossOf(sheet: Sheet, items: readonly Item[], candidate: string): Loss | null {
  const scores = items
    .filter(isWanted)
    .map((item) => sheet.score(item, candidate))
    .filter((score) => score !== undefined)
  if (scores.length === 0) return null
  const sum = (of: 'nllSum' | 'learntTokens'): number => scores.reduce((all, score) => all + score[of], 0)
  const [nllSum, learntTokens] = [sum('nllSum'), sum('learntTokens')]
  const loss = nllSum / learntTokens
  return { loss, perplexity: Math.exp(loss), learntTokens, examples: scores.length }
}

export interface AnsweredItem {
  readonly item: Item
  /** by candidate */
  readonly answers: Readonly<Record<string, KeptAnswer>>
}

/** The asked items that every candidate has answered. */
export function answeredOf(
  sheet: Sheet,
  items: readonly Item[],
  o: { readonly most: number; readonly candidates: readonly string[] }
): readonly AnsweredItem[] {
  return askedOf(items, o.most).flatMap((item) => {
    const answers = o.candidates.map((id) => [id, sheet.answer(item, id)] as const)
    if (answers.some(([, answer]) => answer === undefined)) return []
    return [{ item, answers: Object.fromEntries(answers) as AnsweredItem['answers'] }]
  })
}

export const textBy = ({ answers }: AnsweredItem, id: string): string => answers[id]?.text ?? ''

export function exactShare(answered: readonly AnsweredItem[], candidate: string): Share {
  return shareOf(answered, (one) => exactMatch(textBy(one, candidate), one.item.exchange?.answer ?? ''))
}

/** Over the answers to questions of the sample; null where anything else was asked: the rest has no such marks. */
export function sampleShares(
  answered: readonly AnsweredItem[],
  candidate: string,
  check: SampleCheck
): { readonly tone: Share; readonly facts: Share } | null {
  const checked = answered.flatMap((one) => check(one.item, textBy(one, candidate)) ?? [])
  if (checked.length === 0 || checked.length < answered.length) return null
  return { tone: shareOf(checked, ({ tone }) => tone), facts: shareOf(checked, ({ facts }) => facts) }
}

function shareOf<T>(all: readonly T[], hit: (one: T) => boolean): Share {
  return { hits: all.filter(hit).length, total: all.length }
}
