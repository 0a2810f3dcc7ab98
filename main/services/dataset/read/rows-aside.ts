// Files and folders read where they lie, with what their rows became in a folder of the system's temporary one instead of
// in memory: for whoever looks at the rows once and has no project. Gone when done; what a killed program left is cleared
// away by the next.
import { mkdir, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NeiroError } from '../../../contract/errors'
import type { DataOverrides, Example, RefusedRow } from '../../../contract/records'
import { beside, isAbandoned, leftoverOf, newMark } from '../../../files/beside'
import { asFileError } from '../../../files/file-errors'
import { remove } from '../../../files/moving'
import { exampleOf, refusedOf } from '../kept/example-lines'
import type { ReadHead } from '../kept/kept-head'
import { GatheredWriter } from '../kept/gathered-writer'
import { linesAsWritten } from '../kept/lines-as-written'
import { keptPlaces } from '../kept/place'
import { indexWhileRead } from '../set/index-while-read'
import type { RowsRepair } from '../../doctor/repairs'
import type { Keeper, KeptSet, SetFile, SetSource } from '../set/kept-set'
import { chosenFiles } from './chosen-files'
import type { FileReader } from './file-reader'
import { withOldFiles } from './older-ones'
import { unreadSource } from './read-source'

/** Rows handed over at once, at most. */
const batch = 500
const place = join(tmpdir(), 'neiro-data')

export class RowsAside {
  files: readonly ReadHead[] = []
  #leftOut: readonly RefusedRow[] = []
  #later: GatheredWriter | null = null
  #laterCount = 0
  readonly #mark = newMark()
  readonly #dir = beside(place, 'tmp', this.#mark.text)

  private constructor(private readonly keeper: Keeper | undefined) {}

  /** Every file, whatever is wrong with some. Throws what is wrong with the paths as a whole. */
  static async read(
    paths: readonly string[],
    overrides: DataOverrides,
    reader: FileReader,
    /** absent: nobody will ask for them as a set */
    keeper?: Keeper
  ): Promise<RowsAside> {
    const aside = new RowsAside(keeper)
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
    const files: ReadHead[] = []
    for (const [i, file] of chosen.files.entries()) {
      const source = { id: `s${i + 1}`, name: file.name }
      const unread = (error: NeiroError): ReadHead => ({
        ...unreadSource(source, error, overrides),
        refused: 0
      })
      if (file.kind === 'problem') {
        files.push(unread(file.error))
        continue
      }
      const into = join(this.#dir, source.id)
      try {
        await mkdir(into, { recursive: true }).catch((error: unknown) => {
          throw asFileError(error, this.#dir)
        })
        const read = (): Promise<ReadHead> => reader.readInto(source, file.path, overrides, into)
        files.push(this.keeper ? await indexWhileRead(this.keeper, into, read) : await read())
      } catch (error) {
        if (!(error instanceof NeiroError)) throw error
        files.push(unread(error))
      }
    }
    this.files = withOldFiles(files)
  }

  get exampleCount(): number {
    return this.#usable().reduce((sum, { recognised }) => sum + recognised.examples, 0)
  }

  get refusedCount(): number {
    return this.files.reduce((sum, { refused }) => sum + refused, this.#leftOut.length + this.#laterCount)
  }

  /** In the order of the files. */
  async *examples(): AsyncGenerator<readonly Example[]> {
    for (const file of this.#usable())
      yield* this.#rowsOf(file, keptPlaces(join(this.#dir, file.id)).examples, exampleOf)
  }

  /** Rows that were read and are of no use all the same. */
  async refuse(rows: readonly RefusedRow[]): Promise<void> {
    if (rows.length === 0) return
    this.#later ??= await GatheredWriter.open(join(this.#dir, 'later.jsonl'))
    for (const row of rows) this.#later.add(`${JSON.stringify(row)}\n`)
    this.#laterCount += rows.length
    await this.#later.flush()
  }

  /** What lay in the folders and is no data comes first, what was refused later last. */
  async *refused(): AsyncGenerator<readonly RefusedRow[]> {
    if (this.#leftOut.length > 0) yield this.#leftOut
    for (const file of this.files)
      if (file.refused > 0) yield* this.#rowsOf(file, keptPlaces(join(this.#dir, file.id)).refused, refusedOf)
    if (!this.#later) return
    await this.#later.written()
    for await (const lines of linesAsWritten(join(this.#dir, 'later.jsonl'), () => true))
      yield lines.map(({ text }) => JSON.parse(text) as RefusedRow)
  }

  /** All of them as one set. */
  async open(): Promise<KeptSet> {
    if (!this.keeper) throw new Error('nobody keeps these rows')
    return this.keeper.open(this.source())
  }

  /** What that set is made of, with what is done to its rows. */
  source(repairs: readonly RowsRepair[] = []): SetSource {
    const files = this.#usable().map(({ id, recognised, tables }): SetFile => ({
      ...{ id, name: recognised.file, tables, heldOutRows: null },
      kept: join(this.#dir, id)
    }))
    return { id: `${this.#dir} ${repairs.length}`, files, edits: [], normalisations: [], repairs }
  }

  async end(): Promise<void> {
    await this.#later?.close().catch(() => undefined)
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
    for await (const lines of linesAsWritten(path, () => true))
      for (let at = 0; at < lines.length; at += batch)
        yield lines.slice(at, at + batch).map(({ text }) => rowOf(text, recognised.file))
  }
}

async function clearAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const left = leftoverOf(name)
    if (left?.of === 'neiro-data' && isAbandoned(left.mark))
      await remove(join(tmpdir(), name)).catch(() => undefined)
  }
}
