// The line to one keeper's process, from its start to its end: calls side by side, each with its answer. A process that
// gives no sign of life is ended. When it is gone, every call that waits is told with Gone.
import { createInterface } from 'node:readline'
import { NeiroError } from '../contract/errors'
import type { ChildProgram } from '../processes/child-program'
import type { FromKeeper, KeeperCallName, KeeperCalls, ToKeeper } from './protocol'

/** The process is no more; what was asked may be asked of another one. */
export class Gone extends Error {
  override readonly name = 'Gone'
}

const lookMs = 500
const silentMs = 15_000

interface Waiting {
  resolve(result: unknown): void
  reject(error: unknown): void
}

export class Line {
  /** ids of the sets that it holds */
  readonly opened = new Set<string>()
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  #isGone = false
  #silence = 0
  #lastWords = ''
  #look: NodeJS.Timeout | null = null

  constructor(
    private readonly child: ChildProgram,
    private readonly onLog?: (line: string) => void
  ) {
    child.on('message', (message) => this.#hear(message as FromKeeper))
    child.on('error', (error) => {
      this.#lastWords = error.message
      if (child.pid === undefined) this.#end()
    })
    // its last line may still be on its way
    child.on('exit', () => setTimeout(() => this.#end(), 20))
    this.#listen()
    child.hold?.(false)
  }

  get isGone(): boolean {
    return this.#isGone
  }

  get pid(): number | undefined {
    return this.child.pid
  }

  call<C extends KeeperCallName>(
    call: C,
    args: KeeperCalls[C]['args'],
    signal?: AbortSignal
  ): Promise<KeeperCalls[C]['result']> {
    if (signal?.aborted) return Promise.reject(signal.reason)
    if (this.#isGone) return Promise.reject(new Gone(this.#lastWords))
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#send({ kind: 'cancel', id })
        this.#take(id)
        reject(signal?.reason)
      }
      const settled = (): void => signal?.removeEventListener('abort', leave)
      this.#waiting.set(id, {
        resolve: (result) => {
          settled()
          resolve(result as KeeperCalls[C]['result'])
        },
        reject: (error) => {
          settled()
          reject(error)
        }
      })
      signal?.addEventListener('abort', leave)
      this.#hold()
      this.#send({ kind: 'call', id, call, args })
    })
  }

  close(): void {
    this.child.kill('SIGKILL')
    this.#end()
  }

  #send(message: ToKeeper): void {
    // one that has gone meanwhile is told by its exit
    if (this.child.connected) this.child.send(message, () => undefined)
  }

  #hear(message: FromKeeper): void {
    this.#silence = 0
    if (message.kind === 'done') this.#take(message.id)?.resolve(message.result)
    if (message.kind === 'failed') this.#take(message.id)?.reject(NeiroError.fromData(message.error))
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    this.#hold()
    return waiting
  }

  /** A program that has nothing else to do waits for an answer, and for nothing more. */
  #hold(): void {
    const isWaiting = this.#waiting.size > 0
    this.child.hold?.(isWaiting)
    if (isWaiting) this.#look ??= setInterval(() => this.#looked(), lookMs).unref()
    else if (this.#look) {
      clearInterval(this.#look)
      this.#look = null
      this.#silence = 0
    }
  }

  /** Looks are counted, not the clock, as in main/workshop/bench.ts. */
  #looked(): void {
    this.#silence += lookMs
    if (this.#silence > silentMs) this.close()
  }

  #end(): void {
    if (this.#isGone) return
    this.#isGone = true
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    if (this.#look) clearInterval(this.#look)
    for (const one of waiting) one.reject(new Gone(this.#lastWords))
  }

  #listen(): void {
    for (const output of [this.child.stdout, this.child.stderr]) {
      if (!output) continue
      output.on('error', () => undefined)
      const lines = createInterface({ input: output })
      lines.on('error', () => undefined)
      lines.on('line', (line) => {
        if (line.trim() !== '') this.#lastWords = line.trim()
        this.onLog?.(line)
      })
    }
  }
}
