// neiro data: what was recognised in files, which rows were refused and why, and what the model would see.
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { asFileError } from '../../files/file-errors'
import {
  dataShapes,
  type DataOverrides,
  type DataShape,
  type Example,
  type RefusedRow
} from '../../contract/records'
import { readModel, resolveModel } from '../../services/models/read-model'
import { readData } from '../../services/dataset/read/read-paths'
import { resolveData } from '../../services/recipes/built-in-sample'
import { encodeAll } from '../../services/tokens/encode'
import { Tokenizer } from '../../services/tokens/tokenizer'
import { encodingOf } from '../../services/tokens/model-encoding'
import type { Arguments } from '../arguments'
import type { Command } from '../command'
import type { Context } from '../context'
import { modelFlag, systemPromptFlag } from '../flags'
import { printable, whole } from '../format'
import { refusalSentence, reportFiles, reportRefused } from '../report-data'
import { wrap } from '../width'

export const data: Command = {
  name: 'data',
  summary: {
    ja: 'ファイルの中身がどう読まれるかを調べます',
    en: 'see how files are read: what was recognised, what was refused'
  },
  usage: 'FILE… [--show N] [--model DIR]',
  positionals: { min: 1, max: Infinity },
  about: {
    ja: '文字コードと形を自動で見分けます。読めなかった行は、ファイル・行・理由を必ず一覧にします。--model を付けると、そのモデルのトークンの数と、学ぶ部分を示します。',
    en: 'Encoding and shape are recognised. Each refused row is listed with file, row and reason. With --model, lengths are in tokens of that model, and --show marks what is learnt.'
  },
  flags: [
    modelFlag,
    {
      name: 'show',
      kind: 'integer',
      value: 'N',
      help: {
        ja: 'お手本を N 件表示します（--model があればモデルが見る形で。学ぶ部分は «» の中）',
        en: 'show N examples (with --model as the model sees them; what is learnt stands in «»)'
      }
    },
    {
      name: 'save-refused',
      kind: 'text',
      value: 'FILE',
      help: {
        ja: '読めなかった行の一覧を保存します（.csv か .jsonl）',
        en: 'save the list of refused rows (.csv or .jsonl)'
      }
    },
    {
      name: 'encoding',
      kind: 'text',
      value: 'NAME',
      help: {
        ja: '文字コードを指定します（utf-8 shift_jis euc-jp utf-16le など）',
        en: 'encoding, instead of the guess (utf-8 shift_jis euc-jp utf-16le …)'
      }
    },
    {
      name: 'shape',
      kind: 'text',
      value: 'SHAPE',
      choices: dataShapes,
      help: {
        ja: `形を指定します: ${dataShapes.join(' ')}`,
        en: `shape, instead of the guess: ${dataShapes.join(' ')}`
      }
    },
    {
      name: 'column',
      kind: 'texts',
      value: 'ROLE=NAME',
      help: {
        ja: '役割と列の名前の組（例 question=質問 answer=回答）。くり返し書けます',
        en: 'which column plays a role, e.g. question=Betreff answer=Antwort (may be repeated)'
      }
    },
    systemPromptFlag
  ],
  examples: [
    ['neiro data faq.csv', { ja: '何が読めたか', en: 'what was read' }],
    [
      'neiro data mails.csv --encoding shift_jis --save-refused refused.csv',
      { ja: '文字コードを直し、読めない行を保存', en: 'correct the encoding, save what was refused' }
    ],
    [
      'neiro data faq.csv --show 2 --model starter',
      { ja: 'モデルが見る形で2件', en: 'two examples as the model sees them' }
    ]
  ],
  events: [
    ['file', 'file format encoding shape confidence mapping rows examples'],
    ['refused', 'file row reason message excerpt'],
    ['example', 'file row kind messages | text, tokens learntTokens cut'],
    ['data', 'examples refused tokens learntTokens cut']
  ],
  run: runData
}

async function runData(args: Arguments, context: Context): Promise<number> {
  const { out, words, language, places } = context
  const sample = { sampleDir: places.sampleDir, intoDir: places.samplePartsDir }
  const named = await resolveData({ data: args.positionals }, sample)
  const { examples, report } = await readData(named.dataPaths, overridesOf(args))
  for (const file of report.files) out.event('file', { ...file })
  reportFiles(context, report.files)

  const encoded = await encodedCounts(args, context, examples)
  const refused = [...report.refused, ...(encoded?.refused ?? [])]
  for (const row of refused) {
    const message = refusalSentence(row, language)
    out.event('refused', { ...row.source, reason: row.reason, message, excerpt: row.excerpt })
  }
  reportRefused(context, refused, { most: 10 })
  out.event('data', { examples: report.examples, refused: refused.length, ...encoded?.counts })
  out.line(words.data.total(whole(report.examples), whole(refused.length)))
  if (encoded) {
    out.line(
      words.data.tokens(
        whole(encoded.counts.tokens),
        whole(encoded.counts.learntTokens),
        whole(encoded.longest)
      )
    )
    if (encoded.counts.cut > 0) out.warning(words.tune.cut(whole(encoded.counts.cut)))
  }
  showExamples(context, examples.slice(0, args.number('show') ?? 0), encoded?.pieces ?? [])
  const saveTo = args.text('save-refused')
  if (saveTo !== undefined) {
    await saveRefused(resolve(saveTo), refused, context)
    out.line(words.data.savedRefused(resolve(saveTo)))
  }
  return 0
}

function overridesOf(args: Arguments): DataOverrides {
  const columns = args.texts('column').map((text): [string, string] => {
    const at = text.indexOf('=')
    return [text.slice(0, Math.max(0, at)), text.slice(at + 1)]
  })
  return {
    ...(args.has('encoding') && { encoding: args.text('encoding') }),
    ...(args.has('shape') && { shape: args.text('shape') as DataShape }),
    ...(columns.length > 0 && { mapping: Object.fromEntries(columns) })
  }
}

/** Text and whether it is learnt, in the order the model reads. */
type Piece = readonly [text: string, learnt: boolean]

interface Encoded {
  readonly refused: readonly RefusedRow[]
  readonly counts: { readonly tokens: number; readonly learntTokens: number; readonly cut: number }
  readonly longest: number
  readonly pieces: readonly (readonly Piece[])[]
}

async function encodedCounts(
  args: Arguments,
  context: Context,
  examples: readonly Example[]
): Promise<Encoded | null> {
  const named = args.text('model')
  if (named === undefined) return null
  const model = await readModel(resolveModel(named, context.places.starterModelDir))
  const tokenizer = await Tokenizer.load(model.dir)
  const set = encodeAll(examples, {
    ...encodingOf(model, tokenizer),
    maxSeqLength: model.maxPositionEmbeddings,
    lossOn: 'responses',
    systemPrompt: args.text('system-prompt')
  })
  const lengths = set.examples.map((example) => example.tokens.length)
  const learnt = set.examples.map((example) => example.labels.filter((label) => label >= 0).length)
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  return {
    refused: set.refused,
    counts: { tokens: sum(lengths), learntTokens: sum(learnt), cut: set.cut },
    longest: lengths.reduce((most, length) => Math.max(most, length), 0),
    pieces: set.examples.slice(0, args.number('show') ?? 0).map(({ tokens, labels }) => {
      const pieces: [number[], boolean][] = []
      tokens.forEach((token, at) => {
        const isLearnt = (labels[at] ?? -100) >= 0
        if (pieces.at(-1)?.[1] !== isLearnt) pieces.push([[], isLearnt])
        pieces.at(-1)?.[0].push(token)
      })
      return pieces.map(([ids, isLearnt]): Piece => [tokenizer.decode(ids, false), isLearnt])
    })
  }
}

function showExamples(
  { out, words }: Context,
  examples: readonly Example[],
  encoded: readonly (readonly Piece[])[]
): void {
  if (encoded.length > 0) {
    encoded.forEach((pieces, at) => {
      out.event('example', { pieces: pieces.map(([text, learnt]) => ({ text, learnt })) })
      out.line()
      out.line(out.style(words.data.asSeen(at + 1), 'bold'))
      const text = pieces
        .map(([piece, learnt]) => (learnt ? `«${printable(piece)}»` : printable(piece)))
        .join('')
      for (const line of wrap(text, out.columns - 2)) out.line(`  ${line}`)
    })
    return
  }
  examples.forEach((example, at) => {
    const { source, ...content } = example
    out.event('example', { ...source, ...content })
    out.line()
    out.line(out.style(words.data.example(at + 1, source.file, source.row), 'bold'))
    const turns =
      example.kind === 'text'
        ? [['', example.text]]
        : example.messages.map((turn) => [turn.role, turn.content])
    for (const [role = '', text = ''] of turns) {
      const lines = wrap(printable(text), out.columns - 12)
      lines.forEach((line, index) => out.line(`  ${(index === 0 ? role : '').padEnd(10)}${line}`))
    }
  })
}

/** For Excel as CSV with a byte order mark, for programs as JSONL. */
async function saveRefused(file: string, rows: readonly RefusedRow[], { language }: Context): Promise<void> {
  const records = rows.map((row) => ({
    file: row.source.file,
    sheet: row.source.sheet ?? '',
    row: row.source.row,
    reason: row.reason,
    message: refusalSentence(row, language),
    excerpt: row.excerpt
  }))
  const cell = (value: string | number): string => `"${String(value).replaceAll('"', '""')}"`
  const text = file.toLowerCase().endsWith('.csv')
    ? `\uFEFF${['file,sheet,row,reason,message,excerpt', ...records.map((record) => Object.values(record).map(cell).join(','))].join('\r\n')}\r\n`
    : records.map((record) => `${JSON.stringify(record)}\n`).join('')
  await writeFile(file, text).catch((error: unknown) => {
    throw asFileError(error, file)
  })
}
