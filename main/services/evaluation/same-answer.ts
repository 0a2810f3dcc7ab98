// What base and tuned model have both answered, and whether they said the very same: then nobody can prefer one of them. Pure.
import { askedOf, type Item } from './items'
import type { Opened } from './open-sheet'
import type { Sheet } from './sheet'

export const saysSame = (one: string, other: string): boolean => one.trim() === other.trim()

/** Base and tuned model have both answered, and not the same. */
export function differsIn(sheet: Pick<Sheet, 'answer'>, item: Pick<Item, 'index'>): boolean {
  const [base, tuned] = [sheet.answer(item, 'base'), sheet.answer(item, 'tuned')]
  return base !== undefined && tuned !== undefined && !saysSame(base.text, tuned.text)
}

/** Of what was asked, in its order. */
export const answeredByBoth = ({ sheet, items, asked }: Opened): readonly Item[] =>
  askedOf(items, asked).filter((item) => sheet.answer(item, 'base') && sheet.answer(item, 'tuned'))
