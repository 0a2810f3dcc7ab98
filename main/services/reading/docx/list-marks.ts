// numbering.xml of a Word file: what Word itself writes before the paragraphs of a list. "Q1." may stand there
// and nowhere in the text.
import type { XmlHandler } from '../packed/xml-reader'

export class ListMarks implements XmlHandler {
  /** list and level -> "Q%1." */
  private readonly marks = new Map<string, string>()
  private readonly lists = new Map<string, string>()
  private abstract = ''
  private list = ''
  private level = ''

  open(name: string, { abstractNumId, numId, ilvl, val }: Readonly<Record<string, string>>): void {
    if (name === 'abstractNum') this.abstract = abstractNumId ?? ''
    if (name === 'num') this.list = numId ?? ''
    if (name === 'lvl') this.level = ilvl ?? ''
    if (name === 'lvlText') this.marks.set(`${this.abstract} ${this.level}`, val ?? '')
    if (name === 'abstractNumId') this.lists.set(this.list, val ?? '')
  }

  /** The mark with 1 for every number: which one it is does not matter here. */
  markOf(list: string, level: string): string {
    return (this.marks.get(`${this.lists.get(list) ?? ''} ${level}`) ?? '').replace(/%\d/g, '1')
  }
}
