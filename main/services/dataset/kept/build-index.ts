// Makes the index of a kept folder, and the form in which its texts are searched, while whoever reads the file still writes
// the lines. Begun anew it gives the same again.
import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { normalisations, placesOf } from '../set/normalise'
import { openingHash } from '../set/split'
import { originKeys } from '../set/synthetic-rows'
import { kindOf } from '../kinds'
import { Pauses } from '../../reading/pauses'
import type { Normalisation } from '../../../contract/window/data'
import { ColumnWriter, type GrowingColumn } from './column-file'
import { exampleOf, refusedOf } from './example-lines'
import { GatheredWriter } from './gathered-writer'
import { kindNumbers, type Facts, type SheetRuns } from './kept-index'
import { linesPassing } from './lines-as-written'
import { keptPlaces, keptVersion } from './place'
import { inPieces, rememberingFolded, textEnd } from './search-form'

/** Follows until head.json says that the reading has ended. signal: the reading has failed, or nobody wants it. */
export async function buildIndex(dir: string, signal?: AbortSignal): Promise<void> {
  const places = keptPlaces(dir)
  const isEnded = (): boolean => {
    signal?.throwIfAborted()
    return existsSync(places.head)
  }
  // of a file that cannot be used after all, what was written is taken back
  while (!(await indexed(places, isEnded)));
}

/** between two looks at the clock */
const linesAtOnce = 50

type Places = ReturnType<typeof keptPlaces>

/** False where the lines are others meanwhile. */
async function indexed(places: Places, isEnded: () => boolean): Promise<boolean> {
  const columns = await ColumnWriter.open(places.index)
  try {
    const { end, sheets } = await indexExamples(columns, places, isEnded)
    const refusedSheets = await indexRefused(columns, places, isEnded)
    await columns.finish({ version: keptVersion, sheets, refusedSheets } satisfies Facts)
    return (await stat(places.examples)).size === end
  } finally {
    await columns.close()
  }
}

async function indexExamples(
  columns: ColumnWriter,
  places: Places,
  isEnded: () => boolean
): Promise<{ readonly end: number; readonly sheets: SheetRuns }> {
  const examples = new ExampleColumns(columns)
  const searched = await GatheredWriter.open(places.folded)
  const pauses = new Pauses()
  try {
    for await (const lines of linesPassing(places.examples, isEnded)) {
      for (let at = 0; at < lines.length; at += linesAtOnce) {
        for (const { text, end } of lines.slice(at, at + linesAtOnce)) examples.add(text, end, searched)
        await pauses.whenDue()
      }
      await searched.flush()
      await columns.flush()
    }
  } finally {
    await searched.close()
  }
  return examples
}

async function indexRefused(
  columns: ColumnWriter,
  places: Places,
  isEnded: () => boolean
): Promise<SheetRuns> {
  const ends = columns.column('refusedEnds', 'f64')
  const rows = columns.column('refusedRows', 'u32')
  const sheets = new Runs()
  const pauses = new Pauses()
  for await (const lines of linesPassing(places.refused, isEnded)) {
    for (const { text, end } of lines) {
      const { source } = refusedOf(text, '')
      sheets.add(rows.length, source.sheet ?? null)
      rows.push(source.row)
      ends.push(end)
      await pauses.whenDue()
    }
    await columns.flush()
  }
  return sheets.runs
}

class ExampleColumns {
  readonly #ends: GrowingColumn
  readonly #foldedEnds: GrowingColumn
  readonly #rows: GrowingColumn
  readonly #keys: GrowingColumn
  readonly #otherKeys: GrowingColumn
  readonly #looseKeys: GrowingColumn
  readonly #goingOn: GrowingColumn
  readonly #kinds: GrowingColumn
  readonly #synthetic: Readonly<Record<'at' | 'keys' | 'otherKeys', GrowingColumn>>
  readonly #sheets = new Runs()
  readonly #places: Readonly<
    Record<Normalisation, { readonly at: GrowingColumn; readonly counts: GrowingColumn }>
  >
  /** what an example opens with is asked for twice */
  readonly #folded = rememberingFolded()

  constructor(columns: ColumnWriter) {
    this.#ends = columns.column('ends', 'f64')
    this.#foldedEnds = columns.column('foldedEnds', 'f64')
    this.#rows = columns.column('rows', 'u32')
    this.#keys = columns.column('keys', 'u32')
    this.#otherKeys = columns.column('otherKeys', 'u32')
    this.#looseKeys = columns.column('looseKeys', 'u32')
    this.#goingOn = columns.column('goingOn', 'u32')
    this.#kinds = columns.column('kinds', 'u8')
    this.#synthetic = {
      at: columns.column('synthetic at', 'u32'),
      keys: columns.column('synthetic keys', 'u32'),
      otherKeys: columns.column('synthetic otherKeys', 'u32')
    }
    this.#places = eachKind((kind) => ({
      at: columns.column(`${kind} at`, 'u32'),
      counts: columns.column(`${kind} counts`, 'u32')
    }))
  }

  /** of the last line */
  get end(): number {
    return this.#ends.last
  }

  get sheets(): SheetRuns {
    return this.#sheets.runs
  }

  add(line: string, end: number, searched: GatheredWriter): void {
    const example = exampleOf(line, '')
    const at = this.#rows.length
    this.#sheets.add(at, example.source.sheet ?? null)
    this.#ends.push(end)
    this.#rows.push(example.source.row)
    this.#kinds.push(kindNumbers.indexOf(example.kind))
    if (example.kind === 'text' && example.goesOn) this.#goingOn.push(at)
    if (example.synthetic) {
      const [of, otherOf] = originKeys(example.synthetic)
      this.#synthetic.at.push(at)
      this.#synthetic.keys.push(of)
      this.#synthetic.otherKeys.push(otherOf)
    }
    const opening = kindOf(example).opening(example)
    const [key, other] = openingHash(opening, this.#folded)
    this.#keys.push(key)
    this.#otherKeys.push(other)
    const texts = kindOf(example).texts(example)
    if (!texts.includes(opening) || opening.trim() === '') this.#looseKeys.push(at)
    for (const text of texts) {
      for (const piece of inPieces(text)) searched.add(this.#folded(piece))
      searched.addByte(textEnd)
    }
    this.#foldedEnds.push(searched.end)
    const found = placesOf(example)
    for (const kind of normalisations) {
      if (found[kind].count === 0) continue
      this.#places[kind].at.push(at)
      this.#places[kind].counts.push(found[kind].count)
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
