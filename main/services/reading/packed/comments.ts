// Remarks that stand beside a text or on a cell of an office file. They are no part of it and are not read, only counted.
import type { ReadFile } from '../rows'
import type { XmlHandler } from './xml-reader'

/** comments.xml of a Word file, the notes of an Excel sheet. */
export class Comments implements XmlHandler {
  count = 0

  open(name: string): void {
    // Excel's answers to one another have a part of their own
    if (name === 'comment' || name === 'threadedComment') this.count++
  }
}

export const withComments = (table: ReadFile, count: number): ReadFile =>
  count === 0
    ? table
    : { ...table, notes: () => [...(table.notes?.() ?? []), { kind: 'comments' as const, field: '', count }] }
