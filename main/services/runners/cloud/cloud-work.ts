// One training at a service while somebody here watches it: whose run it is, who is told, what the service calls what it has
// of it (kept in the run's folder at once), and the patience with what passes.
import { NeiroError, type Details } from '../../../contract/errors'
import { readState } from '../../runs/run-folder'
import type { RunStore } from '../../runs/run-store'
import type { RunPlace } from '../../runs/run-view'
import { writeElsewhere, type ElsewhereFile } from '../elsewhere-file'
import { placeName } from '../places'
import type { RunListener } from '../runner'
import type { CloudApi } from './cloud-api'

/** what the service calls what it has of this run */
export interface CloudTicket {
  readonly training?: string
  readonly validation?: string
  readonly job?: string
  /** jobs of before, which came to nothing */
  readonly given?: string
  /** the result */
  readonly model?: string
}

/** What whoever sits here wants of it; leave: it goes on there unwatched. */
export type Wanted = 'pause' | 'stop' | 'leave'

/** Nobody waits for it any more. */
export class Left extends Error {}

export interface CloudWorkOptions {
  readonly store: Pick<RunStore, 'change'>
  readonly place: RunPlace
  readonly listener: RunListener
  readonly api: CloudApi
  readonly file: ElsewhereFile
  readonly wishes: CloudWishes
  /** between two tries at first, milliseconds */
  readonly pollMs: number
}

/** longest time between two looks, milliseconds */
const slowest = 30_000

export const slower = (wait: number): number => Math.min(slowest, wait * 1.5)

/** What is wanted of a training, and the waits that it cuts short. */
export class CloudWishes {
  #wanted: Wanted | null = null
  /** somebody wished something since the last wait */
  #called = false
  #wake: () => void = () => undefined
  readonly #abort = new AbortController()

  get wanted(): Wanted | null {
    return this.#wanted
  }
  /** of what is being sent */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  wish(wanted: Wanted): void {
    this.#wanted = wanted
    this.#called = true
    this.#abort.abort()
    this.#wake()
  }

  async wait(milliseconds: number): Promise<void> {
    if (!this.#called)
      await new Promise<void>((resume) => {
        const timer = setTimeout(resume, milliseconds)
        this.#wake = () => {
          clearTimeout(timer)
          resume()
        }
      })
    this.#called = false
  }
}

export class CloudWork {
  ticket: CloudTicket
  readonly name: string

  constructor(readonly o: CloudWorkOptions) {
    this.ticket = o.file.ticket ?? {}
    this.name = placeName(o.file.place)
  }

  get dir(): string {
    return this.o.place.dir
  }

  async keep(ticket: CloudTicket): Promise<void> {
    this.ticket = ticket
    const said = Object.entries(ticket).filter(([, value]) => value !== undefined)
    await writeElsewhere(this.dir, { ...this.o.file, ticket: Object.fromEntries(said) })
  }

  /** What was said at that very time was said already, to a Neiro before this one. */
  async notice(code: string, details: Details, time = new Date().toISOString()): Promise<void> {
    const { place, store, listener } = this.o
    const { step } = await readState(place.dir)
    const line = { kind: 'notice' as const, step, time, code, details }
    let isNew = true
    await store.change(place, ({ notices }) => {
      isNew = !notices.some(
        (one) => one.time === time && one.code === code && one.details['reason'] === details['reason']
      )
      return { notices: isNew ? [...notices, line] : notices }
    })
    if (isNew) listener.onMetric?.(line)
  }

  /** What passes is tried again when the service says, or by and by, until it does or until nobody waits for it any more. */
  async patiently<T>(
    attempt: (again: boolean) => Promise<T>,
    /** sends: given up at once when somebody wants to stop; wish: it is what somebody wants, and tried all the same */
    how: 'looks' | 'sends' | 'wish' = 'looks'
  ): Promise<T> {
    const { wishes, pollMs } = this.o
    let told = ''
    for (let wait = pollMs; ; wait = slower(wait)) {
      if (how === 'sends' && wishes.wanted !== null) throw new Left()
      try {
        const done = await attempt(told !== '')
        if (told === 'PLACE_UNREACHABLE') await this.notice('PLACE_REACHED', {})
        return done
      } catch (error) {
        const { code, details } = NeiroError.of(error)
        const { place = '', reason = '', seconds = '' } = details
        if (code !== 'PLACE_BUSY' && code !== 'PLACE_UNREACHABLE') throw error
        if (wishes.wanted !== null && (how !== 'wish' || wishes.wanted === 'leave')) throw new Left()
        if (code !== told && code === 'PLACE_BUSY') await this.notice('PLACE_BUSY', { place, seconds })
        if (code !== told && code === 'PLACE_UNREACHABLE')
          await this.notice('PLACE_UNREACHABLE', { place, reason })
        told = code
        await wishes.wait(seconds === '' ? wait : Number(seconds) * 1000)
      }
    }
  }

  /** What a service says that does not do what it was asked; null: it does. */
  async refusalOf(ask: () => Promise<void>): Promise<string | null> {
    try {
      await this.patiently(ask, 'wish')
      return null
    } catch (error) {
      if (!(error instanceof NeiroError) || !['CLOUD_REFUSED', 'CLOUD_NOT_FOUND'].includes(error.code))
        throw error
      return error.details['reason'] ?? error.code
    }
  }
}
