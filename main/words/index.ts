// The words of every error code, in both languages. One file per domain; each domain owns its codes.
// {name} in a sentence is filled from the error's details. Imports nothing but its neighbours.
import type { NeiroErrorData } from '../contract/errors'
import { columnRoles, dataWords } from './data'
import { engineWords } from './engine'
import { runNoticeWords, runWords } from './runs'
import { taskWords } from './tasks'
import { textWords } from './text'
import { windowWords } from './window'
import type { ErrorWords, Language, Sentence } from '../contract/language'

export type { Language, Sentence } from '../contract/language'

const words: ErrorWords = {
  ...engineWords,
  ...dataWords,
  ...textWords,
  ...runWords,
  ...taskWords,
  ...windowWords
}

/** The sentence and the way out for an error. What another version of Neiro wrote down may have a code that is
 *  not known here: it is named as it is. */
export function wordsOf(error: NeiroErrorData, language: Language): Sentence {
  const entry = words[error.code]?.[language]
  if (!entry) return wordsOf({ code: 'INTERNAL', details: { reason: error.code } }, language)
  return {
    message: fill(entry.message, error.details, language),
    hint: fill(entry.hint, error.details, language)
  }
}

/** The same for a notice of a run (a line of metrics.jsonl). */
export function wordsOfNotice(
  notice: { readonly code: string; readonly details: Readonly<Record<string, string>> },
  language: Language
): Sentence {
  const entry = runNoticeWords[notice.code]?.[language]
  if (!entry) return { message: notice.code, hint: '' }
  return {
    message: fill(entry.message, notice.details, language),
    hint: fill(entry.hint, notice.details, language)
  }
}

/** Why a row was refused. */
export function wordsOfRefusal(
  row: { readonly reason: string; readonly details: Readonly<Record<string, string>> },
  language: Language
): Sentence {
  const entry = words[row.reason]?.[language]
  if (!entry) return { message: row.reason, hint: '' }
  return {
    message: fill(entry.message, row.details, language),
    hint: fill(entry.hint, row.details, language)
  }
}

export const knownErrorCodes: readonly string[] = Object.keys(words)

/** the engine counts memory in bytes; nobody else does */
const memoryDetails = new Set(['needed', 'available'])
const memoryText = (bytes: number): string =>
  bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)}\u00a0GB` : `${Math.ceil(bytes / 2 ** 20)}\u00a0MB`

/** A {reason} that is itself a code (why rows were refused) is said in its own words; so are the parts that
 *  columns play ({role}). */
function fill(sentence: string, details: Readonly<Record<string, string>>, language: Language): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = details[name] ?? whole
    if (name === 'role') return columnRoles(value, language)
    if (memoryDetails.has(name) && /^\d{6,}$/.test(value)) return memoryText(Number(value))
    const reason = name === 'reason' ? words[value]?.[language].message : undefined
    return reason?.replace(/[。.]$/, '') ?? value
  })
}
