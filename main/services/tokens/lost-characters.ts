// Characters that a model cannot read: they do not come back from its tokens. Each is tried once.
import type { Tokenizer } from './tokenizer'

/** of UTF-16, each known or not */
const units = 0x10000

export class LostCharacters {
  /** tried alone already; halves of pairs stand in `pairs` together */
  readonly #tried = new Uint8Array(units)
  readonly #pairs = new Set<string>()
  /** of these, those that do not come back alone */
  readonly #lost = new Set<string>()

  constructor(private readonly tokenizer: Tokenizer) {}

  /** Tries what is new in these texts: asked of every text, so that nothing is made for characters that are known. */
  async lookAt(texts: readonly string[]): Promise<void> {
    const fresh = new Set<string>()
    for (const text of texts) {
      for (let at = 0; at < text.length; at++) {
        const unit = text.charCodeAt(at)
        if (unit >= 0xd800 && unit < 0xdc00) {
          const pair = String.fromCodePoint(text.codePointAt(at) as number)
          at += pair.length - 1
          if (!this.#pairs.has(pair)) fresh.add(pair)
        } else if (this.#tried[unit] === 0) fresh.add(text[at] as string)
      }
    }
    if (fresh.size === 0) return
    for (const character of await this.tokenizer.losesCharacters([...fresh].join('')))
      this.#lost.add(character)
    for (const character of fresh)
      if (character.length > 1 || isHalf(character)) this.#pairs.add(character)
      else this.#tried[character.charCodeAt(0)] = 1
  }

  /** Characters of a text that was looked at that do not come back. Some that are lost alone are known inside a longer
   *  piece, so the text itself is asked. */
  async from(text: string): Promise<string[]> {
    if (this.#lost.size === 0) return []
    const suspects = [...new Set(text)].filter((character) => this.#lost.has(character))
    if (suspects.length === 0) return []
    const back = await this.tokenizer.decode(await this.tokenizer.encode(text), false)
    const count = (whole: string, part: string): number => whole.split(part.normalize('NFKC')).length
    return suspects.filter(
      (character) => count(back.normalize('NFKC'), character) < count(text.normalize('NFKC'), character)
    )
  }
}

const isHalf = (character: string): boolean => {
  const unit = character.charCodeAt(0)
  return unit >= 0xd800 && unit < 0xdc00
}
