// Check-ups in processes of their own, beside the one that shows the sets: a large set is looked at by two at once, each for
// a part of what there is to find.
import { joinedChecks, type Checked, type CheckPart } from '../services/doctor/check-up'
import type { CheckAsked, Keeper, KeptSet, SetSource } from '../services/dataset/set/kept-set'
import { HostedKeeper, type KeeperOptions } from './hosted-keeper'

export interface TwoCheckersOptions extends KeeperOptions {
  /** examples for which a second process is worth its start */
  readonly large?: number
}

export class TwoCheckers implements Keeper {
  readonly #first: HostedKeeper
  readonly #second: HostedKeeper
  /** check-ups that both are at */
  #shared = 0

  readonly #large: number

  constructor({ large = 5000, ...options }: TwoCheckersOptions) {
    this.#large = large
    this.#first = new HostedKeeper(options)
    this.#second = new HostedKeeper(options)
  }

  get pids(): readonly number[] {
    return [this.#first, this.#second].flatMap(({ pid }) => pid ?? [])
  }

  index(kept: string, signal?: AbortSignal): Promise<void> {
    return this.#first.index(kept, signal)
  }

  open(source: SetSource): Promise<KeptSet> {
    return this.#first.open(source)
  }

  async checkUp(source: SetSource, options: CheckAsked, signal?: AbortSignal): Promise<Checked> {
    const { facts } = await this.#first.open(source)
    const [one, other] = apart(options.parts)
    if (facts.examples < this.#large || one.length === 0 || other.length === 0)
      return this.#first.checkUp(source, options, signal)
    const own = new AbortController()
    const stop = (): void => own.abort(signal?.reason)
    signal?.addEventListener('abort', stop)
    this.#shared++
    try {
      if (signal?.aborted) stop()
      return joinedChecks(
        await Promise.all([
          this.#first.checkUp(source, { ...options, parts: one }, own.signal),
          this.#second.checkUp(source, { ...options, parts: other }, own.signal)
        ])
      )
    } catch (error) {
      // nobody waits for the other one any more
      own.abort(error)
      throw error
    } finally {
      signal?.removeEventListener('abort', stop)
      // what it holds is the same as the first one's
      if (--this.#shared === 0) this.#second.letGo()
    }
  }

  /** The processes go; the next call begins others. */
  letGo(): void {
    this.#first.letGo()
    this.#second.letGo()
  }

  close(): void {
    this.#first.close()
    this.#second.close()
  }
}

/** What finds rows by themselves, and all else. */
function apart(
  parts: readonly CheckPart[] = ['rows', 'whole', 'long']
): readonly [readonly CheckPart[], readonly CheckPart[]] {
  return [parts.filter((part) => part === 'rows'), parts.filter((part) => part !== 'rows')]
}
