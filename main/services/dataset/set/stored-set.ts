// The set as it is learnt: the examples of all kept files with edits and normalisations applied, and the held-out part.
// In memory are numbers for each example, and the examples that the user has changed; all others are read when asked for.
import { createHash } from 'node:crypto'
import type { NeiroErrorData } from '../../../contract/errors'
import type { Example } from '../../../contract/records'
import type { ExampleRow } from '../../../contract/window/data'
import { kindOf } from '../kinds'
import type { KeptFile } from '../kept/kept-file'
import { groupsOf } from './question-keys'
import { sheetOf } from '../kept/kept-index'
import { folded } from '../kept/search-form'
import { checkUp, type Checked, type CheckOptions } from '../../doctor/check-up'
import { runsOf, type RepairedRows } from '../../doctor/repairs'
import { blocksOf } from './blocks'
import { divideSet, usualShare, type Division } from './divide-set'
import { partSize } from './kept-set'
import type { NumberedLabels } from '../../tokens/labels/scheme'
import { kindsOf } from './kinds-of-set'
import { labelsOf } from './labels-of-set'
import type {
  KeptSet,
  RowsPage,
  SetExample,
  SetFacts,
  SetQuestion,
  SetQuestions,
  SetSource
} from './kept-set'
import type { PlacedFile } from './placed-file'
import { PlacedSet } from './placed-set'
import { placesOfSet } from './places-of-set'
import { refusedPage, refusedRow } from './refused-page'
import { runOf } from './run-of'
import { orderedRows } from './ordered-rows'
import { searchSet } from './search-set'
import type { Groups } from './split'
import { weighSet } from './weigh-set'
import { syntheticRowsOf, withSynthetic, type SyntheticRows } from './synthetic-rows'

type Answers = {
  readonly [Q in SetQuestion]: (args: SetQuestions[Q]['args']) => Promise<SetQuestions[Q]['result']>
}

export class StoredSet implements KeptSet {
  /** of the newest search: its pages are of the same positions */
  #found: { readonly key: string; readonly positions: Promise<Uint32Array> } | null = null

  private constructor(
    private readonly set: PlacedSet,
    private readonly groups: Groups,
    private readonly labels: NumberedLabels | null,
    private readonly synthetic: SyntheticRows | null,
    private readonly usual: Division,
    readonly facts: SetFacts
  ) {}

  /** kept: of each file of the source. */
  static async make(source: SetSource, kept: readonly KeptFile[]): Promise<StoredSet> {
    const set = await PlacedSet.make(source, kept)
    const groups = await groupsOf(set)
    const labels = await labelsOf(set)
    const synthetic = await syntheticRowsOf(set, groups)
    const usual = await divideSet(set, { groups, labels, synthetic }, usualShare)
    const ofFile = (placed: PlacedFile): number => {
      const { from, to } = set.rangeOf(placed)
      return to - from
    }
    const stillRefused = ({ refusedBase, end }: PlacedFile): number =>
      end - refusedBase - set.changes.putRight.filter((place) => place >= refusedBase && place < end).length
    return new StoredSet(set, groups, labels, synthetic, usual, {
      examples: set.places.length,
      questions: groups.reduce((most, group) => Math.max(most, group + 1), 0),
      kinds: await kindsOf(set),
      heldOut: usual.held.reduce((sum, one) => sum + (one === 1 ? 1 : 0), 0),
      synthetic: synthetic?.count ?? 0,
      heldOutKinds: await kindsOf(set, usual.held),
      files: set.files.map((placed) => ({
        name: source.files.find(({ id }) => id === placed.id)?.name ?? placed.id,
        examples: ofFile(placed)
      })),
      ofFiles: Object.fromEntries(set.files.map((placed) => [placed.id, ofFile(placed)])),
      refused: set.files.reduce((sum, placed) => sum + stillRefused(placed), 0),
      refusedOfFiles: Object.fromEntries(set.files.map((placed) => [placed.id, stillRefused(placed)])),
      places: await placesOfSet(set),
      splitProblem: (usual.problem?.toData() ?? null) satisfies NeiroErrorData | null
    })
  }

  ask<Q extends SetQuestion>(question: Q, args: SetQuestions[Q]['args']): Promise<SetQuestions[Q]['result']> {
    return (this.#answers as Answers)[question](args)
  }

  readonly #answers: Answers = {
    rows: (page) => this.#rows(page),
    example: async ({ index }) => {
      const at = this.set.positionOf(index)
      return this.set.places[at] === index ? ((await this.#examples(at, at + 1))[0] ?? null) : null
    },
    shown: async ({ file, at }) => {
      const placed = this.set.files.find(({ id }) => id === file)
      const all = { from: 0, to: file === null ? this.set.places.length : 0 }
      const { from, to } = placed ? this.set.rangeOf(placed) : all
      if (from === to) return null
      const near = Math.min(at, to - from - 1)
      const [shown] = await this.#examples(from + near, from + near + 1)
      return shown ? { shown, at: near, count: to - from } : null
    },
    refused: (page) => refusedPage(this.set, page),
    refusedRow: (place) => refusedRow(this.set, place),
    part: async ({ from, limit }) => (await this.#examples(from, from + limit)).map(({ example }) => example),
    partsAt: async ({ positions }) => (await this.#scattered(positions)).map(({ example }) => example),
    weights: ({ ofUnits }) =>
      weighSet(this.set.places.length, (from, to) => this.#examples(from, to), ofUnits),
    blocks: async () => blocksOf(this.set),
    indicesOf: async (page) => (await this.#positions(page)).map((at) => this.set.places[at] as number),
    rowsAt: async ({ indices }) => this.#rowsAt(indices),
    groups: async () => this.groups,
    labels: async () => this.labels,
    division: async ({ share }) => {
      const { held, problem } =
        share === usualShare ? this.usual : await divideSet(this.set, this.#drawn, share)
      if (problem) throw problem
      return held
    },
    synthetic: async () => this.synthetic?.are ?? null,
    sides: async ({ held }) => (this.synthetic ? withSynthetic(held, this.groups, this.synthetic) : held)
  }

  get #drawn(): Parameters<typeof divideSet>[1] {
    return { groups: this.groups, labels: this.labels, synthetic: this.synthetic }
  }

  /** What is wrong with its examples; reads them all. */
  checkUp(options: CheckOptions): Promise<Checked> {
    const count = this.set.places.length
    const read = (from: number, to: number): Promise<SetExample[]> => this.#examples(from, to)
    return checkUp(
      {
        count,
        async *parts() {
          for (let from = 0; from < count; from += partSize)
            yield read(from, Math.min(count, from + partSize))
        },
        at: (positions) => this.#scattered(positions),
        indexOf: (position) => this.set.places[position] as number,
        drawWithout: async (gone) => (await divideSet(this.set, this.#drawn, usualShare, gone)).held
      },
      options
    )
  }

  #rowsAt(indices: Uint32Array): readonly RepairedRows[] {
    const rows = new Map<
      string,
      { readonly file: string; readonly sheet?: string; readonly rows: number[] }
    >()
    for (const index of indices) {
      const placed = this.set.files.find(({ base, end }) => index >= base && index < end)
      if (!placed || this.set.places[this.set.positionOf(index)] !== index) continue
      const { sheet, row } = rowOfPlace(placed, index)
      const key = JSON.stringify([placed.id, sheet])
      const known = rows.get(key) ?? { file: placed.id, ...(sheet !== undefined && { sheet }), rows: [] }
      known.rows.push(row)
      rows.set(key, known)
    }
    return [...rows.values()].map(({ rows: own, ...place }) => ({ ...place, runs: runsOf(own) }))
  }

  async #rows(page: RowsPage): Promise<SetQuestions['rows']['result']> {
    const { offset, limit, search, indices, order = 'file' } = page
    if (folded(search.trim()) === '' && !indices && order === 'file') {
      const rows = (await this.#examples(offset, offset + limit)).map(rowOf)
      return { total: this.set.places.length, rows }
    }
    const positions = await this.#positions(page)
    const shown = positions.slice(offset, offset + limit)
    const read = (await this.#scattered([...shown].sort((a, b) => a - b))).map(rowOf)
    const byIndex = new Map(read.map((row) => [row.index, row]))
    const rows = [...shown].flatMap((at) => byIndex.get(this.set.places[at] as number) ?? [])
    return { total: positions.length, rows }
  }

  /** Those of all pages, in their order. */
  #positions(page: Pick<RowsPage, 'search' | 'indices' | 'order'>): Promise<Uint32Array> {
    const { indices, order = 'file' } = page
    const wanted = folded(page.search.trim())
    const key = JSON.stringify([wanted, order, indices && createHash('sha256').update(indices).digest('hex')])
    if (this.#found?.key === key) return this.#found.positions
    const find = async (): Promise<Uint32Array> => {
      const all = Uint32Array.from(this.set.places, (_, at) => at)
      const found = wanted === '' ? all : await this.#holding(wanted.split(/\s+/))
      const among = indices && new Set(indices)
      const left = among ? found.filter((at) => among.has(this.set.places[at] as number)) : found
      return order === 'file' ? left : orderedRows(left, order, (positions) => this.#scattered(positions))
    }
    const found = (this.#found = { key, positions: find() })
    found.positions.catch(() => {
      if (this.#found === found) this.#found = null
    })
    return found.positions
  }

  /** Every one of the words, wherever in the row each stands. */
  async #holding([first = '', ...others]: readonly string[]): Promise<Uint32Array> {
    let found = await searchSet(this.set, first)
    for (const word of others) {
      if (found.length === 0) break
      const own = new Set(await searchSet(this.set, word))
      found = found.filter((at) => own.has(at))
    }
    return found
  }

  /** From one position of the set to another. */
  async #examples(from: number, to: number): Promise<SetExample[]> {
    const all: SetExample[] = []
    for (const placed of this.set.files) {
      const range = this.set.rangeOf(placed)
      const end = Math.min(to, range.to)
      for (let at = Math.max(from, range.from); at < end;) {
        const next = runOf(this.set, at, end)
        for (const one of await this.#read(placed, at, next)) all.push(one)
        at = next
      }
    }
    return all
  }

  /** At these positions, in order. */
  async #scattered(positions: readonly number[]): Promise<SetExample[]> {
    const all: SetExample[] = []
    for (const placed of this.set.files) {
      const { from, to } = this.set.rangeOf(placed)
      const own = positions.filter((at) => at >= from && at < to)
      const places = own.map((at) => this.set.places[at] as number)
      const unchanged = places.filter((place) => !this.set.changes.words.has(place))
      const lines = unchanged.map((place) => place - placed.base)
      const read = await placed.file.examplesAt(lines, placed.name)
      const byPlace = new Map(unchanged.map((place, i) => [place, read[i] as Example]))
      for (const [i, place] of places.entries()) {
        const words = this.set.changes.words.get(place)
        const example = words ?? (byPlace.get(place) as Example)
        all.push(this.#setExample(placed, own[i] as number, example, words !== undefined))
      }
    }
    return all
  }

  #setExample({ id }: PlacedFile, at: number, example: Example, edited: boolean): SetExample {
    const index = this.set.places[at] as number
    return {
      ...{ index, file: id, example: this.set.learnt(index, example) },
      ...{ edited, heldOut: this.usual.held[at] === 1 }
    }
  }

  async #read(placed: PlacedFile, from: number, to: number): Promise<SetExample[]> {
    const place = this.set.places[from] as number
    const words = this.set.changes.words.get(place)
    const line = place - placed.base
    const examples = words ? [words] : await placed.file.examplesOf(line, line + to - from, placed.name)
    return examples.map((example, i) => this.#setExample(placed, from + i, example, words !== undefined))
  }
}

/** What the index knows of a row, without reading it. */
function rowOfPlace({ file: { index }, base, refusedBase }: PlacedFile, place: number) {
  const isRefused = place >= refusedBase
  const line = place - (isRefused ? refusedBase : base)
  const [rows, sheets] = isRefused ? [index.refusedRows, index.refusedSheets] : [index.rows, index.sheets]
  return { row: rows[line] as number, sheet: sheetOf(sheets, line) }
}

function rowOf({ index, example, edited, heldOut }: SetExample): ExampleRow {
  const { file, sheet = null, row } = example.source
  return {
    index,
    file,
    sheet,
    row,
    kind: example.kind,
    ...kindOf(example).pair(example),
    edited,
    heldOut,
    ...(example.synthetic && { synthetic: example.synthetic.by })
  }
}
