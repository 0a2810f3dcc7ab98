// Sheets and files whose names say that they are older ones or copies of others beside them, or files that were kept apart for
// checking: what they hold is learnt too, and may say what no longer holds, or what was to be asked. They are named, since nobody but the user knows.
import type { FieldNote, RecognisedFile } from '../../../contract/records'
import type { TableContents } from './read-table'

const old =
  /旧|控え|バックアップ|コピー|下書き|ボツ|廃止|過去|変更前|修正前|改定前|改訂前|更新前|不要|使わない|削除|アーカイブ|(?<![a-z])(?:old|backup|bak|copy|draft|archived?|deprecated|obsolete|outdated|unused|prev(?:ious)?|tmp|temp)(?![a-z])/i
/** FAQ (2) is Excel's copy of FAQ, FAQ_v1 an older FAQ_v2, 2023年 older than 2024年. */
const numbered = /^(.*?)[\s_(（.-]{0,3}(v|ver\.?|rev\.?|第)?\s?(\d{1,4})(年度?|版|月)?[)）]?$/i

/** The same tables, those of older sheets with a note. */
export function withOldSheets(tables: readonly TableContents[]): readonly TableContents[] {
  const isOld = olderOf(tables.flatMap(({ recognised }) => recognised.sheet ?? []))
  return tables.map((table) => {
    const { sheet, fields = [], examples } = table.recognised
    if (sheet === undefined || !isOld(sheet)) return table
    const note: FieldNote = { kind: 'old-sheet', field: sheet, count: examples }
    return { ...table, recognised: { ...table.recognised, fields: [...fields, note] } }
  })
}

/** A part that was kept for checking: test.jsonl beside train.jsonl, FAQ_検証用.xlsx. */
const checking =
  /(?:^|[\s_.(（-])(?:test|tests|testing|valid|validation|val|dev|eval|evaluation|hold[-_ ]?out|held[-_ ]?out)(?:[\s_.-]?(?:set|data|split|\d{1,5}(?:-of-\d{1,5})?))?[)）]?$|(?:検証|評価|確認|テスト)(?:用|データ|セット)[)）]?$/i

/** The same files, older ones and those for checking with a note. */
export function withOldFiles<F extends { readonly recognised: RecognisedFile }>(
  files: readonly F[]
): readonly F[] {
  const nameOf = (file: string): string => file.replace(/\.[^.]*$/, '')
  // what nothing was read of is no newer one
  const names = files.flatMap(({ recognised }) => (recognised.examples > 0 ? [nameOf(recognised.file)] : []))
  const isOld = olderOf(names)
  const isForChecking = checkingOf(names)
  return files.map((file) => {
    const { recognised } = file
    const kind = isOld(nameOf(recognised.file))
      ? 'old-file'
      : isForChecking(nameOf(recognised.file))
        ? 'checking-file'
        : null
    if (recognised.examples === 0 || kind === null) return file
    const note: FieldNote = { kind, field: recognised.file, count: recognised.examples }
    return { ...file, recognised: { ...recognised, fields: [...(recognised.fields ?? []), note] } }
  })
}

/** Where all are for checking, they are what is to be read. */
function checkingOf(names: readonly string[]): (name: string) => boolean {
  const isSo = (name: string): boolean => checking.test(name.normalize('NFKC'))
  return names.every(isSo) ? () => false : isSo
}

/** Which of these names say so; where all do, none is older than the others. */
function olderOf(names: readonly string[]): (name: string) => boolean {
  const isOld = (name: string): boolean => {
    const plain = name.normalize('NFKC')
    return old.test(plain) || isEarlier(plain, names)
  }
  return names.length < 2 || names.every(isOld) ? () => false : isOld
}

/** Of the same name with a greater number; or a copy, which has a number where the other has none. */
function isEarlier(name: string, names: readonly string[]): boolean {
  const [, base = '', mark = '', number = '', unit = ''] = numbered.exec(name) ?? []
  if (number === '') return false
  const isCopy = mark === '' && unit === '' && /\(\d+\)$/.test(name)
  if (isCopy) return names.some((other) => other.normalize('NFKC').trim() === base.trim())
  // Sheet1 beside Sheet2 is no older one
  if (mark === '' && unit === '' && number.length < 4) return false
  return names.some((other) => {
    const [, otherBase = '', otherMark = '', otherNumber = '', otherUnit = ''] =
      numbered.exec(other.normalize('NFKC')) ?? []
    const isSame = otherBase === base && otherMark === mark && otherUnit === unit && unit !== '月'
    return isSame && Number(otherNumber) > Number(number)
  })
}
