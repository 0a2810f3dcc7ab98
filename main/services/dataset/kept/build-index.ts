// Makes the index of a kept folder, and the form in which its texts are searched, while whoever reads the file still writes
// the lines. Begun anew it gives the same again.
import { existsSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { normalisations, placesOf } from '../set/normalise'
import { questionKey } from '../set/split'
import { kindOf } from '../kinds'
import { Pauses } from '../../reading/pauses'
import type { Normalisation } from '../../../contract/window/data'
import { Column } from './columns'
import { exampleOf, refusedOf } from './example-lines'
import { kindNumbers, saveIndex, type KeptIndex } from './kept-index'
import { linesAsWritten } from './lines-as-written'
import { keptPlaces } from './place'
import { folded, hashOf, inPieces, textEnd } from './search-form'

/** Bytes of the searched form that are gathered before they are written. */
const pieceSize = 1 << 20

/** Follows until head.json says that the reading has ended. signal: the reading has failed, or nobody wants it. */
export async function buildIndex(dir: string, signal?: AbortSignal): Promise<void> {
  const places = keptPlaces(dir)
  const isEnded = (): boolean => {
    signal?.throwIfAborted()
    return existsSync(places.head)
  }
  let index: KeptIndex
  // of a file that cannot be used after all, what was written is taken back
  do index = { ...(await indexExamples(places, isEnded)), ...(await indexRefused(places, isEnded)) }
  while ((await stat(places.examples)).size !== (index.ends.at(-1) ?? 0))
  await saveIndex(dir, index)
}

type Places = ReturnType<typeof keptPlaces>
type RefusedColumns = Pick<KeptIndex, 'refusedEnds' | 'refusedRows' | 'refusedSheets'>

async function indexExamples(
  places: Places,
  isEnded: () => boolean
): Promise<Omit<KeptIndex, keyof RefusedColumns>> {
  const examples = new ExampleColumns()
  const searched = await FoldedWriter.open(places.folded)
  const pauses = new Pauses()
  try {
    for await (const lines of linesAsWritten(places.examples, isEnded)) {
      for (const { text, end } of lines) {
        examples.add(text, end, searched)
        await pauses.whenDue()
      }
      await searched.flush()
    }
  } finally {
    await searched.close()
  }
  return examples.values()
}

async function indexRefused(places: Places, isEnded: () => boolean): Promise<RefusedColumns> {
  const ends = new Column('f64')
  const rows = new Column('u32')
  const sheets = new Runs()
  const pauses = new Pauses()
  for await (const lines of linesAsWritten(places.refused, isEnded)) {
    for (const { text, end } of lines) {
      const { source } = refusedOf(text, '')
      sheets.add(rows.length, source.sheet ?? null)
      rows.push(source.row)
      ends.push(end)
      await pauses.whenDue()
    }
  }
  return { refusedEnds: ends.take(), refusedRows: rows.take(), refusedSheets: sheets.runs }
}

class ExampleColumns {
  readonly #ends = new Column('f64')
  readonly #foldedEnds = new Column('f64')
  readonly #rows = new Column('u32')
  readonly #keys = new Column('u32')
  readonly #otherKeys = new Column('u32')
  readonly #looseKeys = new Column('u32')
  readonly #kinds = new Column('u8')
  readonly #sheets = new Runs()
  readonly #places = eachKind(() => ({ at: new Column('u32'), counts: new Column('u32') }))

  add(line: string, end: number, searched: FoldedWriter): void {
    const example = exampleOf(line, '')
    const at = this.#rows.length
    this.#sheets.add(at, example.source.sheet ?? null)
    this.#ends.push(end)
    this.#rows.push(example.source.row)
    this.#kinds.push(kindNumbers.indexOf(example.kind))
    const [key, other] = hashOf(questionKey(example))
    this.#keys.push(key)
    this.#otherKeys.push(other)
    const texts = kindOf(example).texts(example)
    const opening = kindOf(example).opening(example)
    if (!texts.includes(opening) || opening.trim() === '') this.#looseKeys.push(at)
    this.#foldedEnds.push(searched.add(texts))
    const found = placesOf(example)
    for (const kind of normalisations) {
      if (found[kind].count === 0) continue
      this.#places[kind].at.push(at)
      this.#places[kind].counts.push(found[kind].count)
    }
  }

  values(): Omit<KeptIndex, keyof RefusedColumns> {
    return {
      ends: this.#ends.take(),
      foldedEnds: this.#foldedEnds.take(),
      rows: this.#rows.take(),
      keys: this.#keys.take(),
      otherKeys: this.#otherKeys.take(),
      looseKeys: this.#looseKeys.take(),
      kinds: this.#kinds.take(),
      sheets: this.#sheets.runs,
      places: eachKind((kind) => {
        const { at, counts } = this.#places[kind]
        return { at: at.take(), counts: counts.take() }
      })
    }
  }
}

const eachKind = <T>(make: (kind: Normalisation) => T): Readonly<Record<Normalisation, T>> =>
  Object.fromEntries(normalisations.map((kind) => [kind, make(kind)])) as unknown as Record<Normalisation, T>

class Runs {
  readonly runs: [number, string | null][] = []

  add(at: number, sheet: string | null): void {
    const last = this.runs.at(-1)
    if (last === undefined || last[1] !== sheet) this.runs.push([at, sheet])
  }
}

/** The texts of all examples as they are searched, each with its end. */
class FoldedWriter {
  #bytes = Buffer.allocUnsafe(2 * pieceSize)
  #length = 0
  #written = 0

  private constructor(private readonly handle: Awaited<ReturnType<typeof open>>) {}

  static async open(file: string): Promise<FoldedWriter> {
    return new FoldedWriter(await open(file, 'w'))
  }

  /** Where they end, in bytes of the file. */
  add(texts: readonly string[]): number {
    for (const text of texts) {
      for (const piece of inPieces(text)) {
        const form = folded(piece)
        // three bytes at most for each unit of UTF-16, and one for the end
        if (this.#bytes.length - this.#length <= 3 * form.length) this.#grow(3 * form.length + 1)
        this.#length += this.#bytes.write(form, this.#length)
      }
      if (this.#bytes.length === this.#length) this.#grow(1)
      this.#bytes[this.#length++] = textEnd
    }
    return this.#written + this.#length
  }

  async flush(enough = pieceSize): Promise<void> {
    if (this.#length < enough) return
    await this.handle.writeFile(this.#bytes.subarray(0, this.#length))
    this.#written += this.#length
    this.#length = 0
  }

  async close(): Promise<void> {
    try {
      await this.flush(1)
      await this.handle.sync()
    } finally {
      await this.handle.close()
    }
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafe(2 * this.#bytes.length + needed)
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
