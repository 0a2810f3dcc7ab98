// What a training's tokens say is read elsewhere: tokenizers are a stranger's, and none is opened here. Each question to whoever
// started us has a number, by which its answer comes back.
import { NeiroError, type NeiroErrorData } from '../contract/errors'

type Tokens = readonly (readonly number[])[]

interface Waiting {
  resolve(texts: readonly string[] | null): void
  reject(error: Error): void
}

export class Readings {
  readonly #waiting = new Map<number, Waiting>()
  #last = 0
  #isOver = false

  constructor(private readonly send: (read: number, tokens: Tokens) => void) {}

  /** null: nobody is there any more. */
  async ask(tokens: Tokens): Promise<readonly string[] | null> {
    if (this.#isOver) return null
    const read = ++this.#last
    return new Promise((resolve, reject) => {
      this.#waiting.set(read, { resolve, reject })
      this.send(read, tokens)
    })
  }

  told(read: number, texts: readonly string[] | NeiroErrorData): undefined {
    const waiting = this.#waiting.get(read)
    this.#waiting.delete(read)
    if ('code' in texts) waiting?.reject(NeiroError.fromData(texts))
    else waiting?.resolve(texts)
  }

  giveUp(): void {
    this.#isOver = true
    for (const { resolve } of this.#waiting.values()) resolve(null)
    this.#waiting.clear()
  }
}
