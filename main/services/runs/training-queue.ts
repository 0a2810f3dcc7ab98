// Trains one run at a time, in the order they were started. Its order is written in the runs' own folders, so
// that it outlives the app. After a crash, or when the app ended in the middle, nothing begins by itself
// before the user has spoken.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NeiroError } from '../../contract/errors'
import type { MetricLine, RunProgress } from '../../contract/records'
import { runFiles, type RunStateFile } from '../../contract/run-files'
import { isRunHeld } from '../../files/run-lock'
import type { TrainerHost } from '../../trainer-host'
import { writeFileWhole } from '../../files/whole-file'
import { startRun } from './start-run'
import type { RunStore } from './run-store'
import { readJson, type LiveRun, type RunPlace } from './run-view'
import { saveMemory } from './save-memory'
import { readWindowFile } from './window-file'

export interface QueueOptions {
  readonly store: RunStore
  readonly startHost: () => Promise<TrainerHost>
  /** memory that others hold is given back before a training opens its model */
  readonly makeRoom: () => Promise<void>
  /** something of the run is different now */
  readonly onChange: (place: RunPlace) => void
  readonly onLine: (place: RunPlace, line: MetricLine) => void
}

interface Active {
  readonly place: RunPlace
  progress: RunProgress | null
  host: TrainerHost | null
  wanted: 'pause' | 'stop' | null
  readonly ended: Promise<void>
}

export class TrainingQueue {
  #waiting: RunPlace[] = []
  #active: Active | null = null
  #host: TrainerHost | null = null
  #closing = false

  constructor(private readonly options: QueueOptions) {}

  get active(): RunPlace | null {
    return this.#active?.place ?? null
  }

  live(id: string): LiveRun | null {
    if (this.#active?.place.id === id) return { queue: 0, progress: this.#active.progress }
    const index = this.#waiting.findIndex((place) => place.id === id)
    return index < 0 ? null : { queue: index + 1, progress: null }
  }

  /** Puts the run at the end of the queue, and begins when nothing trains. */
  async add(place: RunPlace): Promise<void> {
    if (this.live(place.id)) return
    this.#waiting.push(place)
    await this.options.store.change(place, () => ({ queuedAt: new Date().toISOString() }))
    this.#begin()
    this.options.onChange(place)
  }

  /** What the user asks for now comes before what waits: begins when nothing trains, else it is the next. */
  async next(place: RunPlace): Promise<void> {
    const first = this.#waiting.find((other) => other.id !== place.id)
    const firstAt = first && (await readWindowFile(first.dir))?.queuedAt
    const at = new Date(firstAt ? Date.parse(firstAt) - 1 : Date.now()).toISOString()
    if (this.#active?.place.id === place.id) return
    await this.options.store.change(place, () => ({ queuedAt: at }))
    // asked for twice in one moment
    if (this.#active?.place.id === place.id) return
    this.#waiting = [place, ...this.#waiting.filter((other) => other.id !== place.id)]
    this.#begin()
    this.#tellAll(place)
  }

  /** Answers when the run is at rest: with a checkpoint, or out of the queue. */
  async pause(place: RunPlace): Promise<void> {
    await this.#end(place, 'pause')
  }

  /** Answers when the result is written. A run at rest is opened once more to write it. */
  async stop(place: RunPlace): Promise<void> {
    if (this.live(place.id)) return this.#end(place, 'stop')
    if (this.#active) throw new NeiroError('TRAINER_BUSY')
    this.#waiting.unshift(place)
    await this.#begin('stop')?.ended
  }

  /** What waited when the app ended goes on waiting; it begins unless a training was cut off before it. */
  async takeUp(): Promise<void> {
    const queued: { place: RunPlace; at: string; cutOff: boolean }[] = []
    for (const place of await this.options.store.places()) {
      const at = (await readWindowFile(place.dir))?.queuedAt
      if (at == null || this.live(place.id)) continue
      const { state } = await readJson<RunStateFile>(place.dir, runFiles.state).catch(() => ({
        state: 'failed'
      }))
      if (state === 'waiting' || state === 'running' || state === 'paused' || state === 'interrupted')
        queued.push({ place, at, cutOff: state !== 'waiting' })
      if (isRunHeld(place.dir)) this.#watch(place)
    }
    queued.sort((a, b) => a.at.localeCompare(b.at))
    const waiting = queued.filter(({ cutOff }) => !cutOff).map(({ place }) => place)
    this.#waiting = [...waiting, ...this.#waiting]
    if (!queued[0]?.cutOff) this.#begin()
    for (const place of waiting) this.options.onChange(place)
  }

  /** A training is paused with a checkpoint and keeps its place in the queue. */
  async close(): Promise<void> {
    this.#closing = true
    await this.#active?.host?.stop()
    await this.#active?.ended
    await this.#host?.stop()
  }

  async #end(place: RunPlace, wanted: 'pause' | 'stop'): Promise<void> {
    await this.options.store.change(place, () => ({ queuedAt: null }))
    const active = this.#active
    if (active?.place.id === place.id) {
      active.wanted = wanted
      await active.host?.call(wanted === 'pause' ? 'pauseRun' : 'stopRun', undefined)
      await active.ended
      return
    }
    this.#waiting = this.#waiting.filter((other) => other.id !== place.id)
    this.#tellAll(place)
  }

  /** Starts the first that waits, when nothing trains. */
  #begin(wanted: Active['wanted'] = null): Active | null {
    if (this.#active || this.#closing) return null
    const place = this.#waiting.shift()
    if (!place) {
      const host = this.#host
      this.#host = null
      void host?.stop()
      return null
    }
    const active: Active = {
      place,
      progress: null,
      host: null,
      wanted,
      // in the next turn, when `active` is known
      ended: Promise.resolve().then(() => this.#run(active))
    }
    this.#active = active
    this.#tellAll(place)
    return active
  }

  async #run(active: Active): Promise<void> {
    const { place } = active
    const { store } = this.options
    let goOn = true
    try {
      await store.change(place, (file) => ({ startedAt: file.startedAt ?? new Date().toISOString() }))
      const outcome = await this.#train(active)
      if (outcome !== 'paused') await store.change(place, () => ({ queuedAt: null }))
      // whoever pauses a training wants the machine for something else
      goOn = outcome !== 'paused'
    } catch (error) {
      // a disk that is full can refuse even the note of what went wrong
      goOn = await this.#failed(place, error).catch(() => false)
    }
    this.#active = null
    if (goOn) this.#begin()
    else if (this.#host) {
      void this.#host.stop()
      this.#host = null
    }
    this.#tellAll(place)
  }

  async #train(active: Active): Promise<'finished' | 'stopped' | 'paused'> {
    const { place } = active
    const before = await readFile(join(place.dir, runFiles.state), 'utf8')
    for (;;) {
      await this.options.makeRoom()
      const host = (this.#host ??= await this.options.startHost())
      if (active.wanted === 'pause' || this.#closing) return 'paused'
      try {
        const training = startRun({
          dir: place.dir,
          host,
          onMetric: (line) => this.options.onLine(place, line),
          onProgress: (progress) => {
            active.progress = progress
            this.options.onChange(place)
          }
        })
        active.host = host
        // a wish that came before there was anybody to tell
        if (active.wanted === 'stop') void host.call('stopRun', undefined).catch(() => undefined)
        return (await training).outcome
      } catch (error) {
        active.host = null
        if (!(error instanceof NeiroError) || error.code !== 'OUT_OF_MEMORY') throw error
        if (!(await this.#saveMemory(place, before))) throw error
        // what the failed attempt left behind goes with its process
        this.#host = null
        await host.stop()
      }
    }
  }

  async #saveMemory(place: RunPlace, stateBefore: string): Promise<boolean> {
    const saved = await saveMemory(place.dir)
    if (!saved) return false
    // the attempt wrote that the run has failed; it has not
    await writeFileWhole(join(place.dir, runFiles.state), stateBefore)
    await this.#notice(place, saved.recomputes ? 'MEMORY_RECOMPUTED' : 'MEMORY_SAVED', {
      batch: String(saved.batchSize),
      steps: String(saved.gradientAccumulationSteps)
    })
    return true
  }

  /** True when the next one may begin: this failure was its own. */
  async #failed(place: RunPlace, error: unknown): Promise<boolean> {
    const known =
      error instanceof NeiroError ? error : new NeiroError('INTERNAL', { reason: (error as Error).message })
    if (known.code === 'TRAINER_DIED') {
      this.#host = null
      await this.#notice(place, known.code, known.details)
      return false
    }
    await this.options.store.change(place, () => ({ queuedAt: null }))
    const state = await readJson<RunStateFile>(place.dir, runFiles.state).catch(() => null)
    // what went wrong before the trainer could write it down
    if (state && state.state !== 'failed' && !isRunHeld(place.dir))
      await writeFileWhole(
        join(place.dir, runFiles.state),
        `${JSON.stringify({ ...state, state: 'failed', error: known.toData() }, null, 2)}\n`
      )
    return known.code !== 'TRAINER_NOT_STARTED'
  }

  async #notice(place: RunPlace, code: string, details: Readonly<Record<string, string>>): Promise<void> {
    const { step } = await this.options.store.view(place)
    const line = { kind: 'notice' as const, step, time: new Date().toISOString(), code, details }
    await this.options.store.change(place, (file) => ({ notices: [...file.notices, line] }))
    this.options.onLine(place, line)
  }

  /** Another process (the trainer of an app that was killed) still holds the run: told when it lets go. */
  #watch(place: RunPlace): void {
    const timer = setInterval(() => {
      if (isRunHeld(place.dir)) return
      clearInterval(timer)
      this.options.onChange(place)
    }, 1000)
    timer.unref()
  }

  /** Places in the queue have moved. */
  #tellAll(place: RunPlace): void {
    for (const other of [place, ...this.#waiting]) this.options.onChange(other)
  }
}
