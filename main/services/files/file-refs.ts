// Files and folders that the user chose, dropped or uploaded, by id. Paths enter here and never leave as
// something a page could send back: a page can only name what the user has handed over.
import { randomUUID } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { NeiroError } from '../../contract/errors'
import type { ChooseKind, FileRef, FolderListing } from '../../contract/window/app'
import { extensionOf, knownExtensions } from '../data/formats'

/** Files worth showing for a purpose; folders are always shown. */
const wanted: Readonly<Record<ChooseKind, (name: string) => boolean>> = {
  'data-files': (name) => knownExtensions.includes(extensionOf(name)),
  'data-folder': (name) => knownExtensions.includes(extensionOf(name)),
  'model-folder': (name) => ['.safetensors', '.json'].includes(extensionOf(name)),
  'project-folder': (name) => name.toLowerCase() === 'project.json',
  'export-folder': () => false
}

export class FileRefs {
  readonly #paths = new Map<string, string>()
  readonly #ids = new Map<string, string>()

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

  /** Throws FILE_UNKNOWN for an id that was never handed out. */
  pathOf(id: string): string {
    const path = this.#paths.get(id)
    if (path) return path
    throw new NeiroError('FILE_UNKNOWN', 'That file was not chosen in this window.', 'Choose the file again.')
  }

  /** One folder for the window's own browser: where the id points, or the home folder. */
  async browse(id: string | null, kind: ChooseKind): Promise<FolderListing> {
    const path = id === null ? homedir() : this.pathOf(id)
    let names
    try {
      names = await readdir(path, { withFileTypes: true })
    } catch {
      throw new NeiroError(
        'FOLDER_UNREADABLE',
        `The folder ${path} cannot be read.`,
        'Choose another folder.',
        {
          folder: path
        }
      )
    }
    const visible = await Promise.all(
      names
        .filter(({ name }) => !name.startsWith('.'))
        .map(async (entry) => {
          // a link is what it leads to
          const of = entry.isSymbolicLink() ? await stat(join(path, entry.name)).catch(() => entry) : entry
          return { name: entry.name, folder: of.isDirectory(), file: of.isFile() }
        })
    )
    const shown = visible
      .filter(({ name, folder, file }) => folder || (file && wanted[kind](name)))
      .sort((a, b) => Number(b.folder) - Number(a.folder) || a.name.localeCompare(b.name, 'ja'))
      .slice(0, 1000)
    const entries = await Promise.all(shown.map(({ name }) => this.add(join(path, name)).catch(() => null)))
    const parent = dirname(path)
    return {
      here: await this.add(path),
      parent: parent === path ? null : await this.add(parent),
      entries: entries.filter((entry) => entry !== null)
    }
  }
}

function missing(path: string): NeiroError {
  return new NeiroError('FILE_GONE', `${basename(path)} is no longer there.`, 'Choose the file again.', {
    file: basename(path)
  })
}
