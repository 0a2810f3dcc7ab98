// The text of a cell as its runs give it, one after another, and how each run looks. Readings (furigana) that Excel keeps
// beside Japanese words are not part of the text.
import { raised, raiseOf, type Raise } from '../packed/raised-digits'
import { isPictureFont } from '../packed/symbol-fonts'
import { isWhiteColour } from './colours'

/** A piece of a cell's text in one look. */
export interface TextRun {
  readonly text: string
  /** it says itself how it looks; otherwise it looks as its cell does */
  readonly isOwn: boolean
  readonly isStruck: boolean
  readonly isWhite: boolean
  /** a font of pictures, '' for letters */
  readonly pictures: string
}

export interface CellText {
  readonly text: string
  /** absent where the whole text looks as the cell does */
  readonly runs?: readonly TextRun[]
}

const asItsCell = { text: '', isOwn: false, isStruck: false, isWhite: false, pictures: '' }

export class RichText {
  private runs: TextRun[] = []
  private run: { -readonly [K in keyof TextRun]: TextRun[K] } = { ...asItsCell }
  private raise: Raise | null = null
  private inText = false
  private inReading = 0

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const { val } = attributes
    if (name === 'rPh') this.inReading++
    if (name === 'r') this.next()
    if (name === 'rPr') this.run.isOwn = true
    if (name === 'strike') this.run.isStruck = val !== '0' && val !== 'false'
    if (name === 'color') this.run.isWhite = isWhiteColour(attributes)
    if (name === 'rFont' && isPictureFont(val ?? '')) this.run.pictures = val ?? ''
    if (name === 'vertAlign') this.raise = raiseOf(val)
    if (name === 't') this.inText = true
  }

  close(name: string): void {
    if (name === 'rPh') this.inReading--
    if (name === 'r') this.next()
    if (name === 't') this.inText = false
  }

  add(text: string): void {
    if (this.inText && this.inReading === 0) this.run.text += text
  }

  /** The whole text; the next one begins. */
  take(): CellText {
    this.next()
    const { runs } = this
    this.runs = []
    const text = runs.map((run) => run.text).join('')
    return runs.some(({ isOwn }) => isOwn) ? { text, runs } : { text }
  }

  private next(): void {
    const { raise, run } = this
    const text = written(run.text)
    if (text !== '') this.runs.push({ ...run, text: raise ? raised(text, raise) : text })
    this.run = { ...asItsCell }
    this.raise = null
  }
}

/** Signs that XML cannot hold are written as _x000D_; lines end with \n here, whatever wrote them. */
export function written(text: string): string {
  const plain = text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text
  return plain.includes('\r') ? plain.replace(/\r\n?/g, '\n') : plain
}
