// Which signs stand in a text, looked up once: of many words that are looked for in it, most are ruled out by their first two.

export class Signs {
  /** by unit of UTF-16: the number of the text that it was last met in */
  readonly #met = new Uint32Array(0x10000)
  #text = 0

  /** From now on it is asked about this text. */
  look(text: string): void {
    this.#text++
    for (let at = 0; at < text.length; at++) this.#met[text.charCodeAt(at)] = this.#text
  }

  /** False: the text does not hold this word. */
  mayHold(word: string): boolean {
    return this.#has(word, 0) && (word.length === 1 || this.#has(word, 1))
  }

  #has(word: string, at: number): boolean {
    return this.#met[word.charCodeAt(at)] === this.#text
  }
}
