// XML in pieces to calls on a handler: elements by their plain names (whatever prefix the writing program
// chose), and text. Strict about form; external entities do not exist here. Knows nothing of Office.
import { TextDecoder } from 'node:util'
import { SaxesParser } from 'saxes'
import { limits } from '../limits'

export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
}

export class XmlProblem extends Error {}

/** Well formed, but nothing that an office program writes. */
export class LimitProblem extends Error {}

/** A single text, name, value or comment of more characters would only fill the memory: the longest cell that is read, with
 *  each of its characters as &#12354; stands there. */
const longestPart = 9 * limits.cell

export class XmlReader {
  private readonly parser = new SaxesParser()
  private decoder: TextDecoder | null = null
  private first = Buffer.alloc(0)
  /** where the last thing ended that was whole */
  private whole = 0
  private depth = 0
  private attributes = 0

  constructor(handler: XmlHandler) {
    this.parser.on('error', (error) => {
      throw new XmlProblem(error.message)
    })
    this.parser.on('doctype', () => {
      throw new XmlProblem('a document type has no place in an Office file')
    })
    this.parser.on('opentagstart', () => {
      this.whole = this.parser.position
      this.attributes = 0
      if (++this.depth > limits.tagDepth) throw new LimitProblem('elements stand too deep in one another')
    })
    this.parser.on('attribute', () => {
      this.whole = this.parser.position
      if (++this.attributes > limits.attributes) throw new LimitProblem('an element has too many attributes')
    })
    this.parser.on('opentag', ({ name, attributes }) => handler.open?.(plain(name), plainKeys(attributes)))
    this.parser.on('closetag', ({ name }) => {
      this.whole = this.parser.position
      this.depth--
      handler.close?.(plain(name))
    })
    for (const kind of ['text', 'cdata'] as const)
      this.parser.on(kind, (text) => {
        this.whole = this.parser.position
        handler.text?.(text)
      })
    for (const kind of ['comment', 'processinginstruction'] as const)
      this.parser.on(kind, () => void (this.whole = this.parser.position))
  }

  push(bytes: Buffer): void {
    if (this.decoder) return this.take(this.decoder.decode(bytes, { stream: true }))
    this.first = Buffer.concat([this.first, bytes])
    // the byte order mark tells UTF-16 from UTF-8; nothing else may stand in an Office file
    if (this.first.length >= 2) this.start()
  }

  end(): void {
    if (!this.decoder) this.start()
    this.take(this.decoder?.decode() ?? '')
    this.parser.close()
  }

  private start(): void {
    const [a, b] = this.first
    const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8'
    this.decoder = new TextDecoder(encoding)
    this.take(this.decoder.decode(this.first, { stream: true }))
  }

  private take(text: string): void {
    this.parser.write(text)
    if (this.parser.position - this.whole > longestPart)
      throw new LimitProblem('one text is longer than any honest one')
  }
}

function plain(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function plainKeys(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const all: Record<string, string> = {}
  for (const key in attributes) if (!key.startsWith('xmlns')) all[plain(key)] = attributes[key] as string
  return all
}
