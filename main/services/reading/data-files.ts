// Which files are meant by the paths that a user gave: files as they are, folders with all that is in them.
// Looks at names only; reads nothing.
import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import type { RefusedRow } from '../../contract/records'
import { noSuchFile, unreadableFile } from './file-errors'
import { extensionOf, knownExtensions } from './formats'
import { refuse, refusedRow } from './refusals'

export interface DataFile {
  readonly path: string
  /** as the user will recognise it: the file name, inside a folder with the way to it */
  readonly name: string
}

export interface DataFiles {
  readonly files: readonly DataFile[]
  /** what lies in the folders and is no data; listed, so that nothing is passed over in silence */
  readonly refused: readonly RefusedRow[]
}

export async function dataFiles(paths: readonly string[]): Promise<DataFiles> {
  const files: DataFile[] = []
  const refused: RefusedRow[] = []
  for (const path of paths) {
    const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? noSuchFile(path) : unreadableFile(path, error.code ?? error.message)
    })
    if (!facts.isDirectory()) files.push({ path, name: basename(path) })
    else await addFolder(path, files, refused)
  }
  return { files, refused }
}

async function addFolder(folder: string, files: DataFile[], refused: RefusedRow[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(
    (error: NodeJS.ErrnoException) => {
      throw unreadableFile(folder, error.code ?? error.message)
    }
  )
  const found = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => ({ path: join(entry.parentPath, entry.name), entry }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  for (const { path, entry } of found) {
    const name = relative(folder, path)
    // files that the system hides, and what Office leaves while a file is open, are nobody's data
    if (name.split(/[\\/]/).some((part) => /^(\.|~\$)/.test(part))) continue
    const reason = oddEntry(entry) ?? notData(path)
    if (!reason) files.push({ path, name })
    else refused.push(refusedRow({ file: name, row: 0 }, refuse(reason, { kind: extensionOf(path) }), name))
  }
}

/** What is in the folder is what lies there: a link may lead anywhere, a pipe gives nothing and ends never. */
function oddEntry(entry: Dirent): 'LINK_IN_FOLDER' | 'PIPE_IN_FOLDER' | null {
  if (entry.isSymbolicLink()) return 'LINK_IN_FOLDER'
  return entry.isFile() ? null : 'PIPE_IN_FOLDER'
}

function notData(path: string): 'ABOUT_FILE' | 'UNSUPPORTED_FILE' | null {
  if (/^(readme|licen[cs]e|copying|notice|changelog|provenance)\b/i.test(basename(path))) return 'ABOUT_FILE'
  return knownExtensions.includes(extensionOf(path)) ? null : 'UNSUPPORTED_FILE'
}
