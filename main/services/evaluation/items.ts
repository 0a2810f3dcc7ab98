// What candidates are evaluated on: each example once, in the order in which they are asked. Whoever reads English
// first sees an English question first, where there is one; plain texts, which nobody can be asked, come last.
import type { Language } from '../../contract/language'
import type { Example } from '../../contract/records'
import { languageOfText } from '../dataset/read/script-language'
import { exchangeOf, type Exchange } from '../dataset/set/exchange'
import { Pauses } from '../reading/pauses'

export interface Item {
  /** place in the order */
  readonly index: number
  readonly example: Example
  /** null for a plain text: it is measured only */
  readonly exchange: Exchange | null
}

/** Each question is looked at once, with pauses: there may be thousands. */
export async function itemsOf(examples: readonly Example[], language: Language): Promise<readonly Item[]> {
  const sides: Record<'own' | 'other' | 'texts', Omit<Item, 'index'>[]> = { own: [], other: [], texts: [] }
  const pauses = new Pauses()
  for (const example of examples) {
    await pauses.whenDue()
    if (!('messages' in example)) sides.texts.push({ example, exchange: null })
    else {
      const exchange = exchangeOf(example.messages)
      sides[languageOfText(exchange.question) === language ? 'own' : 'other'].push({ example, exchange })
    }
  }
  return [...sides.own, ...sides.other, ...sides.texts].map((item, index) => ({ index, ...item }))
}

/** The items that are asked, in their order. */
export const askedOf = (items: readonly Item[], most: number): readonly Item[] =>
  items.filter(({ exchange }) => exchange !== null).slice(0, most)
