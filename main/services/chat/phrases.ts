// Streamed text in phrases: up to a mark where a reader takes breath, or a handful of characters. A page (and
// a screen reader) is told a few times a sentence, not at every token. Pure.

const breath = /[。、！？!?,.;:\n」』）)]\s*|\s+/gu
const mostHeld = 24

export class Phrases {
  #held = ''

  /** New text in; what is ready to be shown out. */
  push(text: string): string {
    this.#held += text
    const end = [...this.#held.matchAll(breath)].at(-1)
    const at = end ? end.index + end[0].length : 0
    return this.#take(this.#held.length - at > mostHeld ? this.#held.length : at)
  }

  end(): string {
    return this.#take(this.#held.length)
  }

  #take(length: number): string {
    const taken = this.#held.slice(0, length)
    this.#held = this.#held.slice(length)
    return taken
  }
}
