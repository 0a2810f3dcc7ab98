// A cell without a value, as a sheet tells it.

/** What a cell shows when its formula fails: #N/A, #REF! It stands where a text belongs and is none. */
export class CellError {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text
  }
  toJSON(): string {
    return this.text
  }
}
