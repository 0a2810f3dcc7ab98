// What could not be done: the errors of clicks that have no place of their own. They stay until the user closes
// them, goes elsewhere or tries the next thing. Nothing that fails goes by in silence.
import { NeiroError } from '../../main/contract/errors'
import { onReturn } from '../api.svelte'

export interface Trouble {
  readonly id: number
  readonly error: unknown
}

const isLost = ({ error }: Trouble): boolean =>
  error instanceof NeiroError && error.code === 'CONNECTION_LOST'

/** What was asked while the connection was lost may have been done, or not. */
const back = new NeiroError('CONNECTION_BACK')

class Troubles {
  #list = $state.raw<readonly Trouble[]>([])
  #next = 1

  constructor() {
    onReturn((missed) => {
      this.#list = this.others
      if (missed) this.tell(back)
    })
  }

  get list(): readonly Trouble[] {
    return this.#list
  }
  /** without those that a lost connection explains */
  get others(): readonly Trouble[] {
    return this.#list.filter((trouble) => !isLost(trouble))
  }

  /** The last resort: what no page caught is shown all the same. */
  start(): void {
    window.addEventListener('unhandledrejection', (event) => this.tell(event.reason))
  }

  /** Does what the user asked for; null: it failed, and the reason is shown. What went wrong before is taken away:
   *  a page that asks for something by itself uses tell. */
  async attempt<T>(work: () => Promise<T>): Promise<T | null> {
    this.clear()
    try {
      return await work()
    } catch (error) {
      this.tell(error)
      return null
    }
  }

  readonly tell = (error: unknown): void => {
    // the same sentence once, and the newest three
    const others = this.#list.filter((trouble) => !same(trouble.error, error))
    this.#list = [...others.slice(-2), { id: this.#next++, error }]
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((trouble) => trouble.id !== id)
  }

  clear(): void {
    this.#list = []
  }
}

/** Whether both are said in the same words. What is not ours has one sentence for all. */
function same(a: unknown, b: unknown): boolean {
  if (!(a instanceof NeiroError) || !(b instanceof NeiroError))
    return !(a instanceof NeiroError) && !(b instanceof NeiroError)
  return a.code === b.code && JSON.stringify(a.details) === JSON.stringify(b.details)
}

export const troubles = new Troubles()
