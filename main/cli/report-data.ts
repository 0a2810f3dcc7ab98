// What was recognised in data files and which rows were refused, in lines for people.
import { basename } from 'node:path'
import type { RecognisedFile, RefusedRow } from '../contract/records'
import type { Language } from '../contract/language'
import { wordsOf } from '../words/errors'
import type { Context } from './context'
import { percentage, printable, whole } from './format'
import { table } from './table'
import { cut } from './width'

export function reportFiles({ out, words }: Context, files: readonly RecognisedFile[]): void {
  for (const file of files) {
    out.line(
      words.data.file(
        printable(nameOf(file)),
        file.format,
        file.encoding,
        words.data.shapes[file.shape],
        percentage(100 * file.confidence),
        whole(file.examples),
        whole(file.rows)
      )
    )
    if (file.titles && file.headerRow !== undefined) {
      const titles = words.data.titles(whole(file.headerRow), file.titles.map(printable).join(' / '))
      out.line(out.style(cut(`    ${titles}`, out.columns), 'dim'))
    }
    const mapping = Object.entries(file.mapping).map(([column, role]) => `${printable(column)} → ${role}`)
    if (mapping.length > 0) out.line(out.style(`    ${mapping.join(', ')}`, 'dim'))
  }
}

/** Never silent: the first few with their reasons, and how many more there are. */
export function reportRefused(
  { out, words, language }: Context,
  refused: readonly RefusedRow[],
  { most }: { readonly most: number }
): void {
  if (refused.length === 0) return
  out.warning(words.data.refused(refused.length))
  const rows = refused
    .slice(0, most)
    .map((row) => [
      `  ${printable(nameOf(row.source))}${row.source.row > 0 ? `:${row.source.row}` : ''}`,
      refusalSentence(row, language),
      printable(row.excerpt.replace(/\s+/g, ' '))
    ])
  for (const line of table(rows)) out.line(cut(line, out.columns))
  if (refused.length > most) out.line(`  ${words.data.moreRefused(refused.length - most)}`)
}

/** An Excel file has several sheets. */
function nameOf({ file, sheet }: { readonly file: string; readonly sheet?: string }): string {
  return sheet === undefined ? basename(file) : `${basename(file)} [${sheet}]`
}

export function refusalSentence(row: RefusedRow, language: Language): string {
  return wordsOf({ ...row, code: row.reason }, language).message
}
