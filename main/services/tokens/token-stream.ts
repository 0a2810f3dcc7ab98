// Token ids as they come, as text that may be shown: a character whose bytes are not all there yet waits.
// What push and end return, joined, is what decode would say of all ids at once.
import type { Tokenizer } from './tokenizer'

/** Ids kept as context once their text is out; enough for any decoder that looks at its neighbours. */
const contextLength = 16
const windowLength = 64

export class TokenStream {
  /** the last ids, undecided ones included */
  private window: number[] = []
  /** how much of the window's text has been returned */
  private printed = 0

  constructor(private readonly tokenizer: Tokenizer) {}

  push(ids: ArrayLike<number>): string {
    if (ids.length === 0) return ''
    for (const id of Array.from(ids)) this.window.push(id)
    if (this.endsInBytes()) return ''
    const text = this.tokenizer.decode(this.window)
    const settled = text.replace(/\uFFFD+$/, '')
    const fresh = settled.slice(this.printed)
    this.printed += fresh.length
    if (this.window.length > windowLength && settled === text) this.shorten(text)
    return fresh
  }

  /** What was held back; the stream is empty afterwards and may be used again. */
  end(): string {
    const rest = this.tokenizer.decode(this.window).slice(this.printed)
    this.window = []
    this.printed = 0
    return rest
  }

  /** A run of byte tokens is decoded as one: until it ends, all of it may still change. Tokens that decoding
   *  skips do not end it. */
  private endsInBytes(): boolean {
    const last = this.window.findLast((id) => this.tokenizer.isSpoken(id))
    return last !== undefined && /^<0x[0-9A-Fa-f]{2}>$/.test(this.tokenizer.tokenOf(last) ?? '')
  }

  /** Drops ids whose text is out, where the shorter window demonstrably says the same. */
  private shorten(text: string): void {
    const tail = this.window.slice(-contextLength)
    const said = this.tokenizer.decode(tail)
    if (said === '' || said.startsWith('\uFFFD') || !text.endsWith(said)) return
    this.window = tail
    this.printed = said.length
  }
}
