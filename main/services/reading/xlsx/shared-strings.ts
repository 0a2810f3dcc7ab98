// sharedStrings.xml: the texts that cells refer to by number. They are kept in memory, because a cell may refer
// to any of them; no more of them than fit there.
import { limits } from '../limits'
import { LimitProblem } from '../packed/xml-reader'
import type { Collector } from '../packed/office-package'
import { RichText, type CellText } from './rich-text'

export class SharedStrings implements Collector<CellText> {
  private readonly current = new RichText()
  private found: CellText[] = []
  private count = 0
  private characters = 0

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.current.open(name, attributes)
  }

  close(name: string): void {
    this.current.close(name)
    if (name !== 'si') return
    const text = this.current.take()
    this.characters += text.text.length
    if (++this.count > limits.sharedTexts || this.characters > limits.sharedCharacters)
      throw new LimitProblem('more shared texts than fit into the memory')
    this.found.push(text)
  }

  text(text: string): void {
    this.current.add(text)
  }

  take(): readonly CellText[] {
    const { found } = this
    this.found = []
    return found
  }
}
