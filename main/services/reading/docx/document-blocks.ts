// document.xml of a Word file as paragraphs and tables, in order. Text as the reader of the page sees it: what was deleted,
// hidden, struck out or never filled in is named apart; readings above the words are left out. Nothing is known of
// questions.
import { limits } from '../limits'
import type { Collector } from '../packed/office-package'
import { LimitProblem } from '../packed/xml-reader'
import { FormFields } from './form-fields'
import type { ListMarks } from './list-marks'
import type { ParagraphStyles } from './paragraph-styles'
import { RunLooks, type LeftOutReason } from './run-looks'
import { raised, raiseOf, type Raise } from '../packed/raised-digits'
import { seenIn } from '../packed/symbol-fonts'

export interface Paragraph {
  readonly kind: 'paragraph'
  /** 1-based line of the document at which it begins; a table's row counts as one line */
  readonly line: number
  readonly text: string
  /** 1 and up for a heading, -1 for the document's title, 0 for text */
  readonly heading: number
  /** what Word writes before it as part of a list */
  readonly mark: string
}

/** What is in the file and not on the page, or not meant to be read. */
export interface LeftOut {
  readonly kind: 'left-out'
  readonly line: number
  readonly reason: LeftOutReason
  readonly text: string
}

/** A part of the package that stands here whole. */
export interface Chunk {
  readonly kind: 'chunk'
  readonly line: number
  readonly id: string
}

export interface Table {
  readonly kind: 'table'
  readonly rows: readonly {
    readonly line: number
    readonly cells: readonly string[]
    readonly isHeader: boolean
  }[]
}

export type Block = Paragraph | Table
export type DocumentPart = Block | LeftOut | Chunk

/** Elements whose contents are not on the page, or are there twice. */
const unseen = new Set([
  'del',
  'moveFrom',
  'delText',
  'instrText',
  'rt',
  'Fallback',
  'pPrChange',
  'rPrChange',
  'tblPrChange',
  'trPrChange',
  'tcPrChange',
  'sdtPr',
  'binData'
])

interface OpenParagraph {
  text: string
  style: string
  /** set on the paragraph itself; null where its style decides */
  outline: number | null
  /** '' where its style decides, 0: none */
  list: string
  level: string
}

interface OpenCell {
  readonly parts: string[]
  span: number
  /** joined to the cell above it, whose text it shows */
  continues: boolean
}

interface OpenRow {
  readonly line: number
  readonly cells: string[]
  isHeader: boolean
  isDeleted: boolean
}

interface OpenTable {
  readonly rows: OpenRow[]
  row: OpenRow | null
  cell: OpenCell | null
}

const mathParts = new Set(['num', 'den', 'sup', 'sub'])
export class DocumentBlocks implements Collector<DocumentPart> {
  private blocks: DocumentPart[] = []
  private line = 1
  private skipped = 0
  /** why what is being skipped is named; null for what is on no page */
  private skipReason: LeftOutReason | null = null
  private readonly unseen = new Map<LeftOutReason, string>()
  /** for each form field that is open: does it show only its placeholder? */
  private readonly fields: boolean[] = []
  private characters = 0
  private inText = false
  private inRowProperties = false
  private readonly runs: RunLooks
  private readonly forms = new FormFields()
  private readonly paragraphs: OpenParagraph[] = []
  /** for each part of a formula that is open: where it begins in its paragraph */
  private readonly math: number[] = []
  /** of a run above or below the line: what its digits look like there */
  private raised: Raise | null = null
  private readonly tables: OpenTable[] = []

  constructor(
    private readonly styles: ParagraphStyles,
    private readonly lists: ListMarks
  ) {
    this.runs = new RunLooks(styles)
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'del' && this.inRowProperties) this.markRow('isDeleted')
    if (name === 'showingPlcHdr' && this.fields.length > 0) this.fields[this.fields.length - 1] = true
    if (this.skipped > 0) {
      this.skipped++
      if (name === 't' || name === 'delText') this.inText = true
      return
    }
    const isPlaceholder = name === 'sdtContent' && this.fields.at(-1) === true
    if (unseen.has(name) || isPlaceholder) {
      this.skipped = 1
      this.skipReason = isPlaceholder ? 'FORM_PLACEHOLDER' : name === 'del' ? 'DELETED_TEXT' : null
      return
    }
    this.runs.open(name, attributes)
    this.forms.open(name, attributes)
    const { val = '' } = attributes
    const isOn = !/^(0|false|off|none)$/.test(val)
    switch (name) {
      case 'p':
        this.paragraphs.push({ text: '', style: '', outline: null, list: '', level: '0' })
        break
      case 'sym':
        this.addIn(
          attributes['font'] ?? '',
          String.fromCodePoint(parseInt(attributes['char'] ?? '', 16) || 0x20)
        )
        break
      case 't':
        this.inText = true
        break
      case 'tbl':
        this.tables.push({ rows: [], row: null, cell: null })
        break
      case 'tr':
        this.openRow()
        break
      case 'trPr':
        this.inRowProperties = true
        break
      case 'tblHeader':
        if (isOn) this.markRow('isHeader')
        break
      case 'tc':
        this.openCell()
        break
      case 'rStyle':
        this.runs.inStyle(val)
        break
      case 'sdt':
        this.fields.push(false)
        break
      case 'altChunk':
        if (attributes['id'] !== undefined && this.tables.length === 0)
          this.blocks.push({ kind: 'chunk', line: this.line++, id: attributes['id'] })
        else this.note('EMBEDDED_PART', `[${attributes['id'] ?? ''}]`)
        break
      // a part of the document that lies in a file of its own
      case 'subDoc':
        this.note('EMBEDDED_PART', `[${attributes['id'] ?? ''}]`)
        break
      case 'footnoteReference':
      case 'endnoteReference':
        this.note('FOOTNOTE', `[${attributes['id'] ?? ''}]`)
        break
      case 'num':
      case 'den':
      case 'sup':
      case 'sub':
        this.openMath(name)
        break
      case 'vertAlign':
        this.raised = raiseOf(val)
        break
      case 'tab':
      case 'br':
      case 'cr':
      case 'noBreakHyphen':
        if (this.runs.isOpen) this.add(name === 'tab' ? '\t' : name === 'noBreakHyphen' ? '-' : '\n')
        break
      default:
        this.setProperty(name, val)
    }
  }

  close(name: string): void {
    if (name === 'sdt') this.fields.pop()
    if (this.skipped > 0) {
      this.skipped--
      if (name === 't' || name === 'delText') this.inText = false
      if (name === 'p' && this.skipReason) this.note(this.skipReason, ' ')
      if (this.skipped === 0 && this.paragraphs.length === 0 && this.tables.length === 0) this.nameUnseen()
      return
    }
    const chosen = this.forms.close(name)
    if (chosen !== '') this.add(chosen)
    this.runs.close(name)
    if (name === 'p') this.closeParagraph()
    else if (name === 'r') this.raised = null
    else if (mathParts.has(name)) this.closeMath()
    else if (name === 't') this.inText = false
    else if (name === 'trPr') this.inRowProperties = false
    else if (name === 'tc') this.closeCell()
    else if (name === 'tr') this.closeRow()
    else if (name === 'tbl') this.closeTable()
  }

  text(text: string): void {
    if (!this.inText) return
    if (this.skipped === 0) this.addIn(this.runs.font, this.raised ? raised(text, this.raised) : text)
    else if (this.skipReason) this.note(this.skipReason, text)
  }

  take(): readonly DocumentPart[] {
    const { blocks } = this
    this.blocks = []
    return blocks
  }

  /** Parts of a formula in a line: 1/2, x^2, (a+b)/c. */
  private openMath(name: string): void {
    if (name !== 'num') this.add(name === 'den' ? '/' : name === 'sup' ? '^' : '_')
    this.math.push(this.paragraphs.at(-1)?.text.length ?? 0)
  }

  private closeMath(): void {
    const from = this.math.pop() ?? 0
    const paragraph = this.paragraphs.at(-1)
    const part = paragraph?.text.slice(from) ?? ''
    if (paragraph && /[^\p{L}\p{N}.,]/u.test(part))
      paragraph.text = `${paragraph.text.slice(0, from)}(${part})`
  }

  /** In a font of pictures, what is seen is not what is written. */
  private addIn(font: string, text: string): void {
    const seen = seenIn(font, text)
    if (seen === null) this.note('SYMBOL_FONT', text)
    else this.add(seen)
  }

  private add(text: string): void {
    const paragraph = this.paragraphs.at(-1)
    if (!paragraph) return
    this.characters += text.length
    if (this.characters > limits.sharedCharacters)
      throw new LimitProblem('more text than fits into the memory')
    const reason = this.runs.reasonIn(paragraph.style)
    if (reason) this.note(reason, text)
    else paragraph.text += this.runs.isCapital ? text.toUpperCase() : text
  }

  private note(reason: LeftOutReason, text: string): void {
    this.unseen.set(reason, ((this.unseen.get(reason) ?? '') + text).slice(0, 200))
  }

  /** Told once for each paragraph, or for a table's row. */
  private nameUnseen(line = this.line): void {
    for (const [reason, text] of this.unseen) {
      if (text.trim() !== '') this.blocks.push({ kind: 'left-out', line, reason, text: text.trim() })
    }
    this.unseen.clear()
  }

  private setProperty(name: string, val: string): void {
    const paragraph = this.paragraphs.at(-1)
    const cell = this.tables.at(-1)?.cell
    if (name === 'pStyle' && paragraph) paragraph.style = val
    if (name === 'outlineLvl' && paragraph) paragraph.outline = Number(val)
    if (name === 'numId' && paragraph) paragraph.list = val
    if (name === 'ilvl' && paragraph) paragraph.level = val
    if (name === 'gridSpan' && cell) cell.span = Math.min(63, Math.max(1, Number(val) || 1))
    if (name === 'vMerge' && cell) cell.continues = val !== 'restart'
  }

  private markRow(mark: 'isHeader' | 'isDeleted'): void {
    const row = this.tables.at(-1)?.row
    if (row) row[mark] = true
  }

  private closeParagraph(): void {
    const paragraph = this.paragraphs.pop()
    if (!paragraph) return
    const cell = this.tables.at(-1)?.cell
    const { outline, style } = paragraph
    const text = paragraph.text.trim()
    const list =
      paragraph.list === '' ? this.styles.listOf(style) : { id: paragraph.list, level: paragraph.level }
    if (cell) {
      // a column of numbers is written by Word alone
      const number = list ? this.lists.next(list.id, list.level) : ''
      if (text !== '' || number !== '')
        cell.parts.push([number, text].filter((part) => part !== '').join(' '))
      return
    }
    this.nameUnseen()
    const heading = outline === null ? this.styles.headingLevel(style) : outline < 9 ? outline + 1 : 0
    // Word counts empty paragraphs of a list, too
    const mark = list ? this.lists.next(list.id, list.level) : ''
    const isSeen = text !== '' && !this.styles.isContents(style)
    if (isSeen) this.blocks.push({ kind: 'paragraph', line: this.line, text, heading, mark })
    this.line += text.split('\n').length
  }

  private openRow(): void {
    const table = this.tables.at(-1)
    if (!table) return
    table.row = { line: this.line, cells: [], isHeader: false, isDeleted: false }
    if (this.tables.length === 1) this.line++
  }

  private openCell(): void {
    const table = this.tables.at(-1)
    if (table) table.cell = { parts: [], span: 1, continues: false }
  }

  private closeCell(): void {
    const table = this.tables.at(-1)
    if (!table?.cell || !table.row) return
    const { parts, span, continues } = table.cell
    const above = table.rows.at(-1)?.cells[table.row.cells.length] ?? ''
    const text = continues ? above : parts.join('\n')
    // a cell over several columns is read once; the columns behind it stay where they are
    table.row.cells.push(text)
    for (let column = 1; column < span; column++) table.row.cells.push('')
    table.cell = null
  }

  private closeRow(): void {
    const table = this.tables.at(-1)
    if (table?.row && !table.row.isDeleted) table.rows.push(table.row)
    if (table?.row && this.tables.length === 1) {
      if (table.row.isDeleted) this.note('DELETED_TEXT', table.row.cells.join(' '))
      this.nameUnseen(table.row.line)
    }
    if (table) table.row = null
  }

  /** A table inside a cell is part of the cell's text. */
  private closeTable(): void {
    const table = this.tables.pop()
    if (!table) return
    const outer = this.tables.at(-1)?.cell
    if (!outer) this.blocks.push({ kind: 'table', rows: table.rows })
    else for (const { cells } of table.rows) outer.parts.push(cells.filter((cell) => cell !== '').join('\t'))
  }
}
