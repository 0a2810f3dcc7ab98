// What a person reads of an error, a refusal or a notice: its code's sentence and way out in their language, filled
// from the details. test/words.test.ts holds codes, sentences and throw sites together.
import type { Details, NeiroErrorData } from '../../contract/errors'
import type { Language, Sentence } from '../../contract/language'
import { detailText } from './details'
import * as en from './en'
import * as ja from './ja'

type Table = Readonly<Record<string, Sentence>>
const errors: Readonly<Record<Language, Table>> = { ja: ja.errors, en: en.errors }
const notices: Readonly<Record<Language, Table>> = { ja: ja.notices, en: en.notices }

export const errorCodes: readonly string[] = Object.keys(ja.errors)
export const noticeCodes: readonly string[] = Object.keys(ja.notices)

/** What another version of Neiro wrote down may have a code that is not known here: it is named as it is. */
export function wordsOf(error: NeiroErrorData, language: Language): Sentence {
  const sentence = errors[language][error.code]
  return sentence
    ? filled(sentence, error.details, language)
    : wordsOf({ code: 'INTERNAL', details: { reason: error.code } }, language)
}

/** The same for whoever types commands: the way out may be an option. */
export function commandWordsOf(error: NeiroErrorData, language: Language): Sentence {
  const { message, hint } = wordsOf(error, language)
  const command = errors[language][error.code]?.command
  return { message, hint: command === undefined ? hint : fill(command, error.details, language) }
}

/** The same for a notice of a run (a line of metrics.jsonl); one may have the code of an error, and says less. */
export function wordsOfNotice(notice: NeiroErrorData, language: Language): Sentence {
  const sentence = notices[language][notice.code]
  return sentence ? filled(sentence, notice.details, language) : wordsOf(notice, language)
}

const filled = ({ message, hint }: Sentence, details: Details, language: Language): Sentence => ({
  message: fill(message, details, language),
  hint: fill(hint, details, language)
})

function fill(sentence: string, details: Details, language: Language, isReason = false): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = details[name]
    // what an older version wrote down may lack it
    if (value === undefined) return '—'
    // why rows were refused is a code itself, whose sentence has places of its own
    const reason = name === 'reason' && !isReason ? errors[language][value] : undefined
    return reason
      ? fill(reason.message, details, language, true).replace(/[。.]$/, '')
      : detailText(name, value, language)
  })
}
