// The rows of one table (a text file, or a sheet) to examples and refused rows; the two together are all the
// rows that were read. Opens no files.
import type { NeiroError } from '../../../contract/errors'
import type {
  Certainty,
  DataOverrides,
  Example,
  MendedRow,
  RecognisedFile,
  RefusedRow,
  RowSource
} from '../../../contract/records'
import { fairly, inWords } from '../../reading/recognise/certainty'
import { Pauses } from '../../reading/pauses'
import { emptyData, noUsableRow } from '../../reading/file-errors'
import { kindOf } from '../kinds'
import { asSeen } from './as-seen'
import { FieldNotes } from './field-notes'
import { halfRead } from './half-read'
import { withInnerTurns } from './inner-turns'
import { joinMessages, messageColumns } from './join-messages'
import { kindOfRow } from './other-kinds'
import { recogniseShape, type Sample, type Shape } from './recognise-shape'
import { excerptOf, Refusal, refuse, refusedRow } from '../../reading/refusals'
import { Reasons } from './reasons'
import { rowToExample } from './row-to-example'
import { marked } from './example-marks'
import { textWeight } from './text-weight'
import type { RawRow, ReadFile } from '../../reading/rows'

type NamedRow = Extract<RawRow, { kind: 'row' }>

/** A column or key with its first value, for people to recognise it by. */
export interface Column {
  readonly name: string
  readonly sample: string
}

export interface TableContents {
  readonly recognised: RecognisedFile
  readonly columns: readonly Column[]
  readonly examples: readonly Example[]
  readonly refused: readonly RefusedRow[]
}

/** A table of which nothing can be used. */
export interface UnusableTable {
  readonly error: NeiroError
  readonly columns: readonly Column[]
  /** its rows one by one, where each has a reason of its own */
  readonly refused: readonly RefusedRow[]
  /** null where they were not read to the end: a sheet is counted, a large file is not */
  readonly rows: number | null
  /** each of its rows has a reason of its own */
  readonly saysWhy?: boolean
}

export interface TableOptions {
  /** where the table lies, for errors */
  readonly path: string
  /** as the user knows the file */
  readonly name: string
  /** '' where a file has none of its own */
  readonly encoding: string
  readonly encodingCertainty: Certainty | null
  /** called for every row; throws where reading must stop */
  readonly beat: (rows: number) => void
  readonly shapeOf: (sample: Sample) => Shape
  /** may rows be messages of conversations? Not where the user says what the columns are */
  readonly joins: boolean
  /** takes what comes of the rows in pieces as they come, and may take its time; then nothing is kept here */
  readonly take?: TakeRows | undefined
}

/** Some of what the rows of a file became, in their order. */
export interface ReadPiece {
  readonly examples: readonly Example[]
  readonly refused: readonly RefusedRow[]
}

export type TakeRows = (piece: ReadPiece) => Promise<void>

/** What rows weigh that are handed over together: a character each, and something for each of them. */
const pieceWeighs = 20_000
const eachWeighs = 200
/** Rows between two looks at the clock. */
const rowsAtOnce = 100
/** Refused rows before the first usable ones, up to which it is still asked whether the rows are messages. */
const mostTurnedAway = 20_000
/** Rows looked at before a shape is decided on. */
const sampleSize = 200
/** Rows that are named one by one. */
const mostMended = 100

export async function readTable(
  table: ReadFile,
  options: TableOptions
): Promise<TableContents | UnusableTable> {
  const batches = table.rows[Symbol.asyncIterator]()
  try {
    return await new TableReader(table, options).read(new RowQueue(batches))
  } finally {
    // closes the file where reading ended early
    await batches.return?.()
  }
}

export const shapeBy =
  (overrides: DataOverrides) =>
  (sample: Sample): Shape =>
    recogniseShape(sample, overrides)

class TableReader {
  private examples: Example[] = []
  private refused: RefusedRow[] = []
  /** what waits to be taken weighs so much; so many were taken already */
  private waiting = 0
  private taken = 0
  private refusedTaken = 0
  /** rows that are refused whatever their table's shape, until it is known whether rows are messages */
  private turnedAway: NamedRow[] | null = []
  private readonly reasons = new Reasons()
  private readonly notes = new FieldNotes()
  private readonly mendedRows: MendedRow[] = []
  private mended = 0
  private rowsSincePause = 0
  private readonly pauses = new Pauses()

  constructor(
    private readonly table: ReadFile,
    private readonly options: TableOptions
  ) {}

  async read(rows: RowQueue): Promise<TableContents | UnusableTable> {
    const { sample, rest } = await this.joined(await this.takeSample(rows), rows)
    return this.readRows(sample, rest)
  }

  /** Of a table with one message a row, the conversations. */
  private async joined(
    sample: readonly NamedRow[],
    rows: RowQueue
  ): Promise<{ readonly sample: readonly NamedRow[]; readonly rest: RowQueue }> {
    const { turnedAway, options } = this
    const columns = options.joins && turnedAway ? messageColumns(sample.map(({ values }) => values)) : null
    if (!columns || !turnedAway) {
      this.turnedAway = null
      return { sample, rest: rows }
    }
    const all = [...sample]
    for (let more = await this.takeSample(rows); more.length > 0; more = await this.takeSample(rows)) {
      for (const row of more) all.push(row)
    }
    // a message that cannot be learnt takes its conversation with it
    this.turnedAway = null
    const rowsAway = new Set(turnedAway.map(({ row }) => row))
    this.refused = this.refused.filter(({ source }) => !rowsAway.has(source.row))
    for (const row of turnedAway) all.push(row)
    const conversations = joinMessages(
      all.sort((a, b) => a.row - b.row),
      columns
    )
    return {
      sample: conversations.map(({ row, values }) => ({ kind: 'row', row, values })),
      rest: new RowQueue(nothing)
    }
  }

  private async readRows(
    sample: readonly NamedRow[],
    rows: RowQueue
  ): Promise<TableContents | UnusableTable> {
    const columns = columnsOf(sample.map(({ values }) => values))
    if (sample.length === 0) return this.unusable(columns)
    const looked = {
      file: this.options.path,
      rows: sample.map(({ values }) => values),
      hasNames: this.table.hasNames
    }
    let shape: Shape
    try {
      shape = this.options.shapeOf(looked)
    } catch (error) {
      const isSheet = this.table.sheet !== undefined
      const seen = sample.length + this.refusedCount
      const count = isSheet ? seen + (await this.rest(rows)) : null
      await this.hand(0)
      return { error: error as NeiroError, columns, refused: this.refused, rows: count }
    }
    await this.convert(shape, sample, rows)
    if (this.count === 0) return this.unusable(columns)
    this.refused.sort((a, b) => a.source.row - b.source.row)
    await this.hand(0)
    return { recognised: this.recognised(shape), columns, examples: this.examples, refused: this.refused }
  }

  private recognised({ shape, confidence, roles, joined = {} }: Shape): RecognisedFile {
    const { format, sheet, delimiter, headerRow, titles, hasNames, confidence: sure = 1 } = this.table
    const { encodingCertainty } = this.options
    const fields = [...this.notes.all(), ...(this.table.notes?.() ?? [])]
    const doubt = !hasNames ? 'no-names' : sure < confidence ? 'guessed-pairs' : 'guessed-columns'
    return {
      file: this.options.name,
      ...(sheet !== undefined && { sheet }),
      format,
      encoding: this.options.encoding,
      shape,
      confidence: Math.min(confidence, sure),
      certainty: {
        ...(encodingCertainty && { encoding: encodingCertainty }),
        ...this.table.certainty,
        ...(this.mendedRows.some(({ mending }) => mending !== 'nul') && {
          delimiter: fairly('mended-quotes')
        }),
        shape: inWords(Math.min(confidence, sure), doubt)
      },
      mapping: Object.fromEntries(
        Object.entries(roles).flatMap(([role, column]) =>
          [column, ...(joined[role] ?? [])].map((name) => [name, role])
        )
      ),
      ...(delimiter !== undefined && { delimiter }),
      ...(headerRow !== undefined && { headerRow }),
      ...(titles !== undefined && titles.length > 0 && { titles }),
      ...(this.table.splits && { splits: this.table.splits }),
      ...(this.mended > 0 && { mendedRows: this.mendedRows, mended: this.mended }),
      ...(fields.length > 0 && { fields }),
      rows: this.count + this.refusedCount,
      examples: this.count
    }
  }

  /** The first rows that could be examples; those before and between them that cannot are refused already. */
  private async takeSample(rows: RowQueue): Promise<NamedRow[]> {
    const sample: NamedRow[] = []
    while (sample.length < sampleSize) {
      const raw = rows.next() ?? (await rows.more())
      if (!raw) break
      if (++this.rowsSincePause >= rowsAtOnce) await this.pause()
      if (!this.refuses(raw) && raw.kind === 'row') sample.push(withTurns(raw))
      if (this.refused.length > mostTurnedAway) this.turnedAway = null
    }
    return sample
  }

  private async convert(shape: Shape, sample: readonly NamedRow[], rows: RowQueue): Promise<void> {
    for (const row of sample) this.add(row, shape)
    for (;;) {
      const raw = rows.next() ?? (await rows.more())
      if (!raw) break
      if (!this.refuses(raw) && raw.kind === 'row') this.add(withTurns(raw), shape)
      if (++this.rowsSincePause >= rowsAtOnce || this.waiting >= pieceWeighs) await this.pause()
    }
    await this.pause()
  }

  private get count(): number {
    return this.taken + this.examples.length
  }

  private get refusedCount(): number {
    return this.refusedTaken + this.refused.length
  }

  /** Says how far it has come, lets everything else have its turn, and hands over what is enough for a piece. */
  private async pause(): Promise<void> {
    this.options.beat(this.rowsSincePause)
    this.rowsSincePause = 0
    await this.pauses.whenDue()
    // rows that may still turn out to be messages are nothing yet
    if (!this.turnedAway) await this.hand(pieceWeighs)
  }

  /** Hands over what waits, where somebody takes it and there is enough of it. */
  private async hand(enough: number): Promise<void> {
    const { take } = this.options
    const { examples, refused } = this
    if (!take || this.waiting < enough || examples.length + refused.length === 0) return
    this.taken += examples.length
    this.refusedTaken += refused.length
    this.examples = []
    this.refused = []
    this.waiting = 0
    await take({ examples, refused })
  }

  private async rest(rows: RowQueue): Promise<number> {
    let count = 0
    for (let raw = rows.next() ?? (await rows.more()); raw; raw = rows.next() ?? (await rows.more())) {
      if (++count % rowsAtOnce > 0) continue
      this.options.beat(0)
      await this.pauses.whenDue()
    }
    return count
  }

  private add({ row, values, mended, goesOn }: NamedRow, shape: Shape): void {
    const { encoding } = this.options
    const source = this.source(row)
    if (mended && this.mended++ < mostMended) this.mendedRows.push({ source, ...mended })
    try {
      const seen = asSeen(rowToExample(values, shape, source, this.notes), this.notes)
      const example = marked(seen, values, goesOn)
      const weight = textWeight(example, encoding)
      this.examples.push(example)
      this.notes.row(values, shape.roles, shape.joined)
      this.notes.example(example, kindOf(example).texts(example))
      if (example.kind === 'text' && !this.table.splits) this.notes.passage(example.text)
      this.waiting += eachWeighs + weight
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.refuse(refusedRow(source, error, excerptOf(values), halfRead(values, shape)))
    }
  }

  /** What is wrong with a row whatever its table's shape: unreadable, or made for another goal. */
  private refuses(raw: RawRow): boolean {
    const reason = raw.kind === 'broken' ? raw.reason : kindOfRow(raw.values)
    if (!reason) return false
    const excerpt = raw.kind === 'broken' ? raw.excerpt : excerptOf(raw.values)
    if (raw.kind === 'row') this.turnedAway?.push(raw)
    this.refuse(refusedRow(this.source(raw.row), refuse(reason), excerpt))
    return true
  }

  private refuse(row: RefusedRow): void {
    this.refused.push(row)
    this.reasons.add(row)
    this.waiting += eachWeighs + row.excerpt.length
  }

  private source(row: number): RowSource {
    const { sheet } = this.table
    return sheet === undefined ? { file: this.options.name, row } : { file: this.options.name, sheet, row }
  }

  private async unusable(columns: readonly Column[]): Promise<UnusableTable> {
    const { path } = this.options
    const rows = this.refusedCount
    const row = this.reasons.mostCommon()
    const error = row ? noUsableRow(path, rows, row) : emptyData(path)
    await this.hand(0)
    return { error, columns, refused: this.refused, rows, saysWhy: row !== null }
  }
}

/** The rows of a table one after another, without a turn of the queue for each. */
class RowQueue {
  private batch: readonly RawRow[] = []
  private at = 0

  constructor(private readonly batches: AsyncIterator<readonly RawRow[]>) {}

  /** Undefined where more() is to be asked. */
  next(): RawRow | undefined {
    return this.batch[this.at++]
  }

  /** The first row of the next batch; undefined where there is none. */
  async more(): Promise<RawRow | undefined> {
    for (;;) {
      const { value, done } = await this.batches.next()
      this.batch = done ? [] : value
      this.at = 1
      if (done || this.batch.length > 0) return this.batch[0]
    }
  }
}

const nothing: AsyncIterator<readonly RawRow[]> = {
  next: async () => ({ value: undefined, done: true })
}

function withTurns(row: NamedRow): NamedRow {
  const values = withInnerTurns(row.values)
  return values === row.values ? row : { ...row, values }
}

/** Names of all columns in the order in which they first appear, each with the first thing that stands in it. */
function columnsOf(rows: readonly Readonly<Record<string, unknown>>[]): Column[] {
  const samples = new Map<string, string>()
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      if (!samples.get(name)) samples.set(name, excerptOf({ value }))
    }
  }
  return [...samples].map(([name, sample]) => ({ name, sample }))
}
