// What the command line says: lines for people, or with --json one object per line for programs, and one live
// line that is redrawn in place on a terminal. The only writer to stdout and stderr.
import type { NeiroError } from '../contract/errors'
import type { Language } from '../contract/language'
import { commandWordsOf } from '../words/errors'
import { cut, wrap } from './width'

export interface Stream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export interface OutputOptions {
  readonly stdout: Stream
  readonly stderr: Stream
  readonly json: boolean
  readonly language: Language
  readonly env: Readonly<Record<string, string | undefined>>
}

const styles = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const
export type Style = keyof typeof styles

export class Output {
  private liveShown = false

  constructor(private readonly o: OutputOptions) {}

  get json(): boolean {
    return this.o.json
  }

  get language(): Language {
    return this.o.language
  }

  /** Of the terminal; 100 where there is none, so that files and pipes look the same everywhere. */
  get columns(): number {
    return Math.max(40, this.o.stdout.columns ?? 100)
  }

  /** Whether one line can be redrawn in place. */
  get hasLiveLine(): boolean {
    return this.o.stderr.isTTY === true && !this.o.json && this.o.env['TERM'] !== 'dumb'
  }

  /** A line for people; silent with --json. */
  line(text = ''): void {
    if (this.o.json) return
    this.clearLive()
    this.o.stdout.write(`${text}\n`)
  }

  /** Text that goes on, as a model speaks; silent with --json. */
  part(text: string): void {
    if (this.o.json) return
    this.clearLive()
    this.o.stdout.write(text)
  }

  /** What was asked for as text, such as help; also with --json. */
  text(text: string): void {
    this.o.stdout.write(`${text}\n`)
  }

  /** A line for programs; silent without --json. */
  event(event: string, fields: Readonly<Record<string, unknown>> = {}): void {
    if (this.o.json) this.o.stdout.write(`${JSON.stringify({ event, ...fields })}\n`)
  }

  /** Redraws the live line; nothing without a terminal. */
  live(text: string): void {
    if (!this.hasLiveLine) return
    const columns = (this.o.stderr.columns ?? 80) - 1
    this.o.stderr.write(`\r${cut(text, columns)}\u001b[K`)
    this.liveShown = true
  }

  clearLive(): void {
    if (!this.liveShown) return
    this.o.stderr.write('\r\u001b[K')
    this.liveShown = false
  }

  warning(text: string): void {
    this.clearLive()
    if (!this.o.json) this.o.stderr.write(`${this.style(text, 'yellow', this.o.stderr)}\n`)
  }

  /** Sentence, way out and code on stderr; with --json also as the last event. */
  error(error: NeiroError): void {
    this.clearLive()
    const words = commandWordsOf(error.toData(), this.o.language)
    this.event('error', { code: error.code, ...words, details: error.details })
    const columns = Math.max(40, this.o.stderr.columns ?? 100)
    const lines = [
      ...wrap(words.message, columns).map((line) => this.style(line, 'red', this.o.stderr)),
      ...(words.hint === '' ? [] : wrap(words.hint, columns)),
      this.style(`[${error.code}]`, 'dim', this.o.stderr)
    ]
    this.o.stderr.write(`${lines.join('\n')}\n`)
  }

  /** Coloured where the stream is a terminal and NO_COLOR is not set (no-color.org). */
  style(text: string, style: Style, stream: Stream = this.o.stdout): string {
    const noColour = (this.o.env['NO_COLOR'] ?? '') !== '' || this.o.env['TERM'] === 'dumb'
    if (text === '' || noColour || stream.isTTY !== true) return text
    return `\u001b[${styles[style]}m${text}\u001b[0m`
  }
}
