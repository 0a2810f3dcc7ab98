// Which column of a table holds what is sorted: the one that is called so, else the one with the longest texts. Whoever
// asked for the table sees it and may choose another.
import { knownColumn, turnListKeys, type Role } from '../reading/recognise/column-names'
import type { TableColumn } from '../dataset/read/table-rows'

/** the most telling first */
const roles: readonly Role[] = ['text', 'question', 'prompt', 'instruction', 'input']

/** Null of a table without columns. */
export function textColumnOf(columns: readonly TableColumn[]): string | null {
  for (const role of roles) {
    const named = columns.find(({ name }) => knownColumn(name) === role)
    if (named) return named.name
  }
  const turns = columns.find(({ name }) => (turnListKeys as readonly string[]).includes(name))
  if (turns) return turns.name
  const [first, ...others] = columns
  if (!first) return null
  return others.reduce((longest, one) => (one.length > longest.length ? one : longest), first).name
}
