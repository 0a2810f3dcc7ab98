// A workbook: its sheets in order, and the meaning of its cells. Knows no headers and no examples.
import { limits } from '../limits'
import { brokenOfficeFile, strangeOfficeFile } from '../packed/office-errors'
import { OfficePackage } from '../packed/office-package'
import { seenIn } from '../packed/symbol-fonts'
import { CellError } from '../cell-error'
import { CellStyles, type SheetLanguage } from './cell-styles'
import { formatNumber } from './number-format'
import { written, type CellText } from './rich-text'
import type { CellValue, UnseenText } from '../table/grid'
import { SharedStrings } from './shared-strings'
import type { RawCell } from './sheet-cells'

export interface Sheet {
  readonly name: string
  readonly hidden: boolean
  readonly part: string
}

export class Workbook {
  private constructor(
    readonly file: OfficePackage,
    readonly sheets: readonly Sheet[],
    private readonly strings: readonly CellText[],
    private readonly styles: CellStyles,
    private readonly since1904: boolean,
    private readonly language: SheetLanguage
  ) {}

  static async open(path: string): Promise<Workbook> {
    const file = await OfficePackage.open(path)
    try {
      const main = await file.mainPart()
      const { sheets, since1904 } = await readSheets(file, main)
      const parts = [...(await file.relations(main)).values()]
      const partOf = (kind: string): string | undefined =>
        parts.find((relation) => relation.kind === kind && file.has(relation.part))?.part
      const styles = new CellStyles()
      const stylesPart = partOf('styles')
      if (stylesPart) await file.readXml(stylesPart, styles)
      const strings: CellText[] = []
      const stringsPart = partOf('sharedStrings')
      if (stringsPart) {
        for await (const text of file.collect(stringsPart, new SharedStrings())) strings.push(text)
      }
      const language = isJapanese([
        ...sheets.map(({ name }) => name),
        ...strings.slice(0, 1000).map(({ text }) => text)
      ])
        ? 'ja'
        : 'en'
      return new Workbook(file, sheets, strings, styles, since1904, language)
    } catch (error) {
      await file.close()
      throw error
    }
  }

  close(): Promise<void> {
    return this.file.close()
  }

  /** The value as the user sees it in the cell; null where nothing is seen. */
  valueOf(cell: RawCell): CellValue | null {
    if (this.styles.isHidden(cell.style) || this.styles.isStruck(cell.style)) return null
    if (this.styles.isWhite(cell.style)) return null
    const value = this.written(cell)
    const font = this.styles.pictureFont(cell.style)
    const seen = font !== '' && typeof value === 'string' ? seenIn(font, value) : value
    return seen === null || (typeof seen === 'string' && seen.trim() === '') ? null : seen
  }

  /** What of it nobody sees, and why; null where all of it is seen. */
  unseenOf(cell: RawCell): UnseenText | null {
    const font = this.styles.pictureFont(cell.style)
    const isWhite = this.styles.isWhite(cell.style)
    if (!isWhite && font === '') return null
    const text = String(this.written(cell)).trim()
    if (text === '' || (!isWhite && seenIn(font, text) !== null)) return null
    return { reason: isWhite ? 'HIDDEN_TEXT' : 'SYMBOL_FONT', text }
  }

  /** What of it is struck out, '' for nothing. */
  struckOf(cell: RawCell): string {
    if (this.styles.isStruck(cell.style)) return String(this.written(cell)).trim()
    return cell.type === 's' ? (this.strings[Number(cell.value)]?.struck ?? '') : cell.struck
  }

  private written({ type, value, style }: RawCell): CellValue {
    switch (type) {
      case 's':
        return this.strings[Number(value)]?.text ?? ''
      case 'str':
        return written(value)
      case 'inlineStr':
        return value
      case 'b':
        return value === '1' || value === 'true' ? 'TRUE' : 'FALSE'
      case 'e':
        return new CellError(value)
      case 'd':
        return withoutMidnight(value)
      default: {
        const number = Number(value)
        if (!Number.isFinite(number)) return value
        return formatNumber(number, this.styles.code(style, this.language), this.since1904)
      }
    }
  }
}

/** A day is written as the moment at which it begins. */
function withoutMidnight(value: string): string {
  const [day = '', time = ''] = value.split('T')
  return /^00:00:00(\.0{0,9})?Z?$/.test(time) ? day : value
}

async function readSheets(
  file: OfficePackage,
  main: string
): Promise<{ sheets: readonly Sheet[]; since1904: boolean }> {
  const found: { name: string; state: string; id: string }[] = []
  let since1904 = false
  let isWorkbook = false
  await file.readXml(main, {
    open: (element, { name, state = 'visible', id, date1904 }) => {
      if (element === 'workbook') isWorkbook = true
      if (element === 'workbookPr') since1904 = date1904 === '1' || date1904 === 'true'
      if (element === 'sheet' && name !== undefined && id !== undefined) found.push({ name, state, id })
    }
  })
  if (!isWorkbook) throw brokenOfficeFile(file.path, 'not a workbook')
  const relations = await file.relations(main)
  if (found.length > limits.sheets) throw strangeOfficeFile(file.path)
  const sheets = found.flatMap(({ name, state, id }): Sheet[] => {
    const relation = relations.get(id)
    // a sheet may also be a chart
    if (relation?.kind !== 'worksheet') return []
    return [{ name, hidden: state !== 'visible', part: relation.part }]
  })
  // one part under many names would be read again for each
  if (new Set(sheets.map(({ part }) => part)).size < sheets.length) throw strangeOfficeFile(file.path)
  return { sheets, since1904 }
}

/** Decides how dates and money without a code of their own look: as in the country of whoever wrote the file. */
function isJapanese(texts: readonly string[]): boolean {
  return texts.some((text) => /[\u3041-\u30ff\u4e00-\u9fff]/.test(text))
}
