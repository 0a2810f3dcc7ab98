// Tables as text: records of cells, with the line at which each begins. A quotation mark opens a cell only as
// its first character, so that stray ones inside text are kept. Names and meanings are read-csv's matter.

export interface CsvRecord {
  readonly cells: readonly string[]
  /** 1-based line of its first character; quoted cells may hold line ends */
  readonly line: number
}

/** Where the reader stands: at the start of a cell, in a plain one, in a quoted one, or just behind a
 *  quotation mark that either closes the cell or is doubled. */
type State = 'start' | 'plain' | 'quoted' | 'quote'

export class CsvRecords {
  private state: State = 'start'
  private cells: string[] = []
  private cell = ''
  private line = 1
  private startLine = 1
  private afterReturn = false
  private readonly border: RegExp

  constructor(private readonly delimiter: string) {
    this.border = new RegExp(`[${delimiter}\r\n]`, 'g')
  }

  push(text: string): CsvRecord[] {
    const records: CsvRecord[] = []
    for (let at = 0; at < text.length;) {
      if (this.state === 'quoted') {
        const end = text.indexOf('"', at)
        this.takeQuoted(text.slice(at, end < 0 ? text.length : end))
        at = end < 0 ? text.length : end + 1
        if (end < 0) continue
        this.state = 'quote'
        this.afterReturn = false
        continue
      }
      const c = text[at] as string
      const completesReturn = c === '\n' && this.afterReturn
      this.afterReturn = c === '\r'
      if (c === '\n' || c === '\r') {
        // the \n of \r\n: the record has ended already
        if (!completesReturn) {
          this.line++
          records.push(this.endRecord())
        }
        at++
      } else if (c === this.delimiter) {
        this.endCell()
        at++
      } else if (c === '"' && this.state !== 'plain') {
        // opens the cell, or is doubled and one of them is meant
        if (this.state === 'quote') this.cell += '"'
        this.state = 'quoted'
        at++
      } else {
        // behind a closing mark: the cell was not a quoted one after all
        if (this.state === 'quote') this.cell = `"${this.cell}"`
        this.state = 'plain'
        this.border.lastIndex = at
        const end = this.border.exec(text)?.index ?? text.length
        this.cell += text.slice(at, end)
        at = end
      }
    }
    return records
  }

  /** The last record, where the text does not end with a line end. */
  end(): CsvRecord | null {
    return this.cell === '' && this.cells.length === 0 && this.state === 'start' ? null : this.endRecord()
  }

  /** Line of the record whose quotation mark is still open; null when none is. */
  openQuote(): number | null {
    return this.state === 'quoted' ? this.startLine : null
  }

  /** Text inside quotation marks, with the line ends in it counted. */
  private takeQuoted(text: string): void {
    if (text === '') return
    const ends = text.match(/\r\n|\n|\r/g)?.length ?? 0
    this.line += text.startsWith('\n') && this.afterReturn ? ends - 1 : ends
    this.afterReturn = text.endsWith('\r')
    this.cell += text
  }

  private endCell(): void {
    // a copy of its own: a mere slice would keep the whole piece of the file in memory
    this.cells.push(` ${this.cell}`.slice(1))
    this.cell = ''
    this.state = 'start'
  }

  private endRecord(): CsvRecord {
    this.endCell()
    const record = { cells: this.cells, line: this.startLine }
    this.cells = []
    this.startLine = this.line
    return record
  }
}
