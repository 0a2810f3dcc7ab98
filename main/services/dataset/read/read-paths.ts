// Files and folders where they lie, read as a project would read them. For those who have no project: the command line
// and its recipes.
import { NeiroError } from '../../../contract/errors'
import type {
  DataOverrides,
  DataReport,
  Example,
  RecognisedFile,
  RefusedRow
} from '../../../contract/records'
import { noData } from '../../reading/file-errors'
import { chosenFiles } from './chosen-files'
import type { FileReader } from './file-reader'
import { MemoryRoom, mostInMemory } from './memory-room'
import { readingHere } from './reading-here'
import { unreadSource, type ReadSource } from './read-source'

export interface ReadPaths {
  /** usable or not, each with what was recognised */
  readonly files: readonly ReadSource[]
  /** what lay in the folders and is no data */
  readonly leftOut: readonly RefusedRow[]
}

/** Every file, whatever is wrong with some. */
export async function readPaths(
  paths: readonly string[],
  overrides: DataOverrides = {},
  reader: FileReader = readingHere,
  /** of all of them together, as memory-room.ts weighs it */
  most = mostInMemory
): Promise<ReadPaths> {
  const chosen = await chosenFiles(paths)
  const files: ReadSource[] = []
  let left = most
  for (const [i, file] of chosen.files.entries()) {
    const source = { id: `s${i + 1}`, name: file.name }
    if (file.kind === 'problem') files.push(unreadSource(source, file.error, overrides))
    else {
      const room = new MemoryRoom(file.name, left)
      const read = await readOne(reader, source, file.path, overrides, left)
      if (!read.error) room.take(read)
      left = room.left
      files.push(read)
    }
  }
  return { files, leftOut: chosen.leftOut }
}

/** A file that is too much for its reader is one that cannot be used; the others are read on. */
async function readOne(
  reader: FileReader,
  source: Pick<ReadSource, 'id'> & { readonly name: string },
  path: string,
  overrides: DataOverrides,
  most: number
): Promise<ReadSource> {
  try {
    return await reader.readSource(source, path, overrides, { most })
  } catch (error) {
    if (!(error instanceof NeiroError)) throw error
    return unreadSource(source, error, overrides)
  }
}

/** Examples to work with: a file that cannot be used at all is an error that names it. */
export async function readData(
  paths: readonly string[],
  overrides: DataOverrides = {},
  reader: FileReader = readingHere
): Promise<{ readonly examples: readonly Example[]; readonly report: DataReport }> {
  const read = await readPaths(paths, overrides, reader)
  const wrong = read.files.find(({ error }) => error)
  if (wrong?.error) throw wrong.error
  const { examples, report } = asOneSet(read)
  if (examples.length === 0) throw noData()
  return { examples, report }
}

/** All rows that were read are examples or refused. */
export function asOneSet({ files, leftOut }: ReadPaths): {
  readonly examples: readonly Example[]
  readonly report: DataReport
} {
  const examples: Example[] = []
  const refused: RefusedRow[] = [...leftOut]
  const recognised: RecognisedFile[] = []
  for (const file of files) {
    // one by one: a spread of a million arguments overflows the stack
    for (const example of file.examples) examples.push(example)
    for (const row of file.refused) refused.push(row)
    for (const table of file.tables) recognised.push(table)
  }
  return { examples, report: { files: recognised, examples: examples.length, refused } }
}
