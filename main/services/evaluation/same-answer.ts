// Whether two candidates said the very same of a question: then nobody can prefer one of them. Pure.
import type { Item } from './items'
import type { Sheet } from './sheet'

export const saysSame = (one: string, other: string): boolean => one.trim() === other.trim()

/** Base and tuned model have both answered, and not the same. */
export function differsIn(sheet: Pick<Sheet, 'answer'>, item: Pick<Item, 'index'>): boolean {
  const [base, tuned] = [sheet.answer(item, 'base'), sheet.answer(item, 'tuned')]
  return base !== undefined && tuned !== undefined && !saysSame(base.text, tuned.text)
}
