// What candidates are evaluated on: each example once, in the order in which they are asked. Whoever reads English
// first sees an English question first, where there is one; plain texts, which nobody can be asked, come last. Where there is
// nothing else, they are gone on with.
import type { Unasked } from '../../contract/evaluation'
import type { Language } from '../../contract/language'
import type { Example, Message } from '../../contract/records'
import { languageOfText } from '../dataset/read/script-language'
import { exchangeIn, type Exchange } from '../dataset/set/exchange'
import { Pauses } from '../reading/pauses'
import { answered } from '../tokens/answered'
import { continuationOf } from './continuation'

export interface Item {
  /** place in the order */
  readonly index: number
  readonly example: Example
  /** null for a plain text among questions: it is measured only */
  readonly exchange: Exchange | null
  /** a text to go on with as it is, and no question to answer */
  readonly continues: boolean
  /** whose tokens are measured, and of a preference those of the answer that is not preferred */
  readonly measured: Example
  readonly other: Example | null
  /** asked and answered word for word as one before it: measured with the others, and not asked a second time */
  readonly again: boolean
}

/** Each question is looked at once, with pauses: there may be thousands. */
export async function itemsOf(examples: readonly Example[], language: Language): Promise<readonly Item[]> {
  const sides: Record<'own' | 'other' | 'texts', Omit<Item, 'index'>[]> = { own: [], other: [], texts: [] }
  const known = new Set<string>()
  const pauses = new Pauses()
  const continues = examples.every(({ kind }) => kind === 'text')
  for (const example of examples) {
    await pauses.whenDue()
    const exchange = continues && example.kind === 'text' ? continuationOf(example.text) : exchangeIn(example)
    const key = JSON.stringify([example.kind, exchange?.before, exchange?.question, exchange?.answer])
    const again = exchange !== null && known.has(key)
    const item = { example, exchange, continues, ...measuredOf(example), again }
    known.add(key)
    if (exchange === null) sides.texts.push(item)
    else sides[languageOfText(exchange.question) === language ? 'own' : 'other'].push(item)
  }
  return [...sides.own, ...sides.other, ...sides.texts].map((item, index) => ({ index, ...item }))
}

function measuredOf(example: Example): Pick<Item, 'measured' | 'other'> {
  const { source } = example
  const talk = (messages: readonly Message[]): Example => ({ kind: 'conversation', messages, source })
  switch (example.kind) {
    case 'conversation':
    case 'text':
    case 'labelled':
      return { measured: example, other: null }
    case 'preference': {
      const { messages, chosen, rejected } = example
      return { measured: talk(answered(messages, chosen)), other: talk(answered(messages, rejected)) }
    }
    case 'rated':
      return { measured: talk(example.messages), other: null }
  }
}

export const unaskedOf = (items: readonly Item[]): Unasked => ({
  texts: items.filter(({ exchange }) => exchange === null).length,
  again: items.filter(({ again }) => again).length
})

/** The items that are asked, in their order: what stands in the data twice is one question, not two that agree. */
export const askedOf = (items: readonly Item[], most: number): readonly Item[] =>
  items.filter(({ exchange, again }) => exchange !== null && !again).slice(0, most)
