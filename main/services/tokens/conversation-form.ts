// Conversations of one form (the same roles in the same order) as one template writes them: what it writes between their
// texts is the same for all, as long as no text holds a word that the template looks for. Pure.
import { aroundMarks, type WatchedTexts } from './watched-texts'

/** longer ones are rendered, within the limits of templates */
const mostCharacters = 1_000_000

export class ConversationForm {
  readonly #words: readonly Word[]

  private constructor(
    /** what stands around the texts: one more than these */
    private readonly written: readonly string[],
    /** the number of the text at each place */
    private readonly places: readonly number[],
    words: ReadonlySet<string>,
    private readonly trims: boolean
  ) {
    this.#words = [...words].filter((word) => word !== '').map(wordOf)
  }

  /** From a rendering with marks in the place of the texts. Null where the texts may make a difference. */
  static of(rendered: string, watched: WatchedTexts): ConversationForm | null {
    const around = watched.isOpaque ? null : aroundMarks(rendered)
    return around && new ConversationForm(around.written, around.texts, watched.words, watched.trims)
  }

  /** The rendering with these texts. Null where the template would do something else with one of them. */
  filled(texts: readonly string[]): string | null {
    if (texts.reduce((sum, { length }) => sum + length, 0) > mostCharacters) return null
    if (!texts.every((text) => this.#isLikeAny(text))) return null
    let all = this.written[0] as string
    for (let i = 0; i < this.places.length; i++)
      all += (texts[this.places[i] as number] as string) + (this.written[i + 1] as string)
    return all
  }

  #isLikeAny(text: string): boolean {
    if (text === '' || (this.trims && text.trim() !== text)) return false
    for (const word of this.#words) if (touches(text, word)) return false
    return true
  }
}

interface Word {
  readonly word: string
  readonly beginnings: readonly string[]
  readonly ends: readonly string[]
}

function wordOf(word: string): Word {
  const cuts = Array.from({ length: word.length - 1 }, (_, i) => i + 1)
  return { word, beginnings: cuts.map((at) => word.slice(0, at)), ends: cuts.map((at) => word.slice(at)) }
}

/** May the word be found with some of this text in it, whatever stands before and behind the text? */
function touches(text: string, { word, beginnings, ends }: Word): boolean {
  return (
    text.includes(word) ||
    word.includes(text) ||
    beginnings.some((beginning) => text.endsWith(beginning)) ||
    ends.some((end) => text.startsWith(end))
  )
}
