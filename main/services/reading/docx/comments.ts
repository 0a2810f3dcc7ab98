// comments.xml of a Word file: remarks beside the text. They are no part of it and are not read, only counted.
import type { XmlHandler } from '../packed/xml-reader'

export class Comments implements XmlHandler {
  count = 0

  open(name: string): void {
    if (name === 'comment') this.count++
  }
}
