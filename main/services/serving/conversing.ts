// Many conversations on one open model: those that have a place run together, the others wait in line. Works in the
// turns of the one engine: as long as somebody talks the turn is held; when somebody else waits for the engine nobody
// new is let in, and the turn is given back as soon as those who talk have ended.
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { NeiroError } from '../../contract/errors'
import type { TurnWork } from '../../contract/window/results'
import type { Turns } from '../engine/turns'
import { Talk, type TalkOptions } from './talk'

export interface ConversingOptions {
  readonly turns: Turns
  readonly work: TurnWork
  /** how many may wait, beside those who talk */
  readonly mostWaiting: number
  /** somebody came or went, or is waited for */
  readonly onChange?: () => void
}

export class Conversing {
  readonly #waiting: Talk[] = []
  readonly #talking = new Map<number, Talk>()
  #running = false
  #ended: Promise<void> = Promise.resolve()
  #waitsFor: TurnWork | null = null

  constructor(private readonly o: ConversingOptions) {}

  get talking(): number {
    return this.#talking.size
  }
  get waiting(): number {
    return this.#waiting.length
  }
  /** Who is at work on the engine, while those who wait here wait for that. */
  get waitsFor(): TurnWork | null {
    return this.#waitsFor
  }

  /** Throws SERVING_FULL {most}. */
  begin(options: TalkOptions): Talk {
    const { mostWaiting, onChange } = this.o
    if (this.#waiting.length >= mostWaiting) {
      throw new NeiroError('SERVING_FULL', { most: String(mostWaiting) })
    }
    const talk = new Talk(options, JSON.stringify(options.target))
    talk.onLeave = (): void => {
      const at = this.#waiting.indexOf(talk)
      if (at >= 0) this.#waiting.splice(at, 1)
      onChange?.()
    }
    this.#waiting.push(talk)
    onChange?.()
    if (!this.#running) this.#ended = this.#run()
    return talk
  }

  /** Everybody is sent away; done when the engine is free of them. */
  async close(): Promise<void> {
    const closed = new NeiroError('CANCELLED')
    for (const talk of [...this.#waiting, ...this.#talking.values()]) {
      talk.leave(closed)
    }
    this.#waiting.length = 0
    await this.#ended
  }

  async #run(): Promise<void> {
    this.#running = true
    for (;;) {
      const [first] = this.#waiting
      if (!first) break
      let begun = false
      try {
        await this.o.turns.use(
          first.options.target,
          (host) => {
            begun = true
            return this.#talk(host, first)
          },
          { work: this.o.work, onWait: (work) => this.#wait(work) }
        )
      } catch (error) {
        this.#fail(error instanceof Error ? error : new Error(String(error)), begun ? null : first.key)
      }
      this.#wait(null)
    }
    this.#running = false
  }

  #wait(work: TurnWork | null): void {
    if (this.#waitsFor === work) return
    this.#waitsFor = work
    this.o.onChange?.()
  }

  /** Those who talk, and those who wait for a model that could not be opened. */
  #fail(error: Error, key: string | null): void {
    for (const talk of this.#talking.values()) talk.fail(error)
    this.#talking.clear()
    if (key === null) return
    for (const talk of this.#waiting.filter((one) => one.key === key)) talk.fail(error)
    this.#keepWaiting((one) => one.key !== key)
  }

  #keepWaiting(stays: (talk: Talk) => boolean): void {
    const kept = this.#waiting.filter(stays)
    this.#waiting.splice(0, this.#waiting.length, ...kept)
    this.o.onChange?.()
  }

  async #talk(host: TrainerCaller, { key, options }: Talk): Promise<void> {
    const places = options.target.conversations ?? 1
    try {
      for (let first = true; ; first = false) {
        await this.#letGo(host)
        if (first || !this.o.turns.wanted) await this.#letIn(host, key, places)
        if (this.#talking.size === 0) return
        for (const said of await host.call('advance', undefined)) {
          this.#talking.get(said.place)?.hear(said)
          if (said.ended === null) continue
          this.#talking.delete(said.place)
          this.o.onChange?.()
        }
      }
    } catch (error) {
      // whoever comes next finds every place free
      for (const place of this.#talking.keys()) {
        await host.call('endConversation', { place }).catch(() => undefined)
      }
      throw error
    }
  }

  async #letGo(host: TrainerCaller): Promise<void> {
    for (const [place, talk] of this.#talking) {
      if (!talk.left) continue
      await host.call('endConversation', { place })
      this.#talking.delete(place)
      this.o.onChange?.()
    }
  }

  async #letIn(host: TrainerCaller, key: string, places: number): Promise<void> {
    while (this.#talking.size < places) {
      const at = this.#waiting.findIndex((talk) => talk.key === key)
      const [talk] = at < 0 ? [] : this.#waiting.splice(at, 1)
      if (!talk) return
      const { prompt, maxNewTokens, stopTokens, sampling, adapter, likeliest } = talk.options
      const asked = { prompt, maxNewTokens, stopTokens, sampling, adapter }
      try {
        const place = await host.call('beginConversation', {
          ...asked,
          ...(likeliest !== undefined && { likeliest })
        })
        this.#talking.set(place, talk)
      } catch (error) {
        // what was asked is wrong, or the engine is gone: the next call tells
        talk.fail(error instanceof Error ? error : new Error(String(error)))
      }
      this.o.onChange?.()
    }
  }
}
