// One process of the workshop and its queue: one job at a time, so that it is known whose fault its end is. A process
// that is silent, too large or gone ends its job with Ended; the next job has a new one. Knows nothing of the jobs.
import { createInterface } from 'node:readline'
import { NeiroError } from '../contract/errors'
import type { ChildProgram, StartProgram } from '../processes/child-program'
import { giveWay } from '../processes/give-way'
import { memoryKills } from '../processes/short-memory'
import { Ended, type EndedHow } from './ended'
import { cancelMs, heapWithin, loadMs, silentMs, stalledMs, type MemoryLimits } from './limits'
import type { FromWorkshop, ToWorkshop, WorkshopCallName, WorkshopCalls } from './protocol'

export interface BenchOptions {
  readonly start: StartProgram
  readonly program: string
  readonly name: string
  readonly memory: MemoryLimits
  readonly onLog?: ((line: string) => void) | undefined
  /** a process that has no job is let go after this long; absent: it stays */
  readonly idleMs?: number
  /** so long a process that works on nothing is waited for; absent: as limits.ts says */
  readonly stalledMs?: number | undefined
  /** what a new process is told before anything else */
  readonly prepare?: { readonly call: WorkshopCallName; readonly args: unknown }
}

export interface JobOptions<C extends WorkshopCallName> {
  readonly signal?: AbortSignal | undefined
  /** longest time that it may take, however alive the process is. This and the next are held by its guard, which knows how
   *  long it was at work. */
  readonly mostMs?: number
  /** longest time without a sign of life, where it is not the usual one */
  readonly mostSilentMs?: number
  readonly onRows?: (count: number) => void
  readonly onPiece?: (piece: WorkshopCalls[C]['piece']) => void | Promise<void>
  /** it begins, or begins anew: what came of it so far is void */
  readonly onBegin?: () => void
}

interface Job {
  readonly call: WorkshopCallName
  readonly args: unknown
  readonly options: JobOptions<never>
  resolve(result: unknown): void
  reject(error: unknown): void
  /** ended by somebody outside so often */
  lost: number
  /** its process stood still so often */
  stalled: number
}

interface Running {
  readonly child: ChildProgram
  /** resolves when it has said that it is ready */
  readonly ready: Promise<void>
  isReady: boolean
  /** what its last words say of its end */
  saidHow: EndedHow | null
  lastLine: string
  /** times the system had killed a process for want of memory, before this one began */
  readonly killsBefore: number
  /** it is told what comes before anything else: not yet, just now, done */
  prepared: 'not' | 'under-way' | 'done'
  /** so long ago it gave a sign of life, in looks of this side */
  silence: number
  /** and so long it has had its job */
  worked: number
}

/** A job that somebody else keeps killing is given up after this many. */
const mostLost = 5
const lookMs = 100
/** what a guard says of a job that took too long (workshop/index.ts names it) */
const silentWord = 'workshop: silent'
/** id of what a new process is told before its first job */
const preparation = 0

export class Bench {
  readonly #queue: Job[] = []
  #job: (Job & { readonly id: number; cancelled: boolean }) | null = null
  #running: Running | null = null
  #lastId = 0
  #watch: NodeJS.Timeout | null = null
  #idle: NodeJS.Timeout | null = null
  #closed = false

  constructor(private readonly options: BenchOptions) {}

  /** Jobs that it has, the one at work included. */
  get load(): number {
    return this.#queue.length + (this.#job ? 1 : 0)
  }

  get isRunning(): boolean {
    return this.#running !== null
  }

  get pid(): number | undefined {
    return this.#running?.child.pid
  }

  /** Starts the process, so that the first job need not wait for it. */
  warm(): void {
    if (!this.#closed) this.#alive()
  }

  run<C extends WorkshopCallName>(
    call: C,
    args: WorkshopCalls[C]['args'],
    options: JobOptions<C> = {}
  ): Promise<WorkshopCalls[C]['result']> {
    const { signal } = options
    if (signal?.aborted) return Promise.reject(signal.reason)
    if (this.#closed) return Promise.reject(new Ended('killed', ''))
    return new Promise((resolve, reject) => {
      const job: Job = {
        ...{ call, args, lost: 0, stalled: 0 },
        options: options as JobOptions<never>,
        resolve: (result) => {
          signal?.removeEventListener('abort', leave)
          resolve(result as WorkshopCalls[C]['result'])
        },
        reject: (error) => {
          signal?.removeEventListener('abort', leave)
          reject(error)
        }
      }
      const leave = (): void => {
        this.#cancel(job)
        job.reject(signal?.reason)
      }
      signal?.addEventListener('abort', leave)
      this.#queue.push(job)
      this.#next()
    })
  }

  /** At once; whoever waits is told that the process is gone. */
  close(): void {
    this.#closed = true
    for (const job of this.#queue.splice(0)) job.reject(new Ended('killed', ''))
    if (this.#running) this.#end(this.#running, 'killed')
  }

  #next(): void {
    if (this.#job || this.#closed) return
    const waiting = this.#queue.shift()
    if (!waiting) return this.#rest()
    if (this.#idle) clearTimeout(this.#idle)
    const job = (this.#job = Object.assign(waiting, { id: ++this.#lastId, cancelled: false }))
    const running = this.#alive()
    running.child.hold?.(true)
    running.silence = running.worked = 0
    this.#watch ??= setInterval(() => this.#look(), lookMs).unref()
    void this.#begin(running, job)
  }

  async #begin(running: Running, job: Job & { readonly id: number }): Promise<void> {
    const { prepare } = this.options
    await running.ready
    if (this.#job !== job || this.#running !== running) return
    if (prepare && running.prepared === 'not' && prepare.call !== job.call) {
      running.prepared = 'under-way'
      const time = { mostMs: loadMs, mostSilentMs: loadMs }
      this.#send(running, { kind: 'job', id: preparation, ...prepare, time })
    }
    if (prepare?.call === job.call) running.prepared = 'done'
    job.options.onBegin?.()
    try {
      const { mostMs = Infinity, mostSilentMs = silentMs } = job.options
      const time = { mostMs, mostSilentMs }
      this.#send(running, { kind: 'job', id: job.id, call: job.call, args: job.args, time })
    } catch (error) {
      // what cannot be sent is the fault of whoever asks
      this.#finish(job, () => job.reject(error))
    }
  }

  #send(running: Running, message: ToWorkshop): void {
    // one that has gone meanwhile is told by its exit
    if (running.child.connected) running.child.send(message, () => undefined)
  }

  #alive(): Running {
    return (this.#running ??= this.#start())
  }

  #start(): Running {
    const { start, program, name, memory, onLog } = this.options
    const child = start({
      ...{ program, name },
      execArgv: [`--max-old-space-size=${heapWithin(memory)}`, '--max-semi-space-size=4'],
      env: { NEIRO_WORKSHOP_MB: String(memory.process) }
    })
    let isReady = (): void => undefined
    const running: Running = {
      child,
      ready: new Promise((resolve) => (isReady = resolve)),
      ...{ isReady: false, saidHow: null, lastLine: '', prepared: 'not', silence: 0, worked: 0 },
      killsBefore: memoryKills()
    }
    child.on('message', (message) => {
      running.silence = 0
      if ((message as FromWorkshop).kind === 'ready') {
        running.isReady = true
        running.worked = 0
        if (child.pid !== undefined) giveWay(child.pid, 'reading')
        isReady()
      }
      this.#hear(running, message as FromWorkshop)
    })
    child.on('error', (error) => {
      running.lastLine = error.message
      // one that could not even be made has no exit
      if (child.pid === undefined) this.#gone(running, null, null)
    })
    for (const output of [child.stdout, child.stderr]) {
      if (!output) continue
      output.on('error', () => undefined)
      const lines = createInterface({ input: output })
      lines.on('error', () => undefined)
      lines.on('line', (line) => {
        if (/out of memory/i.test(line)) running.saidHow = 'memory'
        else if (line === silentWord) running.saidHow = 'silent'
        if (line.trim() !== '') running.lastLine = line.trim()
        onLog?.(line)
      })
    }
    child.on('exit', (code, signal) => {
      // its last line may still be on its way
      setTimeout(() => this.#gone(running, code, signal), 20)
    })
    child.hold?.(false)
    return running
  }

  #hear(running: Running, message: FromWorkshop): void {
    const job = this.#job
    if (message.kind === 'beat' || message.kind === 'ready') return
    if (message.id === preparation) {
      // what was wrong with it is said to whoever needs it
      running.prepared = 'done'
      running.worked = 0
      return
    }
    if (!job || this.#running !== running || message.id !== job.id) return
    if (message.kind === 'rows') this.#tell(job, () => job.options.onRows?.(message.count))
    else if (message.kind === 'piece') void this.#take(running, job, message.piece)
    else if (message.kind === 'done') this.#finish(job, () => job.resolve(message.result))
    else this.#finish(job, () => job.reject(NeiroError.fromData(message.error)))
  }

  /** A listener that throws wants no more of it. */
  #tell(job: Job, tell: () => void): void {
    try {
      tell()
    } catch (error) {
      this.#cancel(job)
      job.reject(error)
    }
  }

  async #take(running: Running, job: Job & { readonly id: number }, piece: unknown): Promise<void> {
    try {
      await (job.options.onPiece as ((piece: unknown) => unknown) | undefined)?.(piece)
    } catch (error) {
      this.#cancel(job)
      job.reject(error)
    }
    // also after it was cancelled: its sender may be waiting to say that it has stopped
    this.#send(running, { kind: 'taken', id: job.id })
  }

  #finish(job: Job, end: () => void): void {
    if (this.#job !== job) return
    this.#job = null
    end()
    this.#next()
  }

  #cancel(job: Job): void {
    const at = this.#queue.indexOf(job)
    if (at >= 0) this.#queue.splice(at, 1)
    const running = this.#running
    if (this.#job !== job || !running || this.#job.cancelled) return
    this.#job.cancelled = true
    this.#send(running, { kind: 'cancel', id: this.#job.id })
    setTimeout(() => {
      if (this.#job === job) this.#end(running, 'killed')
    }, cancelMs)
  }

  /** Whether a process works in vain, its own guard knows. Here it is seen that one stands still: it, or the whole machine,
   *  was stopped. Looks are counted, not the clock: a machine that slept, or this side being busy, is no silence of the
   *  other. */
  #look(): void {
    const running = this.#running
    if (!running || !this.#job) return
    running.silence += lookMs
    running.worked += lookMs
    if (!running.isReady && running.worked > loadMs) this.#end(running, 'not-started')
    else if (running.isReady && running.silence > (this.options.stalledMs ?? stalledMs))
      this.#stalled(running, this.#job)
  }

  /** Once is nobody's fault: the job is done anew, in another process. */
  #stalled(running: Running, job: Job): void {
    if (job.stalled++ > 0) return this.#end(running, 'silent')
    running.child.kill('SIGKILL')
    this.#again(job)
  }

  /** Ends a process and with it the job that it has. */
  #end(running: Running, how: EndedHow): void {
    running.child.kill('SIGKILL')
    this.#lose(running, how)
  }

  #gone(running: Running, code: number | null, signal: string | null): void {
    if (this.#running !== running) return
    const { isReady } = running
    if (running.lastLine === '') running.lastLine = signal ?? `exit code ${code}`
    const outside = signal === 'SIGKILL' || signal === 'SIGTERM'
    // whoever tried again would be killed again
    if (signal === 'SIGKILL' && memoryKills() > running.killsBefore) running.saidHow ??= 'memory'
    const job = this.#job
    if (
      job &&
      !job.cancelled &&
      outside &&
      running.saidHow === null &&
      ++job.lost < mostLost &&
      !this.#closed
    )
      return this.#again(job)
    this.#lose(running, running.saidHow ?? (outside ? 'killed' : isReady ? 'crash' : 'not-started'))
  }

  #again(job: Job): void {
    this.#running = null
    this.#job = null
    this.#queue.unshift(job)
    this.#next()
  }

  #lose(running: Running, how: EndedHow): void {
    if (this.#running !== running) return
    this.#running = null
    const job = this.#job
    this.#job = null
    // one that was cancelled has its answer already
    job?.reject(new Ended(how, running.lastLine))
    this.#next()
  }

  /** Nothing to do: the process keeps no program alive, and goes where nobody asks for long. */
  #rest(): void {
    this.#running?.child.hold?.(false)
    if (this.#watch) clearInterval(this.#watch)
    this.#watch = null
    if (this.#idle) clearTimeout(this.#idle)
    if (this.options.idleMs === undefined) return
    this.#idle = setTimeout(() => {
      if (this.#running && !this.#job) this.#end(this.#running, 'killed')
    }, this.options.idleMs).unref()
  }
}
