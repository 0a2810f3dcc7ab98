// Why a row cannot be learnt, as errors; encodeAll turns them into refused rows. The sentences in both
// languages stand in main/words.
import { NeiroError } from '../../contract/errors'
import type { RefusedRow } from '../../contract/records'

export const noAnswer = (): NeiroError =>
  new NeiroError(
    'EMPTY_ANSWER',
    'this row has no answer to learn',
    'Give the row an answer after its question, or remove it.'
  )

export const tooShort = (): NeiroError =>
  new NeiroError('EMPTY_TEXT', 'this row has too little text to learn', 'Write more text, or remove the row.')

export const cutOff = (maxSeqLength: number): NeiroError =>
  new NeiroError(
    'ANSWER_CUT_OFF',
    `the question alone fills ${maxSeqLength} tokens, so nothing of the answer is left to learn`,
    'Raise maxSeqLength, or shorten the question.',
    { maxSeqLength: String(maxSeqLength) }
  )

export const lostCharacters = (characters: readonly string[]): NeiroError => {
  const lost = characters.slice(0, 10).join(' ')
  return new NeiroError(
    'LOST_CHARACTERS',
    `the tokenizer of this model cannot read these characters: ${lost}`,
    'Choose a model that reads them, or replace them in the row.',
    { characters: lost }
  )
}

export const changedAnswer = (content: string): NeiroError => {
  const answer = content.slice(0, 40)
  return new NeiroError(
    'TEMPLATE_MASK',
    `the chat template changes or hides this answer, so what to learn cannot be located: ${answer}`,
    'Remove what the template drops from the answers (often a thinking part), or choose another model.',
    { answer }
  )
}

/** No row is left: the error names the reason that most of them have. */
export function nothingToLearn(refused: readonly RefusedRow[]): NeiroError {
  const counts = new Map<string, RefusedRow[]>()
  for (const row of refused) counts.set(row.reason, [...(counts.get(row.reason) ?? []), row])
  const [most] = [...counts.values()].sort((a, b) => b.length - a.length)
  const reason = most?.[0]?.reason ?? 'NO_DATA'
  return new NeiroError(
    'NOTHING_TO_LEARN',
    `none of the ${refused.length} rows can be learnt; the most common reason is ${reason}`,
    'Look at the refused rows and their reasons, and change the data, the maximum length or the model.',
    { ...most?.[0]?.details, rows: String(refused.length), reason }
  )
}
