// The text of a cell as its runs give it, one after another. Readings (furigana) that Excel keeps beside
// Japanese words are not part of the text; runs that are struck out are kept apart.

export interface CellText {
  readonly text: string
  readonly struck: string
}

export class RichText {
  private text = ''
  private struck = ''
  private inText = false
  private inReading = 0
  private isStruck = false

  open(name: string, { val }: Readonly<Record<string, string>>): void {
    if (name === 'rPh') this.inReading++
    if (name === 'r') this.isStruck = false
    if (name === 'strike') this.isStruck = val !== '0' && val !== 'false'
    if (name === 't') this.inText = true
  }

  close(name: string): void {
    if (name === 'rPh') this.inReading--
    if (name === 'r') this.isStruck = false
    if (name === 't') this.inText = false
  }

  add(text: string): void {
    if (!this.inText || this.inReading > 0) return
    if (this.isStruck) this.struck += text
    else this.text += text
  }

  /** The whole text; the next one begins. */
  take(): CellText {
    const taken = { text: written(this.text), struck: written(this.struck).trim() }
    this.text = ''
    this.struck = ''
    return taken
  }
}

/** Signs that XML cannot hold are written as _x000D_; lines end with \n here, whatever wrote them. */
export function written(text: string): string {
  const plain = text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text
  return plain.includes('\r') ? plain.replace(/\r\n?/g, '\n') : plain
}
