// Sheets and files whose names say that they are older ones or copies of others beside them: what they hold is learnt too, and
// may say what no longer holds. They are named, since nobody but the user knows.
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

/** The same files, older ones with a note. */
export function withOldFiles<F extends { readonly recognised: RecognisedFile }>(
  files: readonly F[]
): readonly F[] {
  const nameOf = (file: string): string => file.replace(/\.[^.]*$/, '')
  const isOld = olderOf(files.map(({ recognised }) => nameOf(recognised.file)))
  return files.map((file) => {
    const { recognised } = file
    if (recognised.examples === 0 || !isOld(nameOf(recognised.file))) return file
    const note: FieldNote = { kind: 'old-file', field: recognised.file, count: recognised.examples }
    return { ...file, recognised: { ...recognised, fields: [...(recognised.fields ?? []), note] } }
  })
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
