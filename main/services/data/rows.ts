// What a reader gives: rows as they stand in the file, before anybody knows what they mean.

import type { Reason } from './refusals'

/** A row of named values, or one that could not be read and says why. */
export type RawRow =
  | { readonly kind: 'row'; readonly row: number; readonly values: Readonly<Record<string, unknown>> }
  | { readonly kind: 'broken'; readonly row: number; readonly reason: Reason; readonly excerpt: string }

/** A file being read: its rows, and what the reader learnt on the way. */
export interface ReadFile {
  readonly format: 'json' | 'jsonl' | 'csv' | 'tsv' | 'txt' | 'md'
  /** false for a table whose first row is data already; its columns are called 1, 2, 3 ... */
  readonly hasNames: boolean
  readonly rows: AsyncIterable<RawRow>
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
