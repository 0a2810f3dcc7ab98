// Short ways for the tests to read a file given as text, and to say what came out.
import { expect } from 'vitest'
import type { DataOverrides, Example } from '../../../main/contract/records'
import { readData } from '../../../main/services/dataset/read/read-paths'
import { writeData } from './write-file'

export const jsonl = (...rows: unknown[]): string => rows.map((row) => JSON.stringify(row)).join('\n')
export const read = (name: string, content: string | Uint8Array, overrides?: DataOverrides) =>
  readData([writeData(name, content)], overrides)
export const refusal = (name: string, content: string | Uint8Array, overrides?: DataOverrides) =>
  read(name, content, overrides).then(
    () => expect.unreachable('should be refused'),
    (error: unknown) => error
  )

/** Turns as short text: 'u: q | a: a'. */
export function said(example: Example | undefined): string {
  if (!example) return ''
  if (example.kind === 'text') return example.text
  if (example.kind === 'labelled') return `${example.text} = ${example.labels.join('; ')}`
  return example.messages.map(({ role, content }) => `${role[0]}: ${content}`).join(' | ')
}
