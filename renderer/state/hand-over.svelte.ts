// What was dropped, on its way to main: how far it is, what could not be taken, and the way to stop it. Rooms that
// take drops have one each.
import { NeiroError } from '../../main/contract/errors'
import type { FileRef } from '../../main/contract/window/app'
import { fileRefs } from '../api.svelte'
import type { Dropped } from '../lib/dropped'

/** bytes of all files together; total 0 while folders are looked through */
export interface Sending {
  readonly file: string
  readonly done: number
  readonly total: number
}

export class HandOver {
  #sending = $state.raw<Sending | null>(null)
  #failed = $state.raw<readonly NeiroError[]>([])
  #leftOut = $state(0)
  #stop: (() => void) | null = null

  get sending(): Sending | null {
    return this.#sending
  }
  /** files that could not be taken, of the last drop */
  get failed(): readonly NeiroError[] {
    return this.#failed
  }
  /** files of other kinds in the folders of the last drop */
  get leftOut(): number {
    return this.#leftOut
  }

  /** Answers with nothing when it was stopped. */
  async take(dropped: Dropped): Promise<readonly FileRef[]> {
    this.clear()
    try {
      return await fileRefs(dropped.files, {
        inside: (file) => this.#inside(dropped, file),
        progress: (file, done, total) => (this.#sending = { file, done, total }),
        failed: (error) => (this.#failed = [...this.#failed, NeiroError.fromData(error)]),
        begun: (stop) => (this.#stop = stop)
      })
    } finally {
      this.#sending = null
      this.#stop = null
    }
  }

  stop(): void {
    this.#stop?.()
  }

  clear(): void {
    this.#failed = []
    this.#leftOut = 0
  }

  async #inside(
    dropped: Dropped,
    file: File
  ): Promise<readonly { readonly path: string; readonly file: File }[] | null> {
    this.#sending = { file: file.name, done: 0, total: 0 }
    try {
      const found = await dropped.inside(file)
      if (!found) return null
      this.#leftOut += found.leftOut
      this.#failed = [...this.#failed, ...found.failed]
      return found.files
    } catch (error) {
      if (!(error instanceof NeiroError)) throw error
      this.#failed = [...this.#failed, error]
      return []
    }
  }
}
