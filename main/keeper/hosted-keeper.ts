// The sets as the rest of the app asks them: held in a process of its own, begun anew whenever it is lost, and asked again
// what it had not answered yet. Nothing is started before it is needed.
import { NeiroError } from '../contract/errors'
import { forkProgram, type StartProgram } from '../processes/child-program'
import type { Checked } from '../services/doctor/check-up'
import type {
  CheckAsked,
  Keeper,
  KeptSet,
  SetFacts,
  SetQuestion,
  SetQuestions,
  SetSource
} from '../services/dataset/set/kept-set'
import { Gone, Line } from './line'

export interface KeeperOptions {
  readonly program: string
  /** how it is started; absent: forked */
  readonly start?: StartProgram | undefined
  readonly onLog?: (line: string) => void
}

/** A call over which process after process is lost is given up after so many. */
const mostLost = 8
/** MB of JavaScript's own, and of the whole process: a million examples take about a tenth */
const memory = { heap: 512, process: 1000 }

export class HostedKeeper implements Keeper {
  #line: Line | null = null
  #closed = false

  constructor(private readonly options: KeeperOptions) {
    // a program that just ends takes it along
    process.once('exit', this.#end)
  }

  get pid(): number | undefined {
    return this.#line?.isGone === false ? this.#line.pid : undefined
  }

  async index(kept: string, signal?: AbortSignal): Promise<void> {
    await this.#again((line) => line.call('index', { kept }, signal))
  }

  async open(source: SetSource): Promise<KeptSet> {
    const facts = await this.#again((line) => openOn(line, source))
    return { facts, ask: (question, args) => this.#ask(source, question, args) }
  }

  checkUp(source: SetSource, options: CheckAsked, signal?: AbortSignal): Promise<Checked> {
    return this.#again((line) => line.call('checkUp', { source, options }, signal))
  }

  /** The process goes; the next call begins another one. */
  letGo(): void {
    this.#line?.close()
    this.#line = null
  }

  close(): void {
    process.off('exit', this.#end)
    this.#closed = true
    this.#end()
  }

  readonly #end = (): void => this.#line?.close()

  async #ask<Q extends SetQuestion>(
    source: SetSource,
    question: Q,
    args: SetQuestions[Q]['args']
  ): Promise<SetQuestions[Q]['result']> {
    return this.#again(async (line) => {
      for (;;) {
        if (!line.opened.has(source.id)) await openOn(line, source)
        const answered = await line.call('ask', { set: source.id, question, args })
        if (answered) return answered.answer as SetQuestions[Q]['result']
        // it has let it go for newer ones
        line.opened.delete(source.id)
      }
    })
  }

  /** Asks a new process where the one at work is lost. */
  async #again<T>(work: (line: Line) => Promise<T>): Promise<T> {
    for (let lost = 0; ; lost++) {
      try {
        return await work(this.#alive())
      } catch (error) {
        if (!(error instanceof Gone)) throw error
        if (lost === mostLost || this.#closed) throw new NeiroError('KEEPER_LOST', { reason: error.message })
      }
    }
  }

  #alive(): Line {
    if (this.#closed) throw new Gone('closed')
    if (this.#line && !this.#line.isGone) return this.#line
    const { program, start = forkProgram, onLog } = this.options
    const child = start({
      ...{ program, name: 'Neiro data' },
      execArgv: [`--max-old-space-size=${memory.heap}`, '--max-semi-space-size=4', '--expose-gc'],
      // large arrays that are done with go back to a Linux system at once (glibc would hold on to them)
      env: { NEIRO_KEEPER_MB: String(memory.process), MALLOC_MMAP_THRESHOLD_: String(1 << 17) }
    })
    return (this.#line = new Line(child, onLog))
  }
}

async function openOn(line: Line, source: SetSource): Promise<SetFacts> {
  const facts = await line.call('open', { source })
  line.opened.add(source.id)
  return facts
}
