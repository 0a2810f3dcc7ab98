// sharedStrings.xml: the texts that cells refer to by number. They are kept in memory, because a cell may refer
// to any of them.
import type { Collector } from '../packed/office-package'
import { RichText } from './rich-text'

export class SharedStrings implements Collector<string> {
  private readonly current = new RichText()
  private found: string[] = []

  open(name: string): void {
    this.current.open(name)
  }

  close(name: string): void {
    this.current.close(name)
    if (name === 'si') this.found.push(this.current.take())
  }

  text(text: string): void {
    this.current.add(text)
  }

  take(): readonly string[] {
    const { found } = this
    this.found = []
    return found
  }
}
