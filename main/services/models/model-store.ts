// The store: where fetched models lie. It can be moved, shared with the Hugging Face cache, and emptied; what projects have
// chosen stays chosen.
import { mkdir, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { bytesOfTree, copyTree } from '../../files/copy-tree'
import { asFileError } from '../../files/file-errors'
import { requireRoom } from '../../files/free-room'
import { remove } from '../../files/moving'
import { modelFolder, modelOfSnapshot, storedModels } from './hub/cache-layout'
import type { HubSettingsStore } from './hub-settings'
import type { ModelShelf } from './model-shelf'
import type { Origins } from './origins'

export interface ModelStoreOptions {
  readonly settings: HubSettingsStore
  readonly shelf: ModelShelf
  readonly origins: Origins
  /** nothing is being fetched into it */
  readonly atRest: () => boolean
}

const tellEachMs = 200

export class ModelStore {
  constructor(private readonly options: ModelStoreOptions) {}

  async dir(): Promise<string> {
    return (await this.options.settings.store()).dir
  }

  async facts(): Promise<{
    readonly dir: string
    readonly shared: boolean
    readonly bytes: number
    readonly models: number
  }> {
    const { dir, shared } = await this.options.settings.store()
    const own = await this.#own(dir)
    const all = (await storedModels(dir)).filter(({ model }) => !shared || own.has(model))
    return { dir, shared, bytes: all.reduce((sum, { bytes }) => sum + bytes, 0), models: all.length }
  }

  /** Deletes the files of one that was fetched. Throws MODEL_NOT_FETCHED for any other. */
  async deleteFiles(id: string): Promise<void> {
    const { shelf, origins } = this.options
    const dir = await shelf.dirOf(id)
    const store = await this.dir()
    const model = modelOfSnapshot(store, dir)
    if (model === null || !(await origins.of(dir))) throw new NeiroError('MODEL_NOT_FETCHED')
    await shelf.remove(id)
    await origins.change((all) => all.delete(dir))
    await remove(modelFolder(store, model))
  }

  async empty(): Promise<void> {
    this.#checkRest()
    const { shelf, origins } = this.options
    const store = await this.dir()
    for (const model of await this.#own(store)) {
      for (const dir of (await origins.all()).keys())
        if (modelOfSnapshot(store, dir) === model) {
          await shelf.removeDir(dir)
          await origins.change((all) => all.delete(dir))
        }
      await remove(modelFolder(store, model))
    }
  }

  /** Everything that was fetched goes to another folder. Told now and then: bytes that are there, of all. */
  async move(
    target: string,
    onProgress: (done: number, total: number) => void = () => undefined
  ): Promise<void> {
    this.#checkRest()
    const from = resolve(await this.dir())
    const to = resolve(target)
    if (from === to) return
    if (to.startsWith(from + sep) || from.startsWith(to + sep))
      throw new NeiroError('STORE_INSIDE', { place: to })
    await mkdir(to, { recursive: true }).catch((error: unknown) => {
      throw asFileError(error, to)
    })
    const moved = [...(await this.#own(from))].map((model) => basename(modelFolder(from, model)))
    const left: string[] = []
    const sizes = await Promise.all(moved.map((name) => bytesOfTree(join(from, name))))
    const total = sizes.reduce((sum, size) => sum + size, 0)
    const there = await Promise.all(moved.map((name) => bytesOfTree(join(to, name)).catch(() => 0)))
    await requireRoom(to, total - there.reduce((sum, size) => sum + size, 0), 'STORAGE_NO_ROOM')
    let done = 0
    let told = 0
    const tell = (bytes: number): void => {
      done += bytes
      if (done < total && Date.now() - told < tellEachMs) return
      told = Date.now()
      onProgress(done, total)
    }
    try {
      for (const name of moved) {
        // what lies there already has the same bytes under the same names: it is completed
        await copyTree(join(from, name), join(to, name), tell)
        left.push(name)
      }
    } catch (error) {
      throw asFileError(error, to)
    }
    await this.adopt(from, to)
    // only now is the old one no longer needed
    for (const name of left) await remove(join(from, name))
  }

  /** The same models lie in another folder now: what speaks of them does, too. */
  async adopt(from: string, to: string): Promise<void> {
    const { settings, shelf, origins } = this.options
    const dirs = [...(await origins.all()).keys()].filter((dir) => dir.startsWith(from + sep))
    const places = new Map(dirs.map((dir) => [dir, join(to, relative(from, dir))]))
    if (places.size > 0) await shelf.moveDirs(places)
    if (places.size > 0)
      await origins.change((all) => {
        for (const [old, now] of places) {
          const origin = all.get(old)
          if (origin) all.set(now, origin)
          all.delete(old)
        }
      })
    if ((await this.dir()) !== to) await settings.change({ store: to })
  }

  /** Models of this store that were fetched here: in a shared cache others keep theirs, too. */
  async #own(store: string): Promise<ReadonlySet<string>> {
    const origins = await this.options.origins.all()
    const fetched = [...origins.keys()].flatMap((dir) => modelOfSnapshot(store, dir) ?? [])
    const { shared } = await this.options.settings.store()
    if (shared) return new Set(fetched)
    const inside = (await readdir(store).catch(() => [])).filter((name) => name.startsWith('models--'))
    return new Set(inside.map((name) => name.slice('models--'.length).replace('--', '/')))
  }

  #checkRest(): void {
    if (!this.options.atRest()) throw new NeiroError('STORE_IN_USE')
  }
}

/** A folder that somebody chose for the store: one that is not empty gets a folder of its own inside. */
export async function storeFolderIn(chosen: string): Promise<string> {
  const inside = await readdir(chosen).catch(() => [])
  const isStore = inside.length === 0 || inside.some((name) => name.startsWith('models--'))
  const isFile = (await stat(chosen).catch(() => null))?.isFile() === true
  const folder = isFile ? dirname(chosen) : chosen
  return isStore ? folder : join(folder, 'neiro-models')
}
