// How the runs of text that are open look: struck out, hidden, white on white, in a font of pictures. A text box stands inside
// a run and has runs of its own.
import { isPictureFont } from '../packed/symbol-fonts'
import { isShade, isWhiteColour } from './shades'

/** Why text is named apart from what is read. */
export type LeftOutReason =
  | 'DELETED_TEXT'
  | 'HIDDEN_TEXT'
  | 'STRUCK_OUT'
  | 'FORM_PLACEHOLDER'
  | 'FOOTNOTE'
  | 'EMBEDDED_PART'
  | 'SYMBOL_FONT'

interface Look {
  /** why it is not read, whatever else it is */
  reason: LeftOutReason | null
  /** null where its paragraph decides */
  isWhite: boolean | null
  /** something stands behind it that is not white */
  isShaded: boolean
  /** written in capitals, however its letters are stored */
  isCapital: boolean
  /** a font of pictures; '' for letters */
  font: string
}

/** Of styles, what says whether text in them is seen. */
export interface StyleLooks {
  unseenIn(style: string): LeftOutReason | null
  /** null where it does not say */
  isWhite(style: string): boolean | null
  isShaded(style: string): boolean
}

export class RunLooks {
  readonly #open: Look[] = []
  /** the page has a colour: nobody looks which, so nothing on it is called invisible */
  #hasPageColour = false
  /** drawn shapes that are open; they may have one, too */
  #boxes = 0
  /** for each table that is open: is it shaded? */
  readonly #tables: boolean[] = []
  /** its properties are open */
  #inTable = false
  #paragraphs = 0
  /** of the paragraph, or of the cell around it */
  #shaded = { paragraph: false, cell: false }

  constructor(private readonly styles: StyleLooks) {}

  get isOpen(): boolean {
    return this.#open.length > 0
  }

  get isCapital(): boolean {
    return this.#open.at(-1)?.isCapital ?? false
  }

  get font(): string {
    return this.#open.at(-1)?.font ?? ''
  }

  /** Why text of a paragraph in this style is not read. */
  reasonIn(style: string): LeftOutReason | null {
    const look = this.#open.at(-1)
    if (look && look.reason !== null) return look.reason
    const unseen = this.styles.unseenIn(style)
    if (unseen !== null) return unseen
    const isWhite = look?.isWhite ?? this.styles.isWhite(style) ?? false
    const isSeen = !isWhite || look?.isShaded || this.#isOnShade || this.styles.isShaded(style)
    return isSeen ? null : 'HIDDEN_TEXT'
  }

  get #isOnShade(): boolean {
    const { paragraph, cell } = this.#shaded
    return paragraph || cell || this.#hasPageColour || this.#boxes > 0 || this.#tables.includes(true)
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const { val = '' } = attributes
    const isOn = !/^(0|false|off|none)$/.test(val)
    const look = this.#open.at(-1)
    if (name === 'r')
      this.#open.push({ reason: null, isWhite: null, isShaded: false, isCapital: false, font: '' })
    else if (name === 'p') {
      this.#paragraphs++
      this.#shaded.paragraph = false
    } else if (name === 'tc') this.#shaded.cell = false
    else if (name === 'tbl') this.#tables.push(false)
    else if (name === 'tblStyle') this.#shadeTable(this.styles.isShaded(val))
    else if (name === 'background') this.#hasPageColour = true
    else if (name === 'txbxContent') this.#boxes++
    else if (name === 'tblPr') this.#inTable = true
    else if (name === 'shd') this.#shade(attributes)
    if (!look) return
    if (name === 'vanish' && isOn) look.reason = 'HIDDEN_TEXT'
    else if (name === 'strike' || name === 'dstrike') {
      if (isOn) look.reason = 'STRUCK_OUT'
      else if (look.reason === 'STRUCK_OUT') look.reason = null
    } else if (name === 'caps') look.isCapital = isOn
    // half points: nobody reads one of a point
    else if (name === 'sz' && Number(val) > 0 && Number(val) <= 2) look.reason = 'HIDDEN_TEXT'
    else if (name === 'color') look.isWhite = isWhiteColour(val)
    else if (name === 'highlight') look.isShaded = isOn && val !== 'white'
    else if (name === 'rFonts') look.font = [attributes['ascii'] ?? ''].find(isPictureFont) ?? ''
  }

  /** In a style of characters. */
  inStyle(style: string): void {
    const look = this.#open.at(-1)
    if (!look) return
    look.reason = this.styles.unseenIn(style) ?? look.reason
    look.isWhite = this.styles.isWhite(style) ?? look.isWhite
    if (this.styles.isShaded(style)) look.isShaded = true
  }

  close(name: string): void {
    if (name === 'r') this.#open.pop()
    else if (name === 'p') this.#paragraphs--
    else if (name === 'tc') this.#shaded.cell = false
    else if (name === 'tbl') this.#tables.pop()
    else if (name === 'txbxContent') this.#boxes--
    else if (name === 'tblPr') this.#inTable = false
  }

  #shadeTable(isShaded: boolean): void {
    if (isShaded && this.#tables.length > 0) this.#tables[this.#tables.length - 1] = true
  }

  #shade(attributes: Readonly<Record<string, string>>): void {
    if (!isShade(attributes)) return
    if (this.#inTable) return this.#shadeTable(true)
    const look = this.#open.at(-1)
    if (look) look.isShaded = true
    else if (this.#paragraphs > 0) this.#shaded.paragraph = true
    else this.#shaded.cell = true
  }
}
