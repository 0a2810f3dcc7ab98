// Files and folders read where they lie, with what their rows became in a folder of the system's temporary one instead of
// in memory: for whoever looks at the rows once and has no project. Gone when done; what a killed program left is cleared
// away by the next.
import { createReadStream } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { NeiroError } from '../../../contract/errors'
import type { DataOverrides, Example, RefusedRow } from '../../../contract/records'
import { beside, isAbandoned, leftoverOf, newMark } from '../../../files/beside'
import { asFileError } from '../../../files/file-errors'
import { remove } from '../../../files/moving'
import { exampleOf, refusedOf } from '../kept/example-lines'
import type { ReadHead } from '../kept/kept-head'
import { keptPlaces } from '../kept/place'
import { chosenFiles } from './chosen-files'
import type { FileReader } from './file-reader'
import { unreadSource } from './read-source'

/** Rows handed over at once. */
const batch = 500
const place = join(tmpdir(), 'neiro-data')

export class RowsAside {
  readonly files: ReadHead[] = []
  #leftOut: readonly RefusedRow[] = []
  readonly #mark = newMark()
  readonly #dir = beside(place, 'tmp', this.#mark.text)

  private constructor() {}

  /** Every file, whatever is wrong with some. Throws what is wrong with the paths as a whole. */
  static async read(
    paths: readonly string[],
    overrides: DataOverrides,
    reader: FileReader
  ): Promise<RowsAside> {
    const aside = new RowsAside()
    try {
      await aside.#read(paths, overrides, reader)
      return aside
    } catch (error) {
      await aside.end()
      throw error
    }
  }

  async #read(paths: readonly string[], overrides: DataOverrides, reader: FileReader): Promise<void> {
    const chosen = await chosenFiles(paths)
    this.#leftOut = chosen.leftOut
    await clearAbandoned()
    for (const [i, file] of chosen.files.entries()) {
      const source = { id: `s${i + 1}`, name: file.name }
      const unread = (error: NeiroError): ReadHead => ({
        ...unreadSource(source, error, overrides),
        refused: 0
      })
      if (file.kind === 'problem') {
        this.files.push(unread(file.error))
        continue
      }
      const into = join(this.#dir, source.id)
      try {
        await mkdir(into, { recursive: true }).catch((error: unknown) => {
          throw asFileError(error, this.#dir)
        })
        this.files.push(await reader.readInto(source, file.path, overrides, into))
      } catch (error) {
        if (!(error instanceof NeiroError)) throw error
        this.files.push(unread(error))
      }
    }
  }

  get exampleCount(): number {
    return this.#usable().reduce((sum, { recognised }) => sum + recognised.examples, 0)
  }

  get refusedCount(): number {
    return this.files.reduce((sum, { refused }) => sum + refused, this.#leftOut.length)
  }

  /** In the order of the files. */
  async *examples(): AsyncGenerator<readonly Example[]> {
    for (const file of this.#usable())
      yield* this.#rowsOf(file, keptPlaces(join(this.#dir, file.id)).examples, exampleOf)
  }

  /** What lay in the folders and is no data comes first. */
  async *refused(): AsyncGenerator<readonly RefusedRow[]> {
    if (this.#leftOut.length > 0) yield this.#leftOut
    for (const file of this.files)
      if (file.refused > 0) yield* this.#rowsOf(file, keptPlaces(join(this.#dir, file.id)).refused, refusedOf)
  }

  async end(): Promise<void> {
    await remove(this.#dir).catch(() => undefined)
    this.#mark.done()
  }

  #usable(): readonly ReadHead[] {
    return this.files.filter(({ error }) => error === null)
  }

  async *#rowsOf<T>(
    { recognised }: ReadHead,
    path: string,
    rowOf: (line: string, file: string) => T
  ): AsyncGenerator<readonly T[]> {
    let rows: T[] = []
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      rows.push(rowOf(line, recognised.file))
      if (rows.length < batch) continue
      yield rows
      rows = []
    }
    if (rows.length > 0) yield rows
  }
}

async function clearAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const left = leftoverOf(name)
    if (left?.of === 'neiro-data' && isAbandoned(left.mark))
      await remove(join(tmpdir(), name)).catch(() => undefined)
  }
}
