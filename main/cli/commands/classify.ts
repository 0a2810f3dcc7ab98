// neiro classify: a text, or a file of texts, sorted by a model that learnt it; a file comes back as CSV with a label and
// its probability in each row.
import { NeiroError } from '../../contract/errors'
import { writeFileWhole } from '../../files/whole-file'
import { readData } from '../../services/dataset/read/read-paths'
import { askedOf, namesOf, sortedTable, type Asked } from '../../services/sorting/sorted-table'
import { scoreOf, type Sorted, type Verdict } from '../../services/sorting/sorting'
import { wordsOf } from '../../words/errors'
import { UsageError, type Arguments } from '../arguments'
import type { Command } from '../command'
import { withEngine, type Context } from '../context'
import { adapterFlag, baseQuantizationFlag, dataFlag, modelFlag, runFlag, threadsFlag } from '../flags'
import { decimal, printable } from '../format'
import { readingFlags, readingFrom } from '../reading-arguments'
import { reportRefused } from '../report-data'
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
    threadsFlag
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
  const { out, words, parts } = context
  const asked = args.has('data')
    ? await ofFiles(args, context)
    : args.positionals.map((text) => ({ text, source: null }))
  if (asked.length === 0) throw new UsageError('TEXT_NOT_SAID')
  const tuned = await findTarget(args, context)
  const { labels } = scoreOf(tuned)
  const threshold = args.number('threshold')
  const sorted = await withEngine(context, (_, signal) =>
    parts.sorting.sort(
      tuned,
      asked.map(({ text }) => text),
      {
        signal,
        ...(threshold !== undefined && { threshold }),
        onText: (done, total) => out.live(words.sorting.progress(done, total))
      }
    )
  )
  out.clearLive()
  asked.forEach(({ text, source }, at) => {
    const one = sorted[at] as Sorted
    const place = source && { file: source.file, row: source.row }
    out.event('sorted', {
      ...{ text, ...place },
      ...(one instanceof NeiroError
        ? { error: one.code }
        : { said: namesOf(one, labels), ...probabilityOf(one) })
    })
  })
  const file = args.text('out')
  if (file === undefined) show(context, asked, sorted, labels)
  else await write(context, file, asked, sorted, labels)
  return 0
}

/** Texts of rows, whatever is known of them. */
async function ofFiles(args: Arguments, context: Context): Promise<readonly Asked[]> {
  const { reader } = context.parts.workshop
  const { examples, report } = await readData(args.texts('data'), readingFrom(args), reader)
  reportRefused(context, report.refused, { most: 3, count: report.refused.length })
  return askedOf(examples)
}

function show(
  { out, language }: Context,
  asked: readonly Asked[],
  sorted: readonly Sorted[],
  labels: readonly string[]
): void {
  for (const [at, { text }] of asked.entries()) {
    const one = sorted[at] as Sorted
    if (asked.length > 1) out.line(out.style(printable(text), 'bold'))
    if (one instanceof NeiroError) {
      out.line(`  ${wordsOf(one, language).message}`)
      continue
    }
    for (const line of table(shownRows(one, labels), ['left', 'right'])) out.line(`  ${line}`)
  }
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

async function write(
  { out, words, language }: Context,
  file: string,
  asked: readonly Asked[],
  sorted: readonly Sorted[],
  labels: readonly string[]
): Promise<void> {
  await writeFileWhole(file, sortedTable(asked, sorted, labels, language))
  out.event('written', { file, rows: asked.length })
  out.line(words.sorting.written(asked.length, file))
}
