// Trains a prepared run on this machine, in a trainer process of its own: the same for the window's queue and for the
// terminal. Gives way to the user, keeps the machine awake, goes on in smaller bites when memory runs out, and writes
// down what went wrong. One run at a time; whose turn it is, is not decided here.
import { NeiroError } from '../../contract/errors'
import { knownError } from '../../files/file-errors'
import { isRunHeld } from '../../files/run-lock'
import type { TrainerHost } from '../engine/trainer-host'
import { readState, writeState } from '../runs/run-folder'
import type { RunStore } from '../runs/run-store'
import type { RunPlace } from '../runs/run-view'
import { saveMemory } from '../runs/save-memory'
import type { ReadTokens } from '../runs/token-reader'
import type { RunEnd, RunListener, Runner } from './runner'

export interface RunnerOptions {
  readonly store: Pick<RunStore, 'change'>
  readonly startTrainer: () => Promise<TrainerHost>
  /** memory that others hold is given back before a training opens its model */
  readonly makeRoom: () => Promise<void>
  /** what tokens of the run in this folder say, for a training that asks */
  readonly readerOf: (dir: string) => Promise<ReadTokens>
  /** a program of the user's own in the run of this folder has been agreed to. Throws PROGRAM_NOT_AGREED */
  readonly checkProgram: (dir: string) => Promise<void>
  /** the machine must not sleep while this is true */
  readonly keepAwake: (active: boolean) => void
}

interface Active {
  readonly place: RunPlace
  readonly listener: RunListener
  host: TrainerHost | null
  wanted: 'pause' | 'stop' | null
  /** by whoever waits for it: nothing went wrong */
  isKilled: boolean
  readonly ended: Promise<void>
}

/** of the PC, and of its GPU */
const outOfMemory: readonly string[] = ['OUT_OF_MEMORY', 'GPU_OUT_OF_MEMORY']

export class LocalRunner implements Runner {
  #active: Active | null = null
  #closing = false

  constructor(private readonly options: RunnerOptions) {}

  /** Starts or resumes the run; answers when it has ended, by itself or because it was paused or stopped here.
   *  `stop`: it is only opened once more, to write its result. */
  async startRun(
    place: RunPlace,
    listener: RunListener = {},
    { stop = false }: { readonly stop?: boolean } = {}
  ): Promise<RunEnd> {
    if (this.#active) throw new NeiroError('TRAINER_BUSY')
    let end = (): void => undefined
    const ended = new Promise<void>((resolve) => (end = resolve))
    const active: Active = {
      place,
      listener,
      host: null,
      wanted: stop ? 'stop' : null,
      isKilled: false,
      ended
    }
    this.#active = active
    this.options.keepAwake(true)
    try {
      await this.options.checkProgram(place.dir)
      await this.options.store.change(place, (file) => ({
        startedAt: file.startedAt ?? new Date().toISOString()
      }))
      return await this.#train(active)
    } catch (error) {
      const known = knownError(error, place.dir)
      // a disk that is full can refuse even the note of what went wrong
      await this.#noteFailure(active, known).catch(() => undefined)
      throw known
    } finally {
      this.#active = null
      this.options.keepAwake(false)
      end()
    }
  }

  /** Answers when the run is at rest, with a checkpoint. */
  pauseRun(): Promise<void> {
    return this.#end('pause')
  }

  /** Answers when the result is written. */
  stopRun(): Promise<void> {
    return this.#end('stop')
  }

  /** At once, with nothing saved since the last checkpoint. */
  kill(): void {
    if (this.#active) this.#active.isKilled = true
    this.#active?.host?.kill()
  }

  /** A training is paused with a checkpoint. */
  async close(): Promise<void> {
    this.#closing = true
    await this.#active?.host?.stop()
    await this.#active?.ended
  }

  async #end(wanted: 'pause' | 'stop'): Promise<void> {
    const active = this.#active
    if (!active) return
    active.wanted = wanted
    await active.host?.call(wanted === 'pause' ? 'pauseRun' : 'stopRun', undefined)
    await active.ended
  }

  async #train(active: Active): Promise<RunEnd> {
    const { dir } = active.place
    const before = await readState(dir)
    for (;;) {
      await this.options.makeRoom()
      // a process for each attempt: what a failed one left behind goes with it
      const host = await this.options.startTrainer()
      try {
        if (active.wanted === 'pause' || this.#closing) return { outcome: 'paused', step: before.step }
        const training = trainIn(host, dir, active.listener, this.#reading(dir))
        active.host = host
        // a wish that came before there was anybody to tell
        if (active.wanted === 'stop') void host.call('stopRun', undefined).catch(() => undefined)
        return await training
      } catch (error) {
        if (!(error instanceof NeiroError) || !outOfMemory.includes(error.code)) throw error
        const saved = await saveMemory(dir)
        if (!saved) throw error
        // the attempt wrote that the run has failed; it has not
        await writeState(dir, before)
        await this.#notice(active, saved.recomputes ? 'MEMORY_RECOMPUTED' : 'MEMORY_SAVED', {
          batch: String(saved.batchSize),
          steps: String(saved.gradientAccumulationSteps)
        })
      } finally {
        active.host = null
        await host.stop()
      }
    }
  }

  /** Opened when somebody asks first. */
  #reading(dir: string): ReadTokens {
    let reader: Promise<ReadTokens> | null = null
    return async (tokens) => (await (reader ??= this.options.readerOf(dir)))(tokens)
  }

  async #noteFailure(active: Active, error: NeiroError): Promise<void> {
    const { dir } = active.place
    if (error.code === 'TRAINER_DIED')
      return active.isKilled ? undefined : this.#notice(active, error.code, error.details)
    const state = await readState(dir)
    // what went wrong before the trainer could write it down
    if (state.state !== 'failed' && !isRunHeld(dir))
      await writeState(dir, { ...state, state: 'failed', error: error.toData() })
  }

  async #notice(
    { place, listener }: Active,
    code: string,
    details: Readonly<Record<string, string>>
  ): Promise<void> {
    const { step } = await readState(place.dir)
    const line = { kind: 'notice' as const, step, time: new Date().toISOString(), code, details }
    await this.options.store.change(place, (file) => ({ notices: [...file.notices, line] }))
    listener.onMetric?.(line)
  }
}

/** Starts or resumes a run in this process, and passes on what it tells. Answers when it has ended. */
export async function trainIn(
  host: Pick<TrainerHost, 'call' | 'subscribe'>,
  dir: string,
  { onMetric, onProgress }: RunListener = {},
  textsOf: ReadTokens = () => Promise.reject(new NeiroError('INTERNAL', { reason: 'nobody reads tokens' }))
): Promise<RunEnd> {
  /** A process that has gone needs no answer. */
  const tell = async (read: number, tokens: Parameters<ReadTokens>[0]): Promise<void> => {
    const texts = await textsOf(tokens).catch((error: unknown) => knownError(error, dir).toData())
    await host.call('tellTexts', { read, texts }).catch(() => undefined)
  }
  const unsubscribe = host.subscribe((message) => {
    if (message.kind === 'read') void tell(message.read, message.tokens)
    if (message.kind === 'metric') onMetric?.(message.line)
    if (message.kind === 'progress') onProgress?.(message.progress)
  })
  try {
    return await host.call('startRun', { runDir: dir })
  } finally {
    unsubscribe()
  }
}
