// The log as the user may send it to whoever helps: places on the disk, the names of the user and the machine, and personal
// data stand behind placeholders, the same for the same; shown before it goes anywhere.
import { setImmediate as pause } from 'node:timers/promises'
import { replaced } from '../doctor/personal/mask'
import { scanPersonal } from '../doctor/personal/scan'

export interface LogReport {
  readonly text: string
  /** how many places and other things are behind placeholders, each counted once */
  readonly masked: number
}

export interface LogReportOptions {
  readonly log: string
  /** what the app and the machine are, a line each; masked likewise */
  readonly about: readonly string[]
  /** where the app lies: kept, as it says which program spoke and of nobody's things */
  readonly appRoot: string
  /** folders of the user, which may have blanks in their names */
  readonly folders: readonly string[]
  /** of the user and of the machine */
  readonly names: readonly string[]
}

/** lines between two pauses: masking must not hold anybody up */
const lot = 50
/** a shorter name would be found in words that have nothing to do with it */
const shortestName = 3

export async function logReport({ log, about, ...options }: LogReportOptions): Promise<LogReport> {
  const masker = new LogMask(options)
  const lines = [...about, '', ...log.split('\n')]
  const masked: string[] = []
  for (const [at, line] of lines.entries()) {
    if (at > 0 && at % lot === 0) await pause()
    masked.push(masker.line(line))
  }
  return { text: masked.join('\n'), masked: masker.count }
}

class LogMask {
  readonly #numbers = new Map<string, string>()
  /** longest first: what lies in a folder of another goes with its own */
  readonly #folders: readonly string[]
  readonly #names: readonly string[]

  constructor(private readonly o: Omit<LogReportOptions, 'log' | 'about'>) {
    this.#folders = o.folders.filter((folder) => folder.length > 1).sort((a, b) => b.length - a.length)
    this.#names = o.names.filter((name) => name.length >= shortestName)
  }

  get count(): number {
    return this.#numbers.size
  }

  line(line: string): string {
    let text = line
    for (const spelling of [this.o.appRoot, asAddress(this.o.appRoot)]) text = text.split(spelling).join(app)
    for (const folder of this.#folders)
      for (const spelling of [folder, asAddress(folder)])
        text = this.#within(text, spelling, (rest) => this.#place(folder + rest))
    text = text
      .split(' ')
      .map((word) => this.#word(word))
      .join(' ')
    for (const name of this.#names)
      if (text.includes(name)) text = text.split(name).join(this.#placeholder('NAME', name))
    return this.#personal(text)
  }

  /** A known folder and what follows of its path. */
  #within(text: string, folder: string, placeholder: (rest: string) => string): string {
    const [first = '', ...parts] = text.split(folder)
    return parts.reduce((done, part) => {
      const end = endOfPath(part)
      return done + placeholder(part.slice(0, end)) + part.slice(end)
    }, first)
  }

  /** A word with a separator in it is a place, or a part of one with blanks. */
  #word(word: string): string {
    if (word.includes(app) || !/[\\/]/.test(word) || !/[^\d\s.,:;/\\-]/.test(word)) return word
    const start = word.search(/[\p{L}\p{N}/\\~.%_]/u)
    return start < 0 ? word : word.slice(0, start) + this.#place(word.slice(start))
  }

  #place(path: string): string {
    const [, ending = ''] = /(\.[A-Za-z]\w{0,11})(?:[:"')\],;]|$)/.exec(path) ?? []
    return this.#placeholder('PATH', path) + ending
  }

  #personal(text: string): string {
    const date = lengthOfDate(text)
    const rest = text.slice(date)
    const places = scanPersonal(rest).map(({ kind, start, end, value }) => ({
      ...{ start, end },
      placeholder: this.#placeholder(kind.toUpperCase(), value)
    }))
    return text.slice(0, date) + replaced(rest, places)
  }

  #placeholder(kind: string, value: string): string {
    const key = `${kind} ${value}`
    const known = this.#numbers.get(key)
    if (known) return known
    const made = `<${kind} ${this.#numbers.size + 1}>`
    this.#numbers.set(key, made)
    return made
  }
}

const app = '<app>'

/** as it stands in a file: address, where it does */
const asAddress = (folder: string): string => encodeURI(folder.replaceAll('\\', '/'))

/** A path goes on to the next blank or quote. */
function endOfPath(text: string): number {
  const end = text.search(/[\s"'`<>|)\],;]/)
  return end < 0 ? text.length : end
}

/** The moment at the begin of each line is ours, and no number of anybody. */
const lengthOfDate = (line: string): number => /^\d{4}-\d\d-\d\dT[\d:.]+Z /.exec(line)?.[0].length ?? 0
