// Choosing files and folders: the system's own dialog where there is one, else the window's own browser of
// the machine's folders. Pages only ask and wait.
import type { ChooseKind, FileRef, FolderListing } from '../../main/contract/window/app'
import { call } from '../api.svelte'
import { app } from './app.svelte'

/** ms after which it is said that a folder is being listed */
const patience = 300

class Chooser {
  #kind = $state<ChooseKind | null>(null)
  #listing = $state.raw<FolderListing | null>(null)
  #failure = $state.raw<unknown>(null)
  #slow = $state(false)
  #hidden = $state(false)
  /** counts looks: only the newest is shown */
  #turn = 0
  #answer: ((refs: readonly FileRef[]) => void) | null = null

  /** what is being chosen in the window's own browser; null = nothing */
  get kind(): ChooseKind | null {
    return this.#kind
  }
  get listing(): FolderListing | null {
    return this.#listing
  }
  get failure(): unknown {
    return this.#failure
  }

  /** a folder takes its time */
  get slow(): boolean {
    return this.#slow
  }
  /** hidden folders are shown too */
  get hidden(): boolean {
    return this.#hidden
  }

  /** Empty when the user cancelled. */
  async choose(kind: ChooseKind): Promise<readonly FileRef[]> {
    if (app.info?.dialogs === 'native') return call('files.choose', { kind })
    this.#answer?.([])
    this.#kind = kind
    void this.visit(null)
    return new Promise((answer) => (this.#answer = answer))
  }

  visit(folder: FileRef | null): Promise<void> {
    return this.#look({ id: folder?.id ?? null })
  }

  /** Goes where the user typed. */
  goTo(path: string): Promise<void> {
    return this.#look({ id: null, path })
  }

  async showHidden(shown: boolean): Promise<void> {
    this.#hidden = shown
    await this.#look({ id: this.#listing?.here.id ?? null })
  }

  /** Makes a folder in the one that is shown, and goes into it. */
  async makeFolder(name: string): Promise<void> {
    const here = this.#listing?.here
    if (!here) return
    try {
      await this.visit(await call('files.makeFolder', { id: here.id, name }))
    } catch (error) {
      this.#failure = error
    }
  }

  async #look(where: { id: string | null; path?: string }): Promise<void> {
    const kind = this.#kind
    if (!kind) return
    const turn = ++this.#turn
    const waiting = setTimeout(() => (this.#slow = true), patience)
    try {
      const listing = await call('files.browse', { ...where, kind, hidden: this.#hidden })
      if (turn !== this.#turn) return
      this.#listing = listing
      this.#failure = null
    } catch (error) {
      if (turn === this.#turn) this.#failure = error
    } finally {
      clearTimeout(waiting)
      if (turn === this.#turn) this.#slow = false
    }
  }

  finish(refs: readonly FileRef[]): void {
    this.#answer?.(refs)
    this.#answer = null
    this.#kind = null
    this.#listing = null
    this.#failure = null
    this.#slow = false
    // what is still on its way comes too late
    this.#turn++
  }
}

export const chooser = new Chooser()
