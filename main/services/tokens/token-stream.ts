// Token ids as they come, as text that may be shown: a character whose bytes are not all there yet waits.
// What push and end return, joined, is what decode would say of all ids at once.
import type { ModelText } from './model-text'

/** Ids kept as context once their text is out; enough for any decoder that looks at its neighbours. */
const contextLength = 16
const windowLength = 64

export class TokenStream {
  /** the last ids, undecided ones included */
  private window: number[] = []
  /** how much of the window's text has been returned */
  private printed = 0

  constructor(private readonly modelText: Pick<ModelText, 'decode' | 'endsInBytes'>) {}

  async push(ids: ArrayLike<number>): Promise<string> {
    if (ids.length === 0) return ''
    for (const id of Array.from(ids)) this.window.push(id)
    if (await this.modelText.endsInBytes(this.window)) return ''
    const text = await this.modelText.decode(this.window)
    const settled = withoutUndecided(text)
    const fresh = settled.slice(this.printed)
    this.printed += fresh.length
    if (this.window.length > windowLength && settled === text) await this.shorten(text)
    return fresh
  }

  /** What was held back; the stream is empty afterwards and may be used again. */
  async end(): Promise<string> {
    const rest = (await this.modelText.decode(this.window)).slice(this.printed)
    this.window = []
    this.printed = 0
    return rest
  }

  /** Drops ids whose text is out, where the shorter window demonstrably says the same. */
  private async shorten(text: string): Promise<void> {
    const tail = this.window.slice(-contextLength)
    const said = await this.modelText.decode(tail)
    if (said === '' || said.startsWith('\uFFFD') || !text.endsWith(said)) return
    this.window = tail
    this.printed = said.length
  }
}

/** Without the signs at the end that stand for bytes of which more may come. */
function withoutUndecided(text: string): string {
  let end = text.length
  while (end > 0 && text[end - 1] === '\uFFFD') end--
  return text.slice(0, end)
}
