// The instruction that every conversation of a data set opens with, in the same words. What was always there when a model
// learnt has to be there when it is asked.
import type { Example } from '../../contract/records'
import type { ExampleLots } from './example-lots'

export class SharedSystem {
  /** null: they differ, or one has none; undefined: nobody has asked anything yet */
  #text: string | null | undefined

  /** undefined: there is none */
  get text(): string | undefined {
    return this.#text ?? undefined
  }

  add(examples: readonly Example[]): void {
    for (const example of examples) {
      if (this.#text === null) return
      // a plain text and a text with a label have no place for one
      if (!('messages' in example)) continue
      const said = example.messages.filter(({ role }) => role === 'system').map(({ content }) => content)
      const own = said.length === 1 && said[0]?.trim() ? said[0] : null
      this.#text = this.#text === undefined || this.#text === own ? own : null
    }
  }

  /** The same examples, looked at as they go by. */
  of(lots: ExampleLots): ExampleLots {
    const add = this.add.bind(this)
    return {
      count: lots.count,
      async *lots() {
        for await (const lot of lots.lots()) {
          add(lot.examples)
          yield lot
        }
      }
    }
  }
}
