// The title and the sentence of a comparison that is done: what was counted or measured, and how many answers have
// something to look at. Whether they are good is not known here, and not said. Pure.
import type { EvaluatedPair, Evaluation } from '../../main/contract/window/results'
import type { Language } from '../../main/contract/language'
import { windowWords } from '../../main/words/window'
import { hasTroubles, troublesBeside, type Troubles } from './answer-troubles'
import { lossText } from './figure-text'
import { count } from './format'

export const troublesIn = ({ question, reference }: EvaluatedPair, answer: string): Troubles =>
  troublesBeside(answer, reference, question)

/** Places of the pairs whose tuned answer has something to look at. */
export const doubtfulPairs = (pairs: readonly EvaluatedPair[]): readonly number[] =>
  pairs.flatMap((pair, at) => (hasTroubles(troublesIn(pair, pair.tuned)) ? [at] : []))

/** null until all of it is answered, by base and tuned: general questions may still be asked. */
export function compareResult(
  { state, pairs, answeredPairs, total, baseLoss, tunedLoss }: Evaluation,
  language: Language
): { readonly title: string; readonly lead: string } | null {
  const isAnswered = state === 'done' || (state === 'running' && answeredPairs >= total)
  if (!isAnswered || pairs.length === 0) return null
  const words = windowWords[language].compare
  const number = (value: number): string => count(value, language)
  const doubtful = doubtfulPairs(pairs).length
  const lead = [
    words.result.lead(number(answeredPairs)),
    // of the first ones; the others were not looked at
    doubtful > 0 && answeredPairs === pairs.length ? words.result.doubtful(number(doubtful)) : ''
  ]
    .filter(Boolean)
    .join(language === 'en' ? ' ' : '')
  const inTone = (of: 'baseTone' | 'tunedTone'): number => pairs.filter(({ sample }) => sample?.[of]).length
  if (answeredPairs === pairs.length && pairs.every(({ sample }) => sample !== null)) {
    const title = words.result.tone(
      number(inTone('baseTone')),
      number(inTone('tunedTone')),
      number(pairs.length)
    )
    return { title, lead }
  }
  if (baseLoss === null || tunedLoss === null) return { title: words.title, lead }
  const [from, to] = [lossText(baseLoss, language), lossText(tunedLoss, language)]
  const title =
    from === to ? words.result.still(to) : words.result[tunedLoss < baseLoss ? 'fell' : 'rose'](from, to)
  return { title, lead }
}
