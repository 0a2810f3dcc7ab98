// Why an example cannot be learnt, as errors; encode turns them into refused rows. The sentences in both
// languages stand in main/words.
import { NeiroError } from '../../contract/errors'
import type { RefusedTally } from './refused-tally'

export const noAnswer = (): NeiroError => new NeiroError('EMPTY_ANSWER')

export const tooShort = (): NeiroError => new NeiroError('EMPTY_TEXT')

export const cutOff = (maxSeqLength: number): NeiroError =>
  new NeiroError('ANSWER_CUT_OFF', { maxSeqLength: String(maxSeqLength) })

export const lostCharacters = (characters: readonly string[]): NeiroError => {
  const lost = characters.slice(0, 10).join(' ')
  return new NeiroError('LOST_CHARACTERS', { characters: lost })
}

export const changedAnswer = (content: string): NeiroError => {
  const answer = content.slice(0, 40)
  return new NeiroError('TEMPLATE_MASK', { answer })
}

/** The tokenizer has a token that the model knows nothing of. */
export const noRowFor = (id: number, token: string | null, rows: number): NeiroError =>
  new NeiroError('TOKEN_WITHOUT_ROW', { token: token ?? '?', id: String(id), rows: String(rows) })

/** Of a kind that the method of the training learns nothing from. */
export const notForMethod = (): NeiroError => new NeiroError('KIND_NOT_FOR_METHOD')

/** Nothing is left: the error names the reason that most of them have. */
export function nothingToLearn(refused: RefusedTally): NeiroError {
  const row = refused.mostCommon
  if (!row) return new NeiroError('NO_DATA')
  return new NeiroError('NOTHING_TO_LEARN', {
    ...row.details,
    rows: String(refused.count),
    reason: row.reason
  })
}
