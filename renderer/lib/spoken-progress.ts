// What a screen reader is told of a running training: a new sentence at each tenth and at each evaluation, with
// what it measured; between them the text stays as it is, so that nothing is said twice. Pure.
import type { Language } from '../../main/contract/language'
import type { MethodKey } from '../../main/contract/methods'
import { windowWords } from '../../main/words/window'
import { figureWords } from '../../main/words/figures'
import { figureText } from './figure-text'
import { duration, percent } from './format'

export interface ProgressHeard {
  /** 0..1 */
  readonly share: number
  readonly secondsLeft: number | null
  /** the newest evaluation, whether it was the best or not; null: none yet */
  readonly evaluation: { readonly step: number; readonly figure: string; readonly value: number } | null
  readonly method: MethodKey
}

/** The sentence, and what it was made at. */
export interface Spoken {
  readonly tenth: number
  readonly evaluated: number | null
  /** it says how long it still takes */
  readonly left: boolean
  readonly language: Language
  readonly text: string
}

export function spokenProgress(before: Spoken | null, heard: ProgressHeard, language: Language): Spoken {
  // a little more than nothing, so that 0.3 of floating point is three tenths
  const tenth = Math.floor(heard.share * 10 + 1e-9)
  const evaluated = heard.evaluation?.step ?? null
  const left = heard.secondsLeft !== null
  const isSame = before?.tenth === tenth && before.evaluated === evaluated && before.left === left
  if (isSame && before.language === language) return before
  const words = windowWords[language].train.spoken
  const parts = [
    percent(heard.share),
    ...(heard.secondsLeft === null ? [] : [words.left(duration(heard.secondsLeft, language))]),
    ...(heard.evaluation ? [evaluationText(heard.evaluation, heard.method, language)] : [])
  ]
  return { tenth, evaluated, left, language, text: parts.join(words.and) }
}

function evaluationText(
  { figure, value }: NonNullable<ProgressHeard['evaluation']>,
  method: MethodKey,
  language: Language
): string {
  const { heldOut } = figureWords(figure, language, method)
  return `${language === 'en' ? heldOut.toLowerCase() : heldOut} ${figureText(figure, value, language)}`
}
