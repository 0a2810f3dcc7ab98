// Our own list of refused rows as a table: filled in by the user, its questions and answers are read like any other's.
// What keeps a spreadsheet from taking a text for a formula (files/csv) is taken off again. Pure.

export const refusedColumns = {
  ja: ['ファイル', 'シート', '行', '理由', '質問', '回答', '行の初め'],
  en: ['file', 'sheet', 'row', 'reason', 'question', 'answer', 'beginning of the row']
} as const

export const isRefusedList = (names: readonly string[]): boolean =>
  Object.values(refusedColumns).some((columns) => columns.every((column, i) => names[i] === column))

const guard = /^'(?=[\s\p{C}]*[=+\-@＝＋－＠])/u
const innerGuard = /'(?=[=+\-@＝＋－＠])(?<=[;\t\r\n][\s\p{C}]*')/gu

export const unguarded = (text: string): string => text.replace(guard, '').replace(innerGuard, '')
