// Columns of sentences that nobody reads: a table of tickets has the mail, the reply and a note, and only some of it is learnt. Told
// by their first rows.
import type { FieldNote } from '../../../contract/records'

/** Rows that are looked at, and columns that are followed. */
const looked = 200
const mostColumns = 200
const shortest = 8

export class UnreadSentences {
  readonly #columns = new Map<string, { filled: number; sentences: number }>()
  #rows = 0

  /** roles: role -> column that plays it; joined: role -> what is read behind it */
  row(
    values: Readonly<Record<string, unknown>>,
    roles: Readonly<Record<string, string>>,
    joined: Readonly<Record<string, readonly string[]>> = {}
  ): void {
    if (this.#rows++ >= looked) return
    const read = [...Object.values(roles), ...Object.values(joined).flat()]
    for (const name in values) {
      const value = values[name]
      if (typeof value !== 'string' || value === '' || read.includes(name)) continue
      const known = this.#columns.get(name) ?? { filled: 0, sentences: 0 }
      if (known.filled === 0 && this.#columns.size >= mostColumns) continue
      this.#columns.set(name, known)
      known.filled++
      if (isSentence(value)) known.sentences++
    }
  }

  /** Those that are no other note's. */
  notes(others: readonly FieldNote[]): readonly FieldNote[] {
    return [...this.#columns].flatMap(([field, { filled, sentences }]): FieldNote[] =>
      sentences * 2 > filled && !others.some((note) => note.kind === 'not-read' && note.field === field)
        ? [{ kind: 'not-read', field, count: filled }]
        : []
    )
  }
}

const isSentence = (value: string): boolean => {
  const text = value.trim()
  return text.length >= shortest && /[。．.!?！？][」』"')）]?$/.test(text.slice(-3))
}
