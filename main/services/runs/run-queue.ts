// Which run trains when: one at a time, in the order they were started. The order is written in the runs' own folders,
// so that it outlives the app. After a crash, or when the app ended in the middle, nothing begins by itself before the
// user has spoken. The training itself is the runner's.
import { NeiroError } from '../../contract/errors'
import type { MetricLine, RunProgress } from '../../contract/records'
import { isRunHeld } from '../../files/run-lock'
import type { Runner } from '../runners/runner'
import { readRunFile } from './run-file'
import { readState } from './run-folder'
import type { RunStore } from './run-store'
import type { LiveRun, RunPlace } from './run-view'

export interface QueueOptions {
  readonly store: RunStore
  readonly runner: Pick<Runner, 'startRun' | 'pauseRun' | 'stopRun' | 'close'>
  /** something of the run is different now */
  readonly onChange: (place: RunPlace) => void
  readonly onLine: (place: RunPlace, line: MetricLine) => void
}

interface Active {
  readonly place: RunPlace
  progress: RunProgress | null
  readonly ended: Promise<void>
}

export class RunQueue {
  #waiting: RunPlace[] = []
  #active: Active | null = null
  #closing = false

  constructor(private readonly options: QueueOptions) {}

  get active(): RunPlace | null {
    return this.#active?.place ?? null
  }

  /** Nothing trains, and nothing waits to. */
  get atRest(): boolean {
    return this.#active === null && this.#waiting.length === 0
  }

  live(id: string): LiveRun | null {
    if (this.#active?.place.id === id) return { queue: 0, progress: this.#active.progress }
    const index = this.#waiting.findIndex((place) => place.id === id)
    return index < 0 ? null : { queue: index + 1, progress: null }
  }

  /** Puts the run at the end of the queue, and begins when nothing trains. */
  async startRun(place: RunPlace): Promise<void> {
    if (this.live(place.id)) return
    this.#waiting.push(place)
    await this.options.store.change(place, () => ({ queuedAt: new Date().toISOString() }))
    this.#begin()
    this.options.onChange(place)
  }

  /** What the user asks for now comes before what waits: begins when nothing trains, else it is the next. */
  async resumeRun(place: RunPlace): Promise<void> {
    const first = this.#waiting.find((other) => other.id !== place.id)
    const firstAt = first && (await readRunFile(first.dir))?.queuedAt
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
  async pauseRun(place: RunPlace): Promise<void> {
    await this.#end(place, 'pauseRun')
  }

  /** Answers when the result is written. A run at rest is opened once more to write it. */
  async stopRun(place: RunPlace): Promise<void> {
    if (this.live(place.id)) return this.#end(place, 'stopRun')
    if (this.#active) throw new NeiroError('TRAINER_BUSY')
    this.#waiting.unshift(place)
    await this.#begin({ stop: true })?.ended
  }

  /** What waited when the app ended goes on waiting; it begins unless a training was cut off before it. */
  async takeUp(): Promise<void> {
    const queued: { place: RunPlace; at: string; cutOff: boolean }[] = []
    for (const place of await this.options.store.places()) {
      const at = (await readRunFile(place.dir))?.queuedAt
      if (at == null || this.live(place.id)) continue
      const { state } = await readState(place.dir).catch(() => ({ state: 'failed' }))
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
    await this.options.runner.close()
    await this.#active?.ended
  }

  async #end(place: RunPlace, how: 'pauseRun' | 'stopRun'): Promise<void> {
    // another process trains it (a terminal, another window): it alone can be told
    if (!this.live(place.id) && isRunHeld(place.dir)) throw new NeiroError('RUN_BUSY', { run: place.dir })
    await this.options.store.change(place, () => ({ queuedAt: null }))
    const active = this.#active
    if (active?.place.id === place.id) {
      await this.options.runner[how]()
      await active.ended
      return
    }
    this.#waiting = this.#waiting.filter((other) => other.id !== place.id)
    this.#tellAll(place)
  }

  /** Starts the first that waits, when nothing trains. */
  #begin(how: { readonly stop?: boolean } = {}): Active | null {
    if (this.#active || this.#closing) return null
    const place = this.#waiting.shift()
    if (!place) return null
    const active: Active = {
      place,
      progress: null,
      // in the next turn, when `active` is known
      ended: Promise.resolve().then(() => this.#train(active, how))
    }
    this.#active = active
    this.#tellAll(place)
    return active
  }

  async #train(active: Active, how: { readonly stop?: boolean }): Promise<void> {
    const { place } = active
    const { runner, onLine, onChange } = this.options
    const listener = {
      onMetric: (line: MetricLine) => onLine(place, line),
      onProgress: (progress: RunProgress) => {
        active.progress = progress
        onChange(place)
      }
    }
    // a pause, or the end of the app: whoever wants the machine for something else has it
    let goOn = false
    try {
      const { outcome } = await runner.startRun(place, listener, how)
      goOn = outcome !== 'paused'
      if (goOn) await this.#leave(place)
    } catch (error) {
      const { code } = error as NeiroError
      // what killed a process, or kept it from starting, might do the same to the next one
      goOn = code !== 'TRAINER_DIED' && code !== 'TRAINER_NOT_STARTED'
      // one whose process died was cut off, and keeps its place
      if (code !== 'TRAINER_DIED') await this.#leave(place)
    }
    this.#active = null
    if (goOn) this.#begin()
    this.#tellAll(place)
  }

  /** It no longer wants to train. A disk that is full can refuse even that. */
  async #leave(place: RunPlace): Promise<void> {
    await this.options.store.change(place, () => ({ queuedAt: null })).catch(() => undefined)
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
