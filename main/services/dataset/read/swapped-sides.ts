// Questions and answers that have changed places: most answers ask, and hardly any question does. Names of columns are believed,
// so this is only named.
import type { Example, FieldNote } from '../../../contract/records'

/** Examples that are looked at. */
const looked = 2000
const fewest = 3
/** Of a text, characters at its end that show whether it asks. */
const ending = 24

export class SwappedSides {
  #examples = 0
  #asking = 0
  #askingBack = 0

  add(example: Example): void {
    if (example.kind !== 'conversation' || this.#examples >= looked) return
    const { messages } = example
    const said = messages.at(-1)
    const asked = messages.find(({ role }) => role === 'user')
    if (!asked || said?.role !== 'assistant') return
    this.#examples++
    if (asks(asked.content)) this.#asking++
    if (asks(said.content)) this.#askingBack++
  }

  /** names: of what plays the two roles */
  note(names: string): FieldNote | null {
    const isSwapped =
      this.#examples >= fewest &&
      this.#askingBack * 10 >= this.#examples * 6 &&
      this.#asking * 5 <= this.#examples
    return isSwapped ? { kind: 'swapped', field: names, count: this.#askingBack } : null
  }
}

const asks = (text: string): boolean =>
  /(?:[?？]|(?:です|ます|でしょう|ません|ました|だろう|の|ない)か[。．]?|教えて(?:ください|下さい|ほしい(?:です)?)?[。．]?|知りたい(?:です)?[。．]?)[」"')）\s]{0,4}$/.test(
    text.slice(-ending)
  )
