// A workbook: its sheets in order, and the meaning of its cells. Knows no headers and no examples.
import { limits } from '../limits'
import { Comments } from '../packed/comments'
import { brokenOfficeFile, strangeOfficeFile } from '../packed/office-errors'
import { OfficePackage } from '../packed/office-package'
import { CellError } from '../cell-error'
import { CellStyles, type SheetLanguage } from './cell-styles'
import { formatNumber } from './number-format'
import { formatText } from './text-format'
import { written, type CellText, type TextRun } from './rich-text'
import type { CellValue } from '../table/grid'
import { nothing, seenRuns, type SeenCell } from './seen-runs'
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

  /** Notes on cells. A thread of them has a note besides, for programs that know no threads. */
  async commentsOf({ part }: Sheet): Promise<number> {
    const parts = [...(await this.file.relations(part)).values()]
    let most = 0
    for (const one of ['comments', 'threadedComment']) {
      const found = parts.find(({ kind, part }) => kind === one && this.file.has(part))
      const comments = new Comments()
      if (found) await this.file.readXml(found.part, comments)
      most = Math.max(most, comments.count)
    }
    return most
  }

  /** What the user sees of a cell, and what of it nobody sees. */
  seenOf(cell: RawCell): SeenCell {
    if (this.styles.isHidden(cell.style)) return nothing
    const runs = cell.type === 's' ? this.strings[Number(cell.value)]?.runs : cell.runs
    return runs ? seenRuns(runs.map((run) => this.lookOf(run, cell.style))) : this.seenWhole(cell)
  }

  /** A cell whose text has one look. */
  private seenWhole(cell: RawCell): SeenCell {
    const { style } = cell
    const value = this.written(cell)
    if (!this.styles.hasLook(style))
      return typeof value === 'string' && value.trim() === '' ? nothing : { ...nothing, value }
    const text = { text: String(value), isOwn: false, isStruck: false, isWhite: false, pictures: '' }
    const seen = seenRuns([this.lookOf(text, style)])
    return seen.value !== null && typeof value !== 'string' ? { ...nothing, value } : seen
  }

  /** A run in the look that it has in a cell of this style. */
  private lookOf(run: TextRun, style: number): TextRun {
    const { styles } = this
    if (run.isOwn) return { ...run, isWhite: run.isWhite && !styles.isFilled(style) }
    const [isStruck, isWhite] = [styles.isStruck(style), styles.isWhite(style)]
    return { ...run, isStruck, isWhite, pictures: styles.pictureFont(style) }
  }

  private formatted(text: string, style: number): string {
    return text === '' ? '' : formatText(text, this.styles.code(style, this.language))
  }

  private written({ type, value, style }: RawCell): CellValue {
    switch (type) {
      case 's':
        return this.formatted(this.strings[Number(value)]?.text ?? '', style)
      case 'str':
        return this.formatted(written(value), style)
      case 'inlineStr':
        return this.formatted(value, style)
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
