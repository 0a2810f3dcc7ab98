// What the app is at. Whoever closes the window must not break it off, and the machine must not sleep while it
// trains. Heard from calls and events alone; the services know nothing of it.
import type { CallName, EventName, Events } from '../contract/channels'

/** A run trains; or something else is being read or written that the user waits for. */
export type At = 'training' | 'working' | null

/** calls that read or write for long; an export and an evaluation go on after theirs was answered */
export const longCalls: ReadonlySet<CallName> = new Set<CallName>([
  'projects.create',
  'data.add',
  'data.setOverrides',
  'data.setNormalisation',
  'models.add',
  'runs.startRun',
  'sweep.start',
  'elsewhere.look',
  'elsewhere.agree',
  'elsewhere.takeBack',
  'evaluation.start',
  'evaluation.learnVotes',
  'exports.start',
  'sorting.file'
])

const moving = 'storage'

export class Activity {
  /** one key for each thing that is being done */
  readonly #working = new Set<unknown>()
  readonly #listeners = new Set<(at: At) => void>()
  #told: At = null

  constructor(private readonly trains: () => boolean) {}

  get at(): At {
    if (this.trains()) return 'training'
    return this.#working.size > 0 ? 'working' : null
  }

  /** Something is being done beside the move of the storage place. */
  get besideMove(): boolean {
    return this.trains() || [...this.#working].some((key) => key !== moving)
  }

  /** Calls back whenever it has become something else. */
  onChange(listener: (at: At) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async during<T>(name: CallName, answer: () => Promise<T>): Promise<T> {
    if (!longCalls.has(name)) return answer()
    const key = Symbol(name)
    this.#working.add(key)
    this.#look()
    try {
      const value = await answer()
      // what an answer says and what is told later have the same form; later comes later: both first wait for a disk
      if (name === 'evaluation.start')
        this.heard('evaluation.progress', value as Events['evaluation.progress'])
      if (name === 'exports.start') this.heard('export.changed', value as Events['export.changed'])
      return value
    } finally {
      this.#working.delete(key)
      this.#look()
    }
  }

  heard<E extends EventName>(event: E, value: Events[E]): void {
    if (event === 'evaluation.progress') {
      const { run, state } = value as Events['evaluation.progress']
      this.#set(`evaluation ${run}`, state === 'running')
    }
    if (event === 'export.changed') {
      const { id, state } = value as Events['export.changed']
      this.#set(`export ${id}`, state === 'writing' || state === 'checking')
    }
    if (event === 'fetch.changed') {
      const { id, state } = value as Events['fetch.changed']
      this.#set(`fetch ${id}`, state === 'fetching' || state === 'waiting' || state === 'checking')
    }
    if (event === 'storage.changed') this.#set(moving, (value as Events['storage.changed']).progress !== null)
    if (event === 'sweep.changed') {
      const { project, state } = value as Events['sweep.changed']
      this.#set(`sweep ${project}`, state === 'measuring')
    }
    // programs rely on it while it is on
    if (event === 'api.changed') this.#set('api', (value as Events['api.changed']).state === 'on')
    this.#look()
  }

  #set(key: string, going: boolean): void {
    if (going) this.#working.add(key)
    else this.#working.delete(key)
  }

  #look(): void {
    const { at } = this
    if (at === this.#told) return
    this.#told = at
    for (const listener of [...this.#listeners]) listener(at)
  }
}
