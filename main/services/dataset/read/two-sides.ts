// What questions and answers look like beside each other: have they changed places (most answers ask, and hardly any question
// does), do they begin with marks (Q. and A.) that would be learnt, are answers mere numbers or addresses, do several questions stand in one cell. Names of columns are believed, so all of it is only named.
import type { Example, FieldNote } from '../../../contract/records'
import { markOf } from '../../reading/docx/question-marks'

/** Examples that are looked at. */
const looked = 2000
const fewest = 3
/** Of a text, characters at its end that show whether it asks. */
const ending = 24

export class TwoSides {
  #examples = 0
  #asking = 0
  #askingBack = 0
  #marked = 0
  #shown = ''
  #bare = 0
  #shownBare = ''
  #several = 0
  #shownSeveral = ''
  #named = 0
  readonly #names = new Set<string>()

  add(example: Example): void {
    if (example.kind !== 'conversation' || this.#examples >= looked) return
    const { messages } = example
    const said = messages.at(-1)
    const asked = messages.find(({ role }) => role === 'user')
    if (!asked || said?.role !== 'assistant') return
    this.#examples++
    if (asks(asked.content)) this.#asking++
    if (asks(said.content)) this.#askingBack++
    if (isBare.test(said.content)) {
      this.#bare++
      if (this.#shownBare === '') this.#shownBare = said.content.slice(0, shownOfBare)
    }
    const name = speaker.exec(said.content)?.[0]
    if (name !== undefined) {
      this.#named++
      if (this.#names.size <= mostSpeakers) this.#names.add(name)
    }
    if (isSeveral(asked.content)) {
      this.#several++
      if (this.#shownSeveral === '')
        this.#shownSeveral = asked.content.slice(0, shownOfBare).split('\n', 1)[0] ?? ''
    }
    if (!isMarked(asked.content, 'question') || !isMarked(said.content, 'answer')) return
    this.#marked++
    if (this.#shown === '') this.#shown = asked.content.slice(0, shownOfMark)
  }

  /** names: of what plays the two roles */
  notes(names: string): readonly FieldNote[] {
    const isSwapped =
      this.#examples >= fewest &&
      this.#askingBack * 10 >= this.#examples * 6 &&
      this.#asking * 5 <= this.#examples
    const areBare = this.#bare >= fewestBare && this.#bare * 2 >= this.#examples
    return [
      ...(areBare ? [{ kind: 'bare' as const, field: this.#shownBare, count: this.#bare }] : []),
      ...(this.#several >= fewestSeveral
        ? [{ kind: 'several' as const, field: this.#shownSeveral, count: this.#several }]
        : []),
      ...(this.#named >= fewest && this.#named * 10 >= this.#examples * 6 && this.#names.size <= mostSpeakers
        ? [{ kind: 'speaker' as const, field: [...this.#names][0] ?? '', count: this.#named }]
        : []),
      ...(isSwapped ? [{ kind: 'swapped' as const, field: names, count: this.#askingBack }] : []),
      ...(this.#marked > 0 ? [{ kind: 'marked' as const, field: this.#shown, count: this.#marked }] : [])
    ]
  }
}

/** 鈴木：はい — whoever answers, before the answer. */
const speaker = /^(?!https?:)\p{L}[\p{L} .・]{0,14}[:：](?!\/)/u
const mostSpeakers = 8

/** Nothing but questions, one a line or between strokes: most often other ways to ask the same. */
function isSeveral(text: string): boolean {
  if (text.length > longestSeveral || !/[\n／/|｜]/.test(text)) return false
  const parts = text.split(/\n|[／/|｜]/).filter((part) => part.trim() !== '')
  return parts.length >= 2 && parts.every((part) => asks(part.trimEnd()))
}
const longestSeveral = 1000
/** One customer may ask two things in one mail. */
const fewestSeveral = 2

const isMarked = (text: string, kind: 'question' | 'answer'): boolean => {
  if (!/^[\s【[〔(（<＜《■●◆]{0,3}(?:[qaＱＡ]|ご?質問|ご?回答|お?答|問|question|answer)/i.test(text))
    return false
  const mark = markOf(text.slice(0, looksAt))
  return mark?.kind === kind && mark.rest !== ''
}
const shownOfMark = 6
/** A number of something, or an address, and no word. */
const isBare = /^\s?(?:https?:\/\/\S{1,500}|[\d.,:/-]{1,12})\s?$/
const fewestBare = 2
const shownOfBare = 20
const looksAt = 60

const asks = (text: string): boolean =>
  /(?:[?？]|(?:です|ます|でしょう|ません|ました|だろう|の|ない)か[。．]?|教えて(?:ください|下さい|ほしい(?:です)?)?[。．]?|知りたい(?:です)?[。．]?)[」"')）\s]{0,4}$/.test(
    text.slice(-ending)
  )
