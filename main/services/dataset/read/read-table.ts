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
import { unreadable } from '../../reading/recognise/decoders'
import { emptyData, noUsableRow } from '../../reading/file-errors'
import { kindOf } from '../kinds'
import { FieldNotes } from './field-notes'
import { halfRead } from './half-read'
import { withInnerTurns } from './inner-turns'
import { joinMessages, messageColumns } from './join-messages'
import { kindOfRow } from './other-kinds'
import { recogniseShape, type Sample, type Shape } from './recognise-shape'
import { excerptOf, Refusal, refuse, refusedRow } from '../../reading/refusals'
import { rowToExample } from './row-to-example'
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
  /** takes the examples in pieces as they come, and may take its time; then none is kept here */
  readonly take?: TakeExamples | undefined
}

export type TakeExamples = (examples: readonly Example[]) => Promise<void>

/** What examples weigh that are handed over together: a character each, and something for each of them. */
const piece = 200_000
const eachWeighs = 400
/** Rows looked at before a shape is decided on. */
const sampleSize = 200
/** Rows that are named one by one. */
const mostMended = 100

export async function readTable(
  table: ReadFile,
  options: TableOptions
): Promise<TableContents | UnusableTable> {
  const rows = table.rows[Symbol.asyncIterator]()
  try {
    return await new TableReader(table, options).read(rows)
  } finally {
    // closes the file where reading ended early
    await rows.return?.()
  }
}

export const shapeBy =
  (overrides: DataOverrides) =>
  (sample: Sample): Shape =>
    recogniseShape(sample, overrides)

class TableReader {
  private examples: Example[] = []
  /** characters of those that wait to be taken, and how many were */
  private waiting = 0
  private taken = 0
  private refused: RefusedRow[] = []
  /** rows that are refused whatever their table's shape, until it is known whether rows are messages */
  private turnedAway: NamedRow[] | null = []
  private readonly notes = new FieldNotes()
  private readonly mendedRows: MendedRow[] = []
  private mended = 0
  /** the rows of a file that is read at once come without a pause of their own */
  private readonly pauses = new Pauses()

  constructor(
    private readonly table: ReadFile,
    private readonly options: TableOptions
  ) {}

  async read(rows: AsyncIterator<RawRow>): Promise<TableContents | UnusableTable> {
    const { sample, rest } = await this.joined(await this.takeSample(rows), rows)
    return this.readRows(sample, rest)
  }

  /** Of a table with one message a row, the conversations. */
  private async joined(
    sample: readonly NamedRow[],
    rows: AsyncIterator<RawRow>
  ): Promise<{ readonly sample: readonly NamedRow[]; readonly rest: AsyncIterator<RawRow> }> {
    const columns = this.options.joins ? messageColumns(sample.map(({ values }) => values)) : null
    if (!columns) {
      this.turnedAway = null
      return { sample, rest: rows }
    }
    const all = [...sample]
    for (let more = await this.takeSample(rows); more.length > 0; more = await this.takeSample(rows)) {
      for (const row of more) all.push(row)
    }
    // a message that cannot be learnt takes its conversation with it
    const away = this.turnedAway ?? []
    this.turnedAway = null
    const rowsAway = new Set(away.map(({ row }) => row))
    this.refused = this.refused.filter(({ source }) => !rowsAway.has(source.row))
    for (const row of away) all.push(row)
    const conversations = joinMessages(
      all.sort((a, b) => a.row - b.row),
      columns
    )
    return {
      sample: conversations.map(({ row, values }) => ({ kind: 'row', row, values })),
      rest: nothing
    }
  }

  private async readRows(
    sample: readonly NamedRow[],
    rows: AsyncIterator<RawRow>
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
      const seen = sample.length + this.refused.length
      const count = isSheet ? seen + (await this.rest(rows)) : null
      return { error: error as NeiroError, columns, refused: this.refused, rows: count }
    }
    await this.convert(shape, sample, rows)
    await this.hand(0)
    if (this.count === 0) return this.unusable(columns)
    const refused = this.refused.sort((a, b) => a.source.row - b.source.row)
    return { recognised: this.recognised(shape), columns, examples: this.examples, refused }
  }

  private recognised({ shape, confidence, roles, joined = {} }: Shape): RecognisedFile {
    const { format, sheet, delimiter, headerRow, titles, hasNames, confidence: sure = 1 } = this.table
    const { encodingCertainty } = this.options
    const fields = this.notes.all()
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
      rows: this.count + this.refused.length,
      examples: this.count
    }
  }

  /** The first rows that could be examples; those before and between them that cannot are refused already. */
  private async takeSample(rows: AsyncIterator<RawRow>): Promise<NamedRow[]> {
    const sample: NamedRow[] = []
    while (sample.length < sampleSize) {
      const { value: raw, done } = await rows.next()
      if (done) break
      this.options.beat(1)
      await this.pauses.whenDue()
      if (!this.refuses(raw) && raw.kind === 'row') sample.push(withTurns(raw))
    }
    return sample
  }

  private async convert(
    shape: Shape,
    sample: readonly NamedRow[],
    rest: AsyncIterator<RawRow>
  ): Promise<void> {
    for (const row of sample) this.add(row, shape)
    for (;;) {
      const { value: raw, done } = await rest.next()
      if (done) return
      this.options.beat(1)
      await this.pauses.whenDue()
      if (!this.refuses(raw) && raw.kind === 'row') this.add(withTurns(raw), shape)
      await this.hand(piece)
    }
  }

  private get count(): number {
    return this.taken + this.examples.length
  }

  /** Hands over what waits, where somebody takes it and there is enough of it. */
  private async hand(enough: number): Promise<void> {
    const { take } = this.options
    if (!take || this.waiting < enough || this.examples.length === 0) return
    const examples = this.examples
    this.taken += examples.length
    this.examples = []
    this.waiting = 0
    await take(examples)
  }

  private async rest(rows: AsyncIterator<RawRow>): Promise<number> {
    let count = 0
    while (!(await rows.next()).done) {
      this.options.beat(0)
      await this.pauses.whenDue()
      count++
    }
    return count
  }

  private add({ row, values, mended }: NamedRow, shape: Shape): void {
    const { encoding } = this.options
    const source = this.source(row)
    if (mended && this.mended++ < mostMended) this.mendedRows.push({ source, ...mended })
    try {
      const example = rowToExample(values, shape, source, this.notes)
      if (saysUnreadable(example)) throw refuse('BROKEN_CHARACTERS', { encoding: encoding || '—' })
      this.examples.push(example)
      this.notes.row(values, shape.roles)
      if (this.options.take) this.waiting += eachWeighs + weightOf(example)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.refused.push(refusedRow(source, error, excerptOf(values), halfRead(values, shape)))
    }
  }

  /** What is wrong with a row whatever its table's shape: unreadable, or made for another goal. */
  private refuses(raw: RawRow): boolean {
    const source = this.source(raw.row)
    const reason = raw.kind === 'broken' ? raw.reason : kindOfRow(raw.values)
    if (!reason) return false
    const excerpt = raw.kind === 'broken' ? raw.excerpt : excerptOf(raw.values)
    if (raw.kind === 'row') this.turnedAway?.push(raw)
    this.refused.push(refusedRow(source, refuse(reason), excerpt))
    return true
  }

  private source(row: number): RowSource {
    const { sheet } = this.table
    return { file: this.options.name, ...(sheet !== undefined && { sheet }), row }
  }

  private unusable(columns: readonly Column[]): UnusableTable {
    const { refused } = this
    const reason = mostCommon(refused.map((row) => row.reason))
    const row = refused.find((one) => one.reason === reason)
    const { path } = this.options
    const error = row ? noUsableRow(path, refused.length, row) : emptyData(path)
    return { error, columns, refused, rows: refused.length }
  }
}

const weightOf = (example: Example): number =>
  kindOf(example)
    .texts(example)
    .reduce((sum, { length }) => sum + length, 0)

const nothing: AsyncIterator<RawRow> = {
  next: async () => ({ value: undefined, done: true })
}

function withTurns(row: NamedRow): NamedRow {
  const values = withInnerTurns(row.values)
  return values === row.values ? row : { ...row, values }
}

const saysUnreadable = (example: Example): boolean =>
  kindOf(example)
    .texts(example)
    .some((text) => text.includes(unreadable) || text.includes('\0') || /\p{Surrogate}/u.test(text))

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

function mostCommon(reasons: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}
