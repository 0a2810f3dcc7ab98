// neiro data: what was recognised in files, which rows were refused and why, and what the model would see.
import { stat, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { asFileError } from '../../files/file-errors'
import { writeFileWhole } from '../../files/whole-file'
import type { NeiroError } from '../../contract/errors'
import type { Language } from '../../contract/language'
import type { Example, RefusedRow } from '../../contract/records'
import { kindOf } from '../../services/dataset/kinds'
import { RowsAside } from '../../services/dataset/read/rows-aside'
import { refusedTable } from '../../services/dataset/view/data-view'
import { readModel } from '../../services/models/read-model'
import { modelPlace } from '../model-place'
import { noData } from '../../services/reading/file-errors'
import { resolveData } from '../../services/recipes/built-in-sample'
import { encodeEach, type EncodeOptions } from '../../services/tokens/cut'
import { RefusedTally } from '../../services/tokens/refused-tally'
import { nothingToLearn } from '../../services/tokens/unlearnable'
import type { Piece } from '../../services/tokens/pieces'
import type { ModelText } from '../../services/tokens/model-text'
import { wordsOf } from '../../words/errors'
import type { Arguments } from '../arguments'
import type { Command } from '../command'
import type { Context } from '../context'
import { modelFlag, systemPromptFlag } from '../flags'
import { checkData } from './data-check'
import { printable, whole } from '../format'
import { readingFlags, readingFrom } from '../reading-arguments'
import { refusalSentence, reportRefused, reportSources } from '../report-data'
import { wrap } from '../width'

export const data: Command = {
  name: 'data',
  usage: 'FILE… [--check] [--show N] [--model DIR]',
  positionals: { min: 1, max: Infinity },
  flags: [
    modelFlag,
    {
      name: 'show',
      kind: 'integer',
      value: 'N'
    },
    {
      name: 'save-refused',
      kind: 'text',
      value: 'FILE'
    },
    { name: 'check', kind: 'switch' },
    { name: 'repair', kind: 'texts', value: 'NAME' },
    { name: 'save', kind: 'text', value: 'FILE' },
    { name: 'as', kind: 'text', value: 'FORM' },
    { name: 'forbid', kind: 'texts', value: 'WORD' },
    { name: 'own-number', kind: 'texts', value: 'EXAMPLE' },
    { name: 'augment', kind: 'texts', value: 'WAY' },
    { name: 'augment-share', kind: 'number', value: 'SHARE' },
    { name: 'synonym', kind: 'texts', value: 'WORD=WORD' },
    ...readingFlags,
    systemPromptFlag
  ],
  examples: [
    'neiro data faq.csv',
    'neiro data mails.csv --encoding shift_jis --save-refused refused.csv',
    'neiro data faq.csv --show 2 --model starter',
    'neiro data faq.csv --augment synonyms,order,typing --augment-share 0.25 --save more.jsonl',
    'neiro data faq.csv --check --repair personal-data,duplicates --save clean.jsonl'
  ],
  events: [
    ['file', 'file format encoding shape confidence mapping rows examples mended mendedRows'],
    ['unusable', 'file code message hint'],
    ['refused', 'file row reason message excerpt'],
    ['example', 'file row kind messages | text, tokens learntTokens cut'],
    ['finding', 'kind count parts examples repair targets'],
    ['topics', 'groups rest'],
    ['repair', 'finding rows'],
    ['augment', 'count written there kinds'],
    ['made', 'by file row question becomes answer'],
    ['saved', 'file examples synthetic'],
    ['data', 'examples refused tokens learntTokens cut unknown']
  ],
  run: runData
}

async function runData(args: Arguments, context: Context): Promise<number> {
  const { places } = context
  const sample = { sampleDir: places.sampleDir, intoDir: places.samplePartsDir }
  // both start while the paths are looked through; what is wrong with the model is said when it is needed
  context.parts.workshop.warm()
  const model = namedModel(args, context)
  model.catch(() => undefined)
  const named = await resolveData({ data: args.positionals }, sample)
  const read = await RowsAside.read(
    named.dataPaths,
    readingFrom(args),
    context.parts.workshop.reader,
    isCheck(args) ? context.parts.checker : undefined
  )
  try {
    const status = await report(args, context, read, model)
    if (isCheck(args)) await checkData(args, context, read)
    return status
  } finally {
    await read.end()
  }
}

/** what is put right or saved was looked at first */
const isCheck = (args: Arguments): boolean =>
  ['check', 'repair', 'save', 'augment'].some((name) => args.has(name))

async function report(
  args: Arguments,
  context: Context,
  read: RowsAside,
  model: Promise<NamedModel | null>
): Promise<number> {
  const { out, words, language } = context
  const { exampleCount } = read
  for (const { error, tables, recognised } of read.files)
    if (error) out.event('unusable', { file: recognised.file, ...unusable(error, language) })
    else for (const file of tables) out.event('file', { ...file })
  // where there is nothing at all, why is said last
  const nothing =
    exampleCount > 0 ? null : (read.files.find(({ error }) => error !== null)?.error ?? noData())
  reportSources(context, nothing ? read.files.filter(({ error }) => error && error !== nothing) : read.files)

  const most = args.number('show') ?? 0
  const named = exampleCount > 0 ? await model : null
  const encoded = named && (await encodedCounts(args, named, read, most))
  const saveTo = args.text('save-refused')
  const first: RefusedRow[] = []
  for await (const rows of read.refused())
    for (const row of rows) {
      const message = refusalSentence(row, language)
      out.event('refused', { ...row.source, reason: row.reason, message, excerpt: row.excerpt })
      if (first.length < mostNamed) first.push(row)
    }
  const { refusedCount } = read
  reportRefused(context, first, { most: mostNamed, count: refusedCount })
  if (saveTo !== undefined) {
    await saveRefused(resolve(saveTo), read.refused(), context)
    out.line(words.data.savedRefused(resolve(saveTo)))
  }
  if (nothing) throw nothing
  if (encoded && encoded.refused.count > 0 && encoded.counts.tokens === 0)
    throw nothingToLearn(encoded.refused)
  out.event('data', { examples: exampleCount, refused: refusedCount, ...encoded?.counts })
  out.line(words.data.total(whole(exampleCount), whole(refusedCount)))
  if (encoded) {
    out.line(
      words.data.tokens(
        whole(encoded.counts.tokens),
        whole(encoded.counts.learntTokens),
        whole(encoded.longest)
      )
    )
    if (encoded.counts.cut > 0) out.warning(words.tune.cut(whole(encoded.counts.cut)))
    if (encoded.counts.unknown > 0) out.warning(words.tune.unknown(whole(encoded.counts.unknown)))
    showAsSeen(context, encoded.asSeen)
  } else showExamples(context, await firstOf(read.examples(), most))
  // a file of which nothing can be used was said above; whoever checks many at once goes by the status
  return read.files.some(({ error }) => error !== null) ? 1 : 0
}

/** Refused rows that are named one by one. */
const mostNamed = 10

function unusable(error: NeiroError, language: Language): Readonly<Record<string, string>> {
  const { message, hint } = wordsOf(error.toData(), language)
  return { code: error.code, message, hint }
}

async function firstOf(batches: AsyncIterable<readonly Example[]>, most: number): Promise<Example[]> {
  const first: Example[] = []
  if (most <= 0) return first
  for await (const examples of batches) {
    first.push(...examples.slice(0, most - first.length))
    if (first.length >= most) break
  }
  return first
}

interface Encoded {
  readonly refused: RefusedTally
  readonly counts: {
    readonly tokens: number
    readonly learntTokens: number
    readonly cut: number
    readonly unknown: number
  }
  readonly longest: number
  /** the first so many that can be learnt, as the model is given them */
  readonly asSeen: readonly (readonly Piece[])[]
}

interface NamedModel {
  readonly modelText: ModelText
  readonly maxSeqLength: number
}

async function namedModel(args: Arguments, context: Context): Promise<NamedModel | null> {
  const { parts } = context
  const named = args.text('model')
  if (named === undefined) return null
  const model = await readModel(await modelPlace(named, context), parts.modelTexts)
  return { modelText: await parts.modelTexts.get(model), maxSeqLength: model.maxPositionEmbeddings }
}

/** Batch by batch: of a large file, neither its examples nor their tokens are held. */
async function encodedCounts(
  args: Arguments,
  model: NamedModel,
  read: RowsAside,
  most: number
): Promise<Encoded> {
  const options: EncodeOptions = {
    ...model,
    lossOn: 'responses',
    systemPrompt: args.text('system-prompt')
  }
  const refused = new RefusedTally()
  const asSeen: (readonly Piece[])[] = []
  const counts = { tokens: 0, learntTokens: 0, cut: 0, unknown: 0 }
  let longest = 0
  for await (const examples of read.examples()) {
    const set = await encodeEach(examples, options)
    refused.add(set.refused)
    await read.refuse(set.refused)
    counts.cut += set.cut
    counts.unknown += set.unknown
    for (const { tokens, labels } of set.examples) {
      counts.tokens += tokens.length
      for (const label of labels) if (label >= 0) counts.learntTokens++
      longest = Math.max(longest, tokens.length)
    }
    if (asSeen.length >= most) continue
    const known = new Set(set.examples.map(({ source }) => source))
    const learnable = examples.filter(({ source }) => known.has(source)).slice(0, most - asSeen.length)
    for (const example of learnable) asSeen.push((await options.modelText.shown(example, options)).pieces)
  }
  return { refused, counts, longest, asSeen }
}

function showAsSeen({ out, words }: Context, examples: readonly (readonly Piece[])[]): void {
  examples.forEach((pieces, at) => {
    out.event('example', { pieces: pieces.map(({ text, learnt }) => ({ text, learnt })) })
    out.line()
    out.line(out.style(words.data.asSeen(at + 1), 'bold'))
    const text = pieces
      .map(({ text, learnt }) => (learnt ? `«${printable(text)}»` : printable(text)))
      .join('')
    for (const line of wrap(text, out.columns - 2)) out.line(`  ${line}`)
  })
}

function showExamples({ out, words }: Context, examples: readonly Example[]): void {
  examples.forEach((example, at) => {
    const { source, ...content } = example
    out.event('example', { ...source, ...content })
    out.line()
    out.line(out.style(words.data.example(at + 1, source.file, source.row), 'bold'))
    for (const { role, text } of kindOf(example).turns(example, undefined)) {
      const lines = wrap(printable(text), out.columns - 12)
      lines.forEach((line, index) => out.line(`  ${(index === 0 ? role : '').padEnd(10)}${line}`))
    }
  })
}

/** For Excel the list that the window saves, for programs JSONL. */
async function saveRefused(
  file: string,
  rows: AsyncIterable<readonly RefusedRow[]>,
  { language }: Context
): Promise<void> {
  const table = /\.(csv|tsv)$/i.exec(file)?.[1]?.toLowerCase()
  const text = table
    ? refusedTable(rows, language, table === 'tsv' ? '\t' : ',')
    : refusedLines(rows, language)
  // never half of it; what is no file (a pipe, the terminal) is written to as it is
  const there = await stat(file).catch(() => null)
  if (!there || there.isFile()) return writeFileWhole(file, text)
  await writeFile(file, text).catch((error: unknown) => {
    throw asFileError(error, file)
  })
}

/** With question and answer filled in, it is a file of examples, as the table is. */
async function* refusedLines(
  batches: AsyncIterable<readonly RefusedRow[]>,
  language: Language
): AsyncGenerator<string> {
  const line = (row: RefusedRow): string =>
    `${JSON.stringify({
      file: row.source.file,
      sheet: row.source.sheet ?? '',
      row: row.source.row,
      reason: row.reason,
      message: refusalSentence(row, language),
      question: row.pair?.question ?? '',
      answer: row.pair?.answer ?? '',
      excerpt: row.excerpt
    })}\n`
  for await (const rows of batches) yield rows.map(line).join('')
}
