// The text of a cell as its runs give it, one after another. Readings (furigana) that Excel keeps beside
// Japanese words are not part of the text.

export class RichText {
  private text = ''
  private inText = false
  private inReading = 0

  open(name: string): void {
    if (name === 'rPh') this.inReading++
    if (name === 't') this.inText = true
  }

  close(name: string): void {
    if (name === 'rPh') this.inReading--
    if (name === 't') this.inText = false
  }

  add(text: string): void {
    if (this.inText && this.inReading === 0) this.text += text
  }

  /** The whole text; the next one begins. */
  take(): string {
    const text = written(this.text)
    this.text = ''
    return text
  }
}

/** Signs that XML cannot hold are written as _x000D_; lines end with \n here, whatever wrote them. */
export function written(text: string): string {
  const plain = text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text
  return plain.includes('\r') ? plain.replace(/\r\n?/g, '\n') : plain
}
