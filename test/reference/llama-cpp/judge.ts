// The process with llama.cpp in it, as the checks ask it.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Answers {
  readonly answers: readonly (readonly number[])[]
  /** how sure it was of each token */
  readonly likely: readonly (readonly number[])[]
  readonly stops: readonly number[]
}

export interface GreedyTask {
  readonly file: string
  readonly adapter?: string
  readonly prompts: readonly (readonly number[])[]
  readonly count: number
  /** tokens; absent: 512 */
  readonly context?: number
}

export class Judge {
  readonly #child = spawn(process.execPath, [join(import.meta.dirname, 'judge.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit']
  })
  readonly #lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()

  greedy(task: GreedyTask): Promise<Answers> {
    return this.#ask(task)
  }

  /** Special tokens written out in a text are tokens; nothing is put before it but what its own rules put. */
  async tokens(file: string, texts: readonly string[]): Promise<readonly (readonly number[])[]> {
    return (await this.#ask<{ tokens: number[][] }>({ file, texts })).tokens
  }

  /** What it goes on to say behind each text, greedily, and whether it stops by itself within `count` tokens. */
  async chat(
    file: string,
    chats: readonly string[],
    count: number
  ): Promise<readonly { readonly text: string; readonly hasEnded: boolean }[]> {
    return (await this.#ask<{ chats: { text: string; hasEnded: boolean }[] }>({ file, chats, count })).chats
  }

  close(): void {
    this.#child.stdin.end()
  }

  async #ask<T>(task: object): Promise<T> {
    this.#child.stdin.write(`${JSON.stringify(task)}\n`)
    const { value, done } = await this.#lines.next()
    if (done) throw new Error('llama.cpp is gone')
    const said = JSON.parse(value) as T & { error?: string }
    if (said.error !== undefined) throw new Error(`llama.cpp: ${said.error}`)
    return said
  }
}
