// Files and folders that the user chose, dropped or uploaded, by id. Paths enter here and never leave as
// something a page could send back: a page can only name what the user has handed over.
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { asFileError } from '../../files/file-errors'
import { remove } from '../../files/moving'
import type { ChooseKind, FileRef, FolderListing } from '../../contract/window/app'
import { extensionOf, knownExtensions } from '../reading/formats'
import type { Reach } from './reach'
import { usualFolders } from './usual-folders'

/** Files worth showing for a purpose; folders are always shown. */
const wanted: Readonly<Record<ChooseKind, (name: string) => boolean>> = {
  'data-files': (name) => knownExtensions.includes(extensionOf(name)),
  'data-folder': (name) => knownExtensions.includes(extensionOf(name)),
  'model-folder': (name) => ['.safetensors', '.json', '.gguf'].includes(extensionOf(name)),
  'model-file': (name) => extensionOf(name) === '.gguf',
  'project-folder': (name) => name.toLowerCase() === 'project.json',
  'export-folder': () => false,
  'training-folder': (name) => name === 'recipe.json',
  program: () => true
}

/** What makes a folder one that can be chosen for a purpose. */
const fits: Readonly<Record<ChooseKind, (names: readonly string[], shown: number) => boolean>> = {
  'data-files': (_names, shown) => shown > 0,
  'data-folder': (_names, shown) => shown > 0,
  'model-folder': (names) =>
    names.includes('config.json') || names.filter((name) => extensionOf(name) === '.gguf').length === 1,
  // a file is marked in it
  'model-file': () => false,
  'project-folder': (names) => names.includes('project.json'),
  'export-folder': () => true,
  'training-folder': (names) => names.includes('recipe.json') && names.includes('train.py'),
  // a file is marked in it
  program: () => false
}

export class FileRefs {
  readonly #paths = new Map<string, string>()
  readonly #ids = new Map<string, string>()
  /** folders of ours in which an uploaded file or folder lies, by its id */
  readonly #uploads = new Map<string, string>()

  /** The reference of a path; the same path keeps its id. Throws FILE_GONE. */
  async add(given: string): Promise<FileRef> {
    const path = resolve(given)
    let info
    try {
      info = await stat(path)
    } catch {
      throw missing(path)
    }
    const id = this.#ids.get(path) ?? randomUUID()
    this.#ids.set(path, id)
    this.#paths.set(id, path)
    return {
      id,
      name: basename(path) || path,
      size: info.isDirectory() ? 0 : info.size,
      folder: info.isDirectory(),
      shownPath: path
    }
  }

  /** What a browser has handed over lies with us, in a folder of its own, until it was taken. */
  async addUpload(path: string): Promise<FileRef> {
    const ref = await this.add(path)
    this.#uploads.set(ref.id, dirname(path))
    return ref
  }

  /** Uploads among these were taken, or refused: nothing of them stays here. What lies elsewhere is left alone. */
  async letGo(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const folder = this.#uploads.get(id)
      if (folder === undefined) continue
      this.#uploads.delete(id)
      await remove(folder)
    }
  }

  /** Throws FILE_UNKNOWN for an id that was never handed out. */
  pathOf(id: string): string {
    const path = this.#paths.get(id)
    if (path) return path
    throw new NeiroError('FILE_UNKNOWN')
  }

  /** One folder for the window's own browser: where the id points, what was typed, or the home folder. */
  async browse(
    id: string | null,
    kind: ChooseKind,
    { path: typed, hidden = false }: { path?: string; hidden?: boolean } = {},
    reach: Pick<Reach, 'open' | 'holds'> = everywhere
  ): Promise<FolderListing> {
    const path = typed !== undefined ? await folderOf(typed) : id === null ? homedir() : this.pathOf(id)
    await reach.open(path)
    let names
    try {
      names = await readdir(path, { withFileTypes: true })
    } catch {
      throw new NeiroError('FOLDER_UNREADABLE', {
        folder: path
      })
    }
    const visible = await Promise.all(
      names
        .filter(({ name }) => hidden || !name.startsWith('.'))
        .map(async (entry) => {
          // a link is what it leads to
          const of = entry.isSymbolicLink() ? await stat(join(path, entry.name)).catch(() => entry) : entry
          return { name: entry.name, folder: of.isDirectory(), file: of.isFile() }
        })
    )
    const fit = visible
      .filter(({ name, folder, file }) => folder || (file && wanted[kind](name)))
      .sort((a, b) => Number(b.folder) - Number(a.folder) || a.name.localeCompare(b.name, 'ja'))
    const shown = fit.slice(0, mostShown)
    const within = async (one: string): Promise<FileRef | null> =>
      (await reach.holds(one)) ? this.add(one).catch(() => null) : null
    const entries = await Promise.all(shown.map(({ name }) => within(join(path, name))))
    const parent = dirname(path)
    return {
      here: await this.add(path),
      parent: parent === path ? null : await within(parent),
      entries: entries.filter((entry) => entry !== null),
      more: fit.length - shown.length,
      fits: fits[kind](
        names.map(({ name }) => name),
        fit.length
      ),
      places: await this.#places()
    }
  }

  async #places(): Promise<FolderListing['places']> {
    const found = await Promise.all(
      (await usualFolders()).map(async ({ kind, path }) => {
        const ref = await this.add(path).catch(() => null)
        return ref && { kind, ref }
      })
    )
    return found.filter((one) => one !== null)
  }

  /** A new folder in one that was shown. */
  async makeFolder(id: string, given: string): Promise<FileRef> {
    const name = given.trim()
    if (/[\u0000-\u001f<>:"/\\|?*]/.test(name) || /^\.*$/.test(name) || Buffer.byteLength(name) > 255)
      throw new NeiroError('BAD_FOLDER_NAME')
    const path = join(this.pathOf(id), name)
    try {
      await mkdir(path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST')
        throw new NeiroError('FOLDER_EXISTS', {
          folder: name
        })
      throw asFileError(error, dirname(path))
    }
    return this.add(path)
  }
}

const everywhere: Pick<Reach, 'open' | 'holds'> = { open: async () => undefined, holds: async () => true }

/** A list that nobody reads to its end; a path can be typed. */
const mostShown = 1000

/** What was typed, as a folder: ~ is the home folder, of a file the one that it is in. */
async function folderOf(typed: string): Promise<string> {
  const path = resolve(homedir(), typed.replace(/^~(?=$|[\\/])/, homedir()))
  return (await stat(path).catch(() => null))?.isFile() ? dirname(path) : path
}

function missing(path: string): NeiroError {
  return new NeiroError('FILE_GONE', {
    file: basename(path)
  })
}
