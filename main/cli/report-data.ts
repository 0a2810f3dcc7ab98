// What was recognised in data files and which rows were refused, in lines for people.
import { basename } from 'node:path'
import type { RecognisedFile, RecognisedPart, RefusedRow } from '../contract/records'
import type { Language } from '../contract/language'
import type { ReadSource } from '../services/dataset/read/read-source'
import { commandWordsOf, wordsOf } from '../words/errors'
import { windowWords } from '../words/window'
import type { Context } from './context'
import { percentage, printable, whole } from './format'
import { table } from './table'
import { cut, wrap } from './width'

/** A file as it was read, without its rows. */
type FileRead = Omit<ReadSource, 'examples' | 'refused'>

/** As the data room shows them. */
export function reportSources(context: Context, files: readonly FileRead[]): void {
  const { out, language } = context
  for (const file of files) {
    if (file.error) {
      const { message, hint } = commandWordsOf(file.error.toData(), language)
      out.warning(printable(`${message} ${hint}`))
    }
    for (const one of file.tables) reportTable(context, one)
    for (const said of [...doubtsOf(file, language), ...waysOf(file.recognised, context)])
      for (const line of wrap(said, out.columns - 4)) out.line(out.style(`    ${line}`, 'dim'))
  }
}

/** Files, and sheets of files, each with what is only half known of it. */
export function reportFiles(context: Context, files: readonly RecognisedFile[]): void {
  const { out, language } = context
  for (const file of files) {
    reportTable(context, file)
    const said = [...uncertainOf(file, language), ...fieldsOf(file, language), ...waysOf(file, context)]
    for (const line of said.flatMap((one) => wrap(one, out.columns - 4)))
      out.line(out.style(`    ${line}`, 'dim'))
  }
}

function reportTable(context: Context, table: RecognisedFile): void {
  const { out, words } = context
  out.line(
    words.data.file(
      printable(nameOf(table)),
      table.format,
      table.encoding,
      words.data.shapes[table.shape],
      percentage(100 * table.confidence),
      whole(table.examples),
      whole(table.rows)
    )
  )
  if (table.titles && table.headerRow !== undefined) {
    const titles = words.data.titles(whole(table.headerRow), table.titles.map(printable).join(' / '))
    out.line(out.style(cut(`    ${titles}`, out.columns), 'dim'))
  }
  reportMended(context, table)
  const mapping = Object.entries(table.mapping).map(([column, role]) => `${printable(column)} → ${role}`)
  if (mapping.length > 0) out.line(out.style(`    ${mapping.join(', ')}`, 'dim'))
}

/** Rows that were read otherwise than they stand: how many, and the first few before and after. */
function reportMended({ out, language }: Context, { mendedRows = [], mended = 0 }: RecognisedFile): void {
  if (mended === 0) return
  const { mendedLead, mendings } = windowWords[language].data
  out.warning(mendedLead(whole(mended)))
  for (const { source, mending, read, taken } of mendedRows.slice(0, mostMendedShown)) {
    out.line(cut(`    ${printable(nameOf(source))}:${source.row}  ${mendings[mending]}`, out.columns))
    out.line(cut(`      ${printable(read)}`, out.columns))
    out.line(cut(`      → ${taken.map(printable).join(' │ ')}`, out.columns))
  }
}

const mostMendedShown = 3

/** What the data room says beside a file: its language, what is not certain and why, sheets that are not used. */
function doubtsOf({ recognised, tables, language: own, sheets }: FileRead, language: Language): string[] {
  if (tables.length === 0) return []
  const words = windowWords[language].data
  const { parts, languages, sheetUse } = words
  const unused = sheets.flatMap(({ name, use }) =>
    use === 'used' ? [] : [`[${printable(name)}] ${sheetUse[use]}`]
  )
  return [
    `${parts.language}: ${languages[own]}`,
    ...uncertainOf(recognised, language),
    ...fieldsOf(recognised, language),
    ...unused
  ]
}

function uncertainOf(recognised: RecognisedFile, language: Language): string[] {
  const { parts, sure, because, doubts, doubtfulWords } = windowWords[language].data
  return (Object.keys(parts) as RecognisedPart[]).flatMap((part) => {
    const certainty = recognised.certainty[part]
    if (!certainty?.doubt) return []
    const shown = (certainty.words ?? []).map(printable).join(language === 'ja' ? '」「' : '”, “')
    const where = shown === '' ? '' : doubtfulWords(shown)
    return [`${parts[part]}: ${sure[certainty.sure]}${because(doubts[certainty.doubt])}${where}`]
  })
}

const fieldsOf = ({ fields = [] }: RecognisedFile, language: Language): string[] =>
  fields.map(({ kind, field, count }) =>
    windowWords[language].data.fields[kind](printable(field), whole(count))
  )

/** A text that could be questions and answers is learnt as it stands until somebody says so. */
const waysOf = (recognised: RecognisedFile, { words }: Context): string[] =>
  recognised.shape === 'text'
    ? (recognised.splits ?? []).map(({ kind, pairs }) => words.data.couldSplit(kind, whole(pairs)))
    : []

/** Never silent: the first few with their reasons, and how many more there are. count: of all, where only the first are
 *  given. */
export function reportRefused(
  { out, words, language }: Context,
  refused: readonly RefusedRow[],
  { most, count = refused.length }: { readonly most: number; readonly count?: number }
): void {
  if (count === 0) return
  out.warning(words.data.refused(count))
  const rows = refused
    .slice(0, most)
    .map((row) => [
      `  ${printable(nameOf(row.source))}${row.source.row > 0 ? `:${row.source.row}` : ''}`,
      refusalSentence(row, language),
      printable(row.excerpt.replace(/\s+/g, ' '))
    ])
  for (const line of table(rows)) out.line(cut(line, out.columns))
  if (count > most) out.line(`  ${words.data.moreRefused(count - most)}`)
}

/** An Excel file has several sheets. */
function nameOf({ file, sheet }: { readonly file: string; readonly sheet?: string }): string {
  return sheet === undefined ? basename(file) : `${basename(file)} [${sheet}]`
}

export function refusalSentence(row: RefusedRow, language: Language): string {
  return wordsOf({ ...row, code: row.reason }, language).message
}
