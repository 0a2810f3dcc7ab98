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

  constructor(private readonly delimiter: string) {}

  push(text: string): CsvRecord[] {
    const records: CsvRecord[] = []
    for (const c of text) {
      const completesReturn = c === '\n' && this.afterReturn
      this.afterReturn = c === '\r'
      const isLineEnd = c === '\n' || c === '\r'
      if (this.state === 'quoted') {
        if (c === '"') this.state = 'quote'
        else this.cell += c
        if (isLineEnd && !completesReturn) this.line++
        continue
      }
      // the \n of \r\n outside quotes: the record has ended already
      if (completesReturn) continue
      if (isLineEnd) {
        this.line++
        records.push(this.endRecord())
      } else if (c === this.delimiter) this.endCell()
      else if (this.state === 'start' && c === '"') this.state = 'quoted'
      else if (this.state === 'quote') {
        // doubled: one of them is meant; otherwise the cell was not a quoted one after all
        this.cell = c === '"' ? this.cell + '"' : `"${this.cell}"${c}`
        this.state = c === '"' ? 'quoted' : 'plain'
      } else {
        this.cell += c
        this.state = 'plain'
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

  private endCell(): void {
    this.cells.push(this.cell)
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
