// neiro classify: a text, or a file of texts, sorted by a model that learnt it; a file comes back as CSV with every column
// that it had, a label and its probability in each row.
import { NeiroError } from '../../contract/errors'
import { writeFileWhole } from '../../files/whole-file'
import { chosenFiles } from '../../services/dataset/read/chosen-files'
import type { DataFile } from '../../services/reading/data-files'
import {
  lookAtTables,
  namesOf,
  sortedRows,
  sortedTable,
  type SortedTableRow
} from '../../services/sorting/sorted-table'
import { scoreOf, type Sorted, type Verdict } from '../../services/sorting/sorting'
import { wordsOf } from '../../words/errors'
import { UsageError, type Arguments } from '../arguments'
import type { Command } from '../command'
import { withEngine, type Context } from '../context'
import {
  adapterFlag,
  baseQuantizationFlag,
  dataFlag,
  deviceFlag,
  modelFlag,
  runFlag,
  threadsFlag
} from '../flags'
import { decimal, printable } from '../format'
import { readingFlags, readingFrom } from '../reading-arguments'
import { probabilityOf } from '../report-sorting'
import { table } from '../table'
import { findTarget } from '../target'

export const classify: Command = {
  name: 'classify',
  usage: '--run NAME | --model DIR [--adapter DIR] (TEXT… | --data FILE… --out FILE.csv)',
  positionals: { min: 0, max: Infinity },
  flags: [
    runFlag,
    modelFlag,
    adapterFlag,
    dataFlag,
    ...readingFlags,
    { name: 'out', kind: 'text', value: 'FILE' },
    { name: 'threshold', kind: 'number', value: 'P' },
    baseQuantizationFlag,
    threadsFlag,
    deviceFlag
  ],
  examples: [
    'neiro classify --run latest "荷物が届きません"',
    'neiro classify --run latest --data mails.csv --column text=本文 --out sorted.csv',
    'neiro classify --run latest --data mails.csv --json'
  ],
  events: [
    ['sorted', 'text file row said probabilities error'],
    ['written', 'file rows']
  ],
  run: runClassify
}

async function runClassify(args: Arguments, context: Context): Promise<number> {
  if (args.has('data')) return classifyFiles(args, context)
  const { out, words, parts } = context
  const texts = args.positionals
  if (texts.length === 0) throw new UsageError('TEXT_NOT_SAID')
  if (args.has('out')) throw new UsageError('DATA_NOT_SAID')
  const tuned = await findTarget(args, context)
  const { labels } = scoreOf(tuned)
  const sorted = await withEngine(context, (_, signal) =>
    parts.sorting.sort(tuned, texts, {
      ...{ signal, ...thresholdOf(args) },
      onText: (done, total) => out.live(words.sorting.progress(done, total))
    })
  )
  out.clearLive()
  for (const [at, text] of texts.entries()) {
    const one = sorted[at] as Sorted
    tell(context, { text }, one, labels)
    show(context, text, one, labels, texts.length > 1)
  }
  return 0
}

/** Lot by lot: no file is too long. */
async function classifyFiles(args: Arguments, context: Context): Promise<number> {
  const { out, words, parts, language } = context
  const { reader } = parts.workshop
  const tuned = await findTarget(args, context)
  const { labels } = scoreOf(tuned)
  const tables = await lookAtTables(reader, await filesOf(args), readingFrom(args))
  out.line(words.sorting.column(printable(tables.column)))
  const file = args.text('out')
  let unread = 0
  await withEngine(context, async (_, signal) => {
    const onRow = (done: number, total: number): void => out.live(words.sorting.progress(done, total))
    const { sorting } = parts
    const rows = sortedRows(tables, { reader, sorting, tuned, signal, onRow, ...thresholdOf(args) })
    const told = async function* (): AsyncGenerator<readonly SortedTableRow[]> {
      for await (const lot of rows) {
        for (const { file: name, row, text, sorted } of lot) {
          if (sorted instanceof NeiroError) unread++
          tell(context, { text, file: name, row: row.row }, sorted, labels)
        }
        yield lot
      }
    }
    if (file !== undefined) return writeFileWhole(file, sortedTable(told(), tables, labels, language))
    for await (const lot of told()) {
      out.clearLive()
      for (const { text, sorted } of lot) show(context, text, sorted, labels, true)
    }
  })
  out.clearLive()
  if (unread > 0) out.warning(words.sorting.unread(unread))
  if (file !== undefined) {
    out.event('written', { file, rows: tables.rows })
    out.line(words.sorting.written(tables.rows, file))
  }
  return 0
}

const thresholdOf = (args: Arguments): { readonly threshold?: number } => {
  const threshold = args.number('threshold')
  return threshold === undefined ? {} : { threshold }
}

/** What is wrong with one of them is said before anything is sorted. */
async function filesOf(args: Arguments): Promise<readonly DataFile[]> {
  const { files } = await chosenFiles(args.texts('data'))
  return files.map((file) => {
    if (file.kind === 'problem') throw file.error
    return { path: file.path, name: file.name }
  })
}

function tell(
  { out }: Context,
  place: { readonly text: string; readonly file?: string; readonly row?: number },
  one: Sorted,
  labels: readonly string[]
): void {
  out.event('sorted', {
    ...place,
    ...(one instanceof NeiroError
      ? { error: one.code }
      : { said: namesOf(one, labels), ...probabilityOf(one) })
  })
}

function show(
  { out, language }: Context,
  text: string,
  one: Sorted,
  labels: readonly string[],
  isOneOfMany: boolean
): void {
  if (isOneOfMany) out.line(out.style(printable(text), 'bold'))
  if (one instanceof NeiroError) return out.line(`  ${wordsOf(one, language).message}`)
  for (const line of table(shownRows(one, labels), ['left', 'right'])) out.line(`  ${line}`)
}

/** The likeliest few; of several labels those that are said, and the next. */
const mostShown = 5

function shownRows({ said, probabilities }: Verdict, labels: readonly string[]): string[][] {
  if (said.length === 0 && labels.length === 1) return [[decimal(probabilities[0] ?? NaN)]]
  return probabilities
    .map((probability, label) => ({ label, probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, Math.max(mostShown, said.length))
    .map(({ label, probability }) => [
      `${said.includes(label) ? '✓' : ' '} ${printable(labels[label] ?? '')}`,
      decimal(probability)
    ])
}
