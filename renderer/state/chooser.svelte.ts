// Choosing files and folders: the system's own dialog where there is one, else the window's own browser of
// the machine's folders. Pages only ask and wait.
import type { ChooseKind, FileRef, FolderListing } from '../../main/contract/window/app'
import { call } from '../api.svelte'
import { app } from './app.svelte'

class Chooser {
  #kind = $state<ChooseKind | null>(null)
  #listing = $state.raw<FolderListing | null>(null)
  #failure = $state.raw<unknown>(null)
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

  /** Empty when the user cancelled. */
  async choose(kind: ChooseKind): Promise<readonly FileRef[]> {
    if (app.info?.dialogs === 'native') return call('files.choose', { kind })
    this.#answer?.([])
    this.#kind = kind
    void this.visit(null)
    return new Promise((answer) => (this.#answer = answer))
  }

  async visit(folder: FileRef | null): Promise<void> {
    if (!this.#kind) return
    try {
      this.#listing = await call('files.browse', { id: folder?.id ?? null, kind: this.#kind })
      this.#failure = null
    } catch (error) {
      this.#failure = error
    }
  }

  finish(refs: readonly FileRef[]): void {
    this.#answer?.(refs)
    this.#answer = null
    this.#kind = null
    this.#listing = null
    this.#failure = null
  }
}

export const chooser = new Chooser()
