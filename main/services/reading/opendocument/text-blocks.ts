// content.xml of an OpenDocument text as paragraphs and tables, in order. Text as the reader of the page sees it: what was
// deleted, hidden, struck out or never filled in is named apart; readings above the words and remarks are left out.
import { limits } from '../limits'
import type { Block, LeftOut } from '../docx/document-blocks'
import type { LeftOutReason } from '../docx/run-looks'
import type { Collector } from '../packed/office-package'
import { raised } from '../packed/raised-digits'
import { LimitProblem } from '../packed/xml-reader'
import { ListCounts } from './list-counts'
import { TextTables } from './text-tables'
import type { TextLook, TextStyles } from './text-styles'

type Attributes = Readonly<Record<string, string>>

/** Elements whose contents are not on the page, are there twice, or are remarks. */
const unseen = new Set(
  'annotation ruby-text title desc table-of-content illustration-index table-index object-index user-index alphabetical-index bibliography forms tracked-changes'.split(
    ' '
  )
)
/** Named for what they are. */
const apart: Readonly<Record<string, LeftOutReason>> = {
  placeholder: 'FORM_PLACEHOLDER',
  note: 'FOOTNOTE',
  'hidden-text': 'HIDDEN_TEXT'
}
/** Families of styles by the elements that have them. */
const families: Readonly<Record<string, string>> = {
  p: 'paragraph',
  h: 'paragraph',
  span: 'text',
  table: 'table',
  'table-row': 'table-row',
  'table-cell': 'table-cell'
}

interface OpenParagraph {
  text: string
  readonly heading: number
  readonly mark: string
}

export class TextBlocks implements Collector<Block | LeftOut> {
  private blocks: (Block | LeftOut)[] = []
  private line = 1
  private skipped = 0
  private skipReason: LeftOutReason | null = null
  private characters = 0
  private inBody = false
  /** remarks beside the text */
  comments = 0
  private readonly unseen = new Map<LeftOutReason, string>()
  private readonly paragraphs: OpenParagraph[] = []
  /** of the elements that are open and have one */
  private readonly looks: TextLook[] = []
  private readonly lists: ListCounts
  private readonly tables = new TextTables()
  /** text that was deleted, by the change that did it */
  private readonly deleted = new Map<string, string>()
  private change = ''
  private inChanges = false

  constructor(private readonly styles: TextStyles) {
    this.lists = new ListCounts(styles)
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'body') this.inBody = true
    if (!this.inBody) return this.styles.open(name, attributes)
    if (this.skipped > 0) {
      this.skipped++
      if (this.inChanges && name === 'changed-region') this.change = attributes['id'] ?? ''
      return
    }
    const isHiddenSection = name === 'section' && attributes['display'] === 'none'
    if (name === 'annotation') this.comments++
    if (unseen.has(name) || Object.hasOwn(apart, name) || isHiddenSection) {
      this.inChanges = name === 'tracked-changes'
      this.skipReason = isHiddenSection ? 'HIDDEN_TEXT' : (apart[name] ?? null)
      if (name === 'hidden-text') this.note('HIDDEN_TEXT', attributes['string-value'] ?? '')
      this.skipped = 1
      return
    }
    const family = families[name]
    if (family !== undefined) this.looks.push(this.styles.lookOf(family, attributes))
    this.openPlace(name, attributes)
    this.openText(name, attributes)
  }

  close(name: string): void {
    if (!this.inBody) return this.styles.close(name)
    if (this.skipped > 0) {
      this.skipped--
      if (this.skipped === 0 && this.paragraphs.length === 0) this.nameUnseen()
      return
    }
    if (name === 'p' || name === 'h') this.closeParagraph()
    else if (name === 'list') this.lists.close()
    else if (name === 'table-cell' || name === 'covered-table-cell') this.tables.closeCell()
    else if (name === 'table-row') {
      const line = this.tables.closeRow()
      if (line !== null) this.nameUnseen(line)
    } else if (name === 'table') {
      const rows = this.tables.close()
      if (rows) this.blocks.push({ kind: 'table', rows })
    }
    if (families[name] !== undefined) this.looks.pop()
  }

  text(text: string): void {
    // line ends of the XML are spaces of the text
    const plain = text.replace(/[ \t\r\n]+/g, ' ')
    if (this.inChanges && this.skipped > 0)
      this.deleted.set(this.change, ((this.deleted.get(this.change) ?? '') + plain).slice(0, limits.name))
    else if (this.skipped > 0) {
      if (this.skipReason) this.note(this.skipReason, plain)
    } else this.add(plain)
  }

  take(): readonly (Block | LeftOut)[] {
    const { blocks } = this
    this.blocks = []
    return blocks
  }

  private openPlace(name: string, attributes: Attributes): void {
    switch (name) {
      case 'list':
        return this.lists.open(attributes)
      case 'list-item':
        return this.lists.openItem(attributes)
      case 'list-header':
        return this.lists.openHeader()
      case 'table':
        return this.tables.open()
      case 'table-header-rows':
        return this.tables.markHeader()
      case 'table-row':
        if (this.tables.openRow(this.line)) this.line++
        return
      case 'table-cell':
      case 'covered-table-cell':
        return this.tables.openCell(name, attributes)
    }
  }

  private openText(name: string, attributes: Attributes): void {
    if (name === 'p' || name === 'h') {
      const level = Number(attributes['outline-level']) || 1
      const heading = name === 'h' ? level : this.styles.headingOf(attributes)
      this.paragraphs.push({ text: '', heading, mark: this.lists.next() })
    } else if (name === 's') this.add(' '.repeat(Math.min(1000, Number(attributes['c'] ?? 1) || 1)))
    else if (name === 'tab') this.add('\t')
    else if (name === 'line-break') this.add('\n')
    // where something was deleted
    else if (name === 'change')
      this.note('DELETED_TEXT', this.deleted.get(attributes['change-id'] ?? '') ?? '')
  }

  private add(text: string): void {
    const paragraph = this.paragraphs.at(-1)
    if (!paragraph) return
    this.characters += text.length
    if (this.characters > limits.sharedCharacters)
      throw new LimitProblem('more text than fits into the memory')
    const reason = this.reason()
    if (reason) return this.note(reason, text)
    const raise = this.last('raise')
    paragraph.text += raise ? raised(text, raise) : text
  }

  private reason(): LeftOutReason | null {
    if (this.last('isHidden')) return 'HIDDEN_TEXT'
    if (this.last('isStruck')) return 'STRUCK_OUT'
    return this.last('isWhite') && !this.looks.some(({ isFilled }) => isFilled) ? 'HIDDEN_TEXT' : null
  }

  /** What the innermost style says that says anything. */
  private last<Name extends keyof TextLook>(name: Name): TextLook[Name] {
    return this.looks.findLast((look) => look[name] !== undefined)?.[name]
  }

  private note(reason: LeftOutReason, text: string): void {
    this.unseen.set(reason, ((this.unseen.get(reason) ?? '') + text).slice(0, limits.name))
  }

  /** Told once for each paragraph, or for a table's row. */
  private nameUnseen(line = this.line): void {
    for (const [reason, text] of this.unseen)
      if (text.trim() !== '') this.blocks.push({ kind: 'left-out', line, reason, text: text.trim() })
    this.unseen.clear()
  }

  private closeParagraph(): void {
    const paragraph = this.paragraphs.pop()
    if (!paragraph) return
    const { heading, mark } = paragraph
    const text = paragraph.text.trim()
    if (this.tables.isInCell) return this.tables.add([mark, text].filter((part) => part !== '').join(' '))
    this.nameUnseen()
    if (text !== '') this.blocks.push({ kind: 'paragraph', line: this.line, text, heading, mark })
    this.line += text.split('\n').length
  }
}
