// How the runs of text that are open look: struck out, hidden, white on white, in a font of pictures. A text box stands inside
// a run and has runs of its own.
import { isPictureFont } from '../packed/symbol-fonts'

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
  isWhite: boolean
  /** something stands behind it that is not white */
  isShaded: boolean
  /** a font of pictures; '' for letters */
  font: string
}

/** What may lie behind text: a style of tables, the page, a drawn shape. Nobody looks there, so nothing on it is called
 *  invisible. */
const backgrounds = new Set(['tblStyle', 'background', 'txbxContent'])

export class RunLooks {
  readonly #open: Look[] = []
  #hasBackground = false
  #paragraphs = 0
  /** of the paragraph, or of the cell around it */
  #shaded = { paragraph: false, cell: false }

  get isOpen(): boolean {
    return this.#open.length > 0
  }

  get font(): string {
    return this.#open.at(-1)?.font ?? ''
  }

  get reason(): LeftOutReason | null {
    const look = this.#open.at(-1)
    if (!look || look.reason !== null) return look?.reason ?? null
    const isSeen = !look.isWhite || look.isShaded || this.#hasBackground || this.#isOnShade
    return isSeen ? null : 'HIDDEN_TEXT'
  }

  get #isOnShade(): boolean {
    return this.#shaded.paragraph || this.#shaded.cell
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const { val = '' } = attributes
    const isOn = !/^(0|false|off|none)$/.test(val)
    const look = this.#open.at(-1)
    if (name === 'r') this.#open.push({ reason: null, isWhite: false, isShaded: false, font: '' })
    else if (name === 'p') {
      this.#paragraphs++
      this.#shaded.paragraph = false
    } else if (name === 'tc') this.#shaded.cell = false
    else if (backgrounds.has(name)) this.#hasBackground = true
    else if (name === 'shd') this.#shade(attributes['fill'] ?? '', attributes['val'] ?? '')
    if (!look) return
    if (name === 'vanish' && isOn) look.reason = 'HIDDEN_TEXT'
    else if (name === 'strike' || name === 'dstrike') {
      if (isOn) look.reason = 'STRUCK_OUT'
      else if (look.reason === 'STRUCK_OUT') look.reason = null
    } else if (name === 'color') look.isWhite = /^f{6}$/i.test(val)
    else if (name === 'highlight') look.isShaded = isOn && val !== 'white'
    else if (name === 'rFonts') look.font = [attributes['ascii'] ?? ''].find(isPictureFont) ?? ''
  }

  /** As a style says it. */
  mark(reason: LeftOutReason | null): void {
    const look = this.#open.at(-1)
    if (look && reason) look.reason = reason
  }

  close(name: string): void {
    if (name === 'r') this.#open.pop()
    else if (name === 'p') this.#paragraphs--
    else if (name === 'tc') this.#shaded.cell = false
  }

  #shade(fill: string, pattern: string): void {
    const isShaded = !/^(auto|f{6}|)$/i.test(fill) || !/^(clear|nil|)$/.test(pattern)
    if (!isShaded) return
    const look = this.#open.at(-1)
    if (look) look.isShaded = true
    else if (this.#paragraphs > 0) this.#shaded.paragraph = true
    else this.#shaded.cell = true
  }
}
