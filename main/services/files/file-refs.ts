// Files and folders that the user chose, dropped or uploaded, by id. Paths enter here and never leave as
// something a page could send back: a page can only name what the user has handed over.
import { randomUUID } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { NeiroError } from '../../contract/errors'
import type { ChooseKind, FileRef, FolderListing } from '../../contract/window/app'

/** Files worth showing for a purpose; folders are always shown. */
const wanted: Readonly<Record<ChooseKind, RegExp | null>> = {
  'data-files': /\.(xlsx|csv|tsv|json|jsonl|txt|md|docx)$/i,
  'data-folder': /\.(xlsx|csv|tsv|json|jsonl|txt|md|docx)$/i,
  'model-folder': /\.(safetensors|json)$/i,
  'project-folder': /^project\.json$/i,
  'export-folder': null
}

export class FileRefs {
  readonly #paths = new Map<string, string>()
  readonly #ids = new Map<string, string>()

  /** The reference of a path; the same path keeps its id. Throws FILE_GONE. */
  async add(path: string): Promise<FileRef> {
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
    const pattern = wanted[kind]
    const shown = names
      .filter((entry) => !entry.name.startsWith('.'))
      .filter((entry) => entry.isDirectory() || (entry.isFile() && pattern?.test(entry.name)))
      .sort((a, b) => Number(b.isDirectory()) - Number(a.isDirectory()) || a.name.localeCompare(b.name, 'ja'))
      .slice(0, 1000)
    const entries = await Promise.all(
      shown.map((entry) => this.add(join(path, entry.name)).catch(() => null))
    )
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
