// What there is of a question and an answer in a row that is no example as it stands: for whoever puts it right.
// Throws nothing away and guesses nothing: what is no text stands as it is written.
import type { RowPair } from '../../../contract/records'
import { CellError } from '../../reading/cell-error'
import { isFilled } from './other-kinds'
import type { Shape } from './recognise-shape'

/** Characters of a text that are kept; a refused row is no place to store a file. */
const longest = 20_000

/** Null where the row's columns do not say where question and answer are. */
export function halfRead(values: Readonly<Record<string, unknown>>, shape: Shape): RowPair | null {
  const { roles, joined = {} } = shape
  const text = (...names: readonly string[]): string =>
    names
      .flatMap((role) => [roles[role], ...(joined[role] ?? [])])
      .flatMap((column) => (column === undefined ? [] : [written(values[column])]))
      .filter((part) => part !== '')
      .join('\n\n')
      .slice(0, longest)
  // earlier turns are part of what was asked: without them it would be another example
  if (roles['history'] !== undefined && isFilled(values[roles['history']])) return null
  if (!Object.values(roles).some((column) => column in values)) return null
  const system = text('system')
  const before = system === '' ? {} : { system }
  switch (shape.shape) {
    case 'text':
      return { question: '', answer: text('text') }
    case 'text-label':
      return { question: text('text'), answer: text('label') }
    case 'instruction':
      return { question: text('instruction', 'input'), answer: text('output'), ...before }
    case 'question-answer':
      return { question: text('subject', 'question', 'input'), answer: text('answer'), ...before }
    case 'prompt-completion': {
      const [prompt, completion] = [values[roles['prompt'] ?? ''], values[roles['completion'] ?? '']]
      if (typeof prompt === 'object' || typeof completion === 'object') return null
      return { question: text('prompt'), answer: text('completion'), ...before }
    }
    case 'messages':
    case 'conversations':
    // two answers, or a verdict: more than a pair of words
    case 'preference':
    case 'rated':
      return null
  }
}

function written(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value.trim()
  if (value instanceof CellError) return value.text
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
