// Starts and watches one trainer process, so that a crash of native code never takes this process with it.
// It does not know what is asked: calls and answers are contract/trainer-protocol.ts. Never restarts by itself.
import { fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Probe } from '../../../addon/index'
import { NeiroError } from '../../contract/errors'
import type {
  TrainerCallName,
  TrainerCalls,
  TrainerMessage,
  TrainerRequest
} from '../../contract/trainer-protocol'

/** What a host needs of the process: a forked Node program as it is, a utility process through an adapter. */
export interface TrainerProcess {
  readonly pid?: number | undefined
  readonly connected: boolean
  readonly stdout: Readable | null
  readonly stderr: Readable | null
  send(message: TrainerRequest, sent: () => void): unknown
  disconnect(): void
  kill(signal: 'SIGKILL'): unknown
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'exit', listener: (code: number | null, signal: string | null) => void): unknown
}

export interface TrainerHostOptions {
  /** program of the trainer process */
  readonly trainerEntry: string
  /** the native module, loaded there */
  readonly addonFile: string
  readonly env?: Record<string, string>
  /** how the process is started; absent: forked */
  readonly startProcess?: (options: TrainerHostOptions) => TrainerProcess
  readonly onMessage?: (message: TrainerMessage) => void
  /** each line that the process prints */
  readonly onLog?: (line: string) => void
}

export interface TrainerExit {
  readonly code: number | null
  readonly signal: string | null
}

interface Waiting {
  resolve(result: unknown): void
  reject(error: Error): void
}
interface Call extends Waiting {
  ended(): Promise<unknown>
}

/** how long an idle process may take to go before it is killed */
const farewellMs = 10_000

function forked({ trainerEntry, addonFile, env }: TrainerHostOptions): TrainerProcess {
  return fork(trainerEntry, [], {
    serialization: 'advanced', // typed arrays survive
    execArgv: [], // no debugger port or loader of ours
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env, NEIRO_ADDON: addonFile }
  })
}

export class TrainerHost {
  readonly exited: Promise<TrainerExit>
  private readonly listeners = new Set<(message: TrainerMessage) => void>()
  private readonly waiting = new Map<number, Call>()
  private started: Waiting | null = null
  private found: Probe | null = null
  private exit: TrainerExit | null = null
  private startError: Error | null = null
  private lastLine = ''
  private lastId = 0

  /** Resolves when the process has loaded the engine and said what it found. */
  static async start(options: TrainerHostOptions): Promise<TrainerHost> {
    const host = new TrainerHost((options.startProcess ?? forked)(options), options)
    await new Promise((resolve, reject) => (host.started = { resolve, reject }))
    return host
  }

  private constructor(
    private readonly child: TrainerProcess,
    private readonly options: TrainerHostOptions
  ) {
    if (options.onMessage) this.listeners.add(options.onMessage)
    child.on('message', (message) => this.receive(message as TrainerMessage))
    child.on('error', (error) => (this.startError = error))
    const outputs = [child.stdout, child.stderr].filter((output) => output !== null)
    for (const output of outputs) this.follow(output)
    // 'exit' may come before the last line of output; 'close' never comes on Node 20 when this side
    // disconnected first, and then an otherwise idle program would end in the middle of stop()
    const printed = outputs.map((output) => new Promise((done) => output.once('close', done)))
    this.exited = new Promise((resolve) => {
      const ended = (code: number | null, signal: string | null): void => {
        if (this.exit) return
        this.exit = { code, signal }
        this.started?.reject(this.died('TRAINER_NOT_STARTED'))
        for (const { reject } of this.waiting.values()) reject(this.died('TRAINER_DIED'))
        this.waiting.clear()
        resolve(this.exit)
      }
      child.on('exit', (code, signal) => {
        void Promise.all([...printed, this.drained()]).then(() => ended(code, signal))
      })
      // a process that could not even be made never closes
      child.on('error', () => child.pid === undefined && ended(null, null))
    })
  }

  get probe(): Probe {
    return this.found as Probe
  }

  get pid(): number {
    return this.child.pid as number
  }

  /** Metrics and progress as they come, until the returned function is called. */
  subscribe(listener: (message: TrainerMessage) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  call<C extends TrainerCallName>(
    call: C,
    args: TrainerCalls[C]['args']
  ): Promise<TrainerCalls[C]['result']> {
    if (this.exit || !this.child.connected) return Promise.reject(this.died('TRAINER_DIED'))
    const id = ++this.lastId
    const answer = new Promise<unknown>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, ended: () => answer })
      // a channel that closes meanwhile is told by 'close' as well
      this.child.send({ id, call, args }, () => undefined)
    })
    return answer as Promise<TrainerCalls[C]['result']>
  }

  /** A training is paused at its next step boundary with a checkpoint; then the process goes. */
  async stop(): Promise<void> {
    if (this.exit) return
    await Promise.allSettled([this.call('pauseRun', undefined), this.call('cancel', undefined)])
    await Promise.allSettled([...this.waiting.values()].map((call) => call.ended()))
    if (this.child.connected) this.child.disconnect()
    const gone = await Promise.race([this.exited, sleep(farewellMs, null, { ref: false })])
    if (!gone) this.kill()
    await this.exited
  }

  /** At once, with nothing saved since the last checkpoint. */
  kill(): void {
    this.child.kill('SIGKILL')
  }

  private receive(message: TrainerMessage): void {
    if (message.kind === 'ready') {
      this.found = message.probe
      this.started?.resolve(undefined)
    } else if (message.kind === 'failure' && message.id === 0) {
      this.started?.reject(NeiroError.fromData(message.error))
    } else if (message.kind === 'answer') {
      this.take(message.id)?.resolve(message.result)
    } else if (message.kind === 'failure') {
      this.take(message.id)?.reject(NeiroError.fromData(message.error))
    }
    for (const listener of [...this.listeners]) listener(message)
  }

  /** An answer may still be on its way when its sender has gone: the channel closes behind the last one. */
  private async drained(): Promise<void> {
    for (let look = 0; look < 100 && this.child.connected; look++) await sleep(10)
  }

  private take(id: number): Call | undefined {
    const waiting = this.waiting.get(id)
    this.waiting.delete(id)
    return waiting
  }

  private follow(output: Readable): void {
    // a broken pipe is told by the exit; alone it must not end this process
    output.on('error', () => undefined)
    const lines = createInterface({ input: output })
    lines.on('error', () => undefined)
    lines.on('line', (line) => {
      if (line.trim()) this.lastLine = line.trim()
      this.options.onLog?.(line)
    })
  }

  private died(code: 'TRAINER_DIED' | 'TRAINER_NOT_STARTED'): NeiroError {
    const { code: exitCode = null, signal = null } = this.exit ?? {}
    const how = signal ?? (exitCode === null ? 'closed' : `exit code ${exitCode}`)
    const last = this.startError?.message ?? this.lastLine
    return new NeiroError(code, { how, exitCode: String(exitCode ?? ''), signal: signal ?? '', log: last })
  }
}
