// styles.xml of a Word file, as far as it says which paragraphs are headings or in a list, and which text is not seen.
import type { XmlHandler } from '../packed/xml-reader'
import { isShade, isWhiteColour } from './shades'

interface Style {
  name: string
  basedOn: string
  /** 0 = first level; null where the style does not say */
  outline: number | null
  list: { id: string; level: string } | null
  unseen: 'STRUCK_OUT' | 'HIDDEN_TEXT' | null
  /** null where the style does not say */
  isWhite: boolean | null
  isShaded: boolean | null
}

const unsaid: Style = {
  ...{ name: '', basedOn: '', outline: null, list: null },
  ...{ unseen: null, isWhite: null, isShaded: null }
}

/** Styles may stand on one another in a circle in a damaged file. */
const deepest = 12

export class ParagraphStyles implements XmlHandler {
  private readonly styles = new Map<string, Style>()
  private current: Style | null = null
  /** of paragraphs that name none */
  private standard = ''

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const { styleId, val } = attributes
    if (name === 'style') {
      this.current = { ...unsaid }
      if (styleId !== undefined) this.styles.set(styleId, this.current)
      const isDefault =
        attributes['type'] === 'paragraph' && /^(1|true|on)$/.test(attributes['default'] ?? '')
      if (isDefault && styleId !== undefined) this.standard = styleId
    }
    if (!this.current) return
    const isOn = val !== '0' && val !== 'false'
    if ((name === 'strike' || name === 'dstrike') && isOn) this.current.unseen = 'STRUCK_OUT'
    if (name === 'vanish' && isOn) this.current.unseen = 'HIDDEN_TEXT'
    if (name === 'shd' && isShade(attributes)) this.current.isShaded = true
    if (val === undefined) return
    if (name === 'color') this.current.isWhite = isWhiteColour(val)
    if (name === 'numId') this.current.list = { id: val, level: this.current.list?.level ?? '0' }
    if (name === 'ilvl') this.current.list = { id: this.current.list?.id ?? '', level: val }
    if (name === 'name') this.current.name = val
    if (name === 'basedOn') this.current.basedOn = val
    if (name === 'outlineLvl') this.current.outline = Number(val)
  }

  close(name: string): void {
    if (name === 'style') this.current = null
  }

  /** The list that paragraphs of a style are in. */
  listOf(styleId: string): { readonly id: string; readonly level: string } | null {
    return this.first(styleId, ({ list }) => (list?.id ? list : null))
  }

  /** Why text in a style is not meant to be read, null for all other. */
  unseenIn(styleId: string): Style['unseen'] {
    return this.first(styleId, ({ unseen }) => unseen)
  }

  /** White letters, null where no style says; what lies behind them is another matter. */
  isWhite(styleId: string): boolean | null {
    return this.first(styleId, ({ isWhite }) => isWhite)
  }

  /** Something behind the text, in any part of a table. */
  isShaded(styleId: string): boolean {
    return this.first(styleId, ({ isShaded }) => isShaded) ?? false
  }

  /** The first answer of a style or one that it stands on. */
  private first<T>(styleId: string, answer: (style: Style) => T | null): T | null {
    let style = this.styles.get(styleId === '' ? this.standard : styleId)
    for (let depth = 0; style && depth < deepest; depth++) {
      const found = answer(style)
      if (found !== null) return found
      style = this.styles.get(style.basedOn)
    }
    return null
  }

  /** Lines of a table of contents: Word repeats the headings there. */
  isContents(styleId: string): boolean {
    return /^(toc|目次)\s*\d/i.test(this.styles.get(styleId)?.name ?? '')
  }

  /** 1 for a heading of the first level, -1 for the title of the document, 0 for a paragraph of text. */
  headingLevel(styleId: string): number {
    let id = styleId
    for (let depth = 0; depth < deepest; depth++) {
      const style = this.styles.get(id)
      if (!style) return levelOfName(id)
      const level = levelOfName(style.name)
      if (style.outline !== null && level >= 0) return style.outline < 9 ? style.outline + 1 : 0
      if (level !== 0 || style.basedOn === '') return level
      id = style.basedOn
    }
    return 0
  }
}

/** of those that tell a level */
const longestName = 200

function levelOfName(name: string): number {
  if (name.length > longestName) return 0
  if (/^(title|subtitle|表題|副題)$/i.test(name.trim())) return -1
  return Number(/^(?:heading|見出し)\s*([1-9])$/i.exec(name.normalize('NFKC').trim())?.[1] ?? 0)
}
