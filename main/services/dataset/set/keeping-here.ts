// Holds sets in the very process that asks: what the keeper's process does with what it is asked, and what tests use in
// its place. The newest sets stay, and the files that they are made of.
import { openKept, indexKept } from '../kept/kept-folder'
import type { KeptFile } from '../kept/kept-file'
import type { Checked } from '../../doctor/check-up'
import type { CheckAsked, Keeper, SetSource } from './kept-set'
import { StoredSet } from './stored-set'

/** the one that is asked, the one before the newest change, and that of another project */
const mostSets = 3

export class KeepingHere implements Keeper {
  readonly #files = new Map<string, Promise<KeptFile>>()
  readonly #sets = new Map<string, { readonly source: SetSource; readonly made: Promise<StoredSet> }>()

  async index(kept: string, signal?: AbortSignal): Promise<void> {
    // what stood there before is another folder
    this.#files.delete(kept)
    await indexKept(kept, signal)
  }

  async open(source: SetSource): Promise<StoredSet> {
    const known = this.#sets.get(source.id) ?? { source, made: this.#make(source) }
    this.#sets.delete(source.id)
    this.#sets.set(source.id, known)
    known.made.catch(() => this.#forget(source))
    for (const { source: old } of [...this.#sets.values()].slice(0, -mostSets)) this.#forget(old)
    return known.made
  }

  async checkUp(source: SetSource, options: CheckAsked, signal?: AbortSignal): Promise<Checked> {
    return (await this.open(source)).checkUp({ ...options, signal })
  }

  /** The set of that id, where it was opened and is still held. */
  held(id: string): Promise<StoredSet> | null {
    return this.#sets.get(id)?.made ?? null
  }

  async #make(source: SetSource): Promise<StoredSet> {
    return StoredSet.make(source, await Promise.all(source.files.map(({ kept }) => this.#file(kept))))
  }

  #file(kept: string): Promise<KeptFile> {
    const known = this.#files.get(kept) ?? openKept(kept)
    this.#files.set(kept, known)
    known.catch(() => this.#files.delete(kept))
    return known
  }

  #forget({ id }: SetSource): void {
    this.#sets.delete(id)
    const used = new Set(
      [...this.#sets.values()].flatMap(({ source }) => source.files.map(({ kept }) => kept))
    )
    for (const kept of this.#files.keys()) if (!used.has(kept)) this.#files.delete(kept)
  }
}
