// The title and the sentence of a comparison that is done: what the evaluation says, as soon as it has been counted, or the
// people who voted, where scores cannot say it yet; what was measured, and how many answers have something to look at. Pure.
import type { Verdict } from '../../main/contract/evaluation'
import type { TallyResult } from '../../main/contract/votes'
import type { Evaluation } from '../../main/contract/window/results'
import type { Language } from '../../main/contract/language'
import { evaluationWordsOn } from '../../main/words/evaluation'
import { windowWords } from '../../main/words/window'
import { doubtfulPairs, keptIn, type Side } from '../../main/metrics/doubtful-answers'
import { lossText } from './figure-text'
import { count } from './format'
import { voteTitle } from '../../main/words/evaluation/vote-title'

/** null until all of it is answered, by base and tuned: general questions may still be asked. */
export function compareResult(
  { state, pairs, answeredPairs, total, baseLoss, tunedLoss }: Evaluation,
  language: Language,
  /** null: not counted yet, or there is none */
  verdict: Verdict | null = null,
  /** null: nobody has voted to the end */
  vote: TallyResult | null = null,
  /** what it is held against; null: the model that somebody chose */
  base: string | null = null
): { readonly title: string; readonly lead: string } | null {
  const isAnswered = state === 'done' || (state === 'running' && answeredPairs >= total)
  if (!isAnswered || pairs.length === 0) return null
  const words = windowWords[language].compare
  const number = (value: number): string => count(value, language)
  const doubtful = doubtfulPairs(pairs).length
  const measured = measuredOf({ pairs, answeredPairs, baseLoss, tunedLoss }, language)
  const voted = votedIn(vote, language, base)
  const saysVote = voted !== null && (verdict === null || verdict.code === 'few')
  const lead = [
    saysVote ? voted.rate : (voted?.sentence ?? ''),
    (verdict || saysVote) && measured ? words.result.measured(measured) : '',
    words.result.lead(number(answeredPairs)),
    // of the first ones; the others were not looked at
    doubtful > 0 && answeredPairs === pairs.length ? words.result.doubtful(number(doubtful)) : ''
  ]
    .filter(Boolean)
    .join(language === 'en' ? ' ' : '')
  const said = saysVote
    ? voted.title
    : verdict && evaluationWordsOn(base, language).verdict[verdict.code].title
  return { title: said ?? (measured || words.title), lead }
}

/** What enough people said; null: they have not, and scores are all that there is. */
export function votedIn(
  vote: TallyResult | null,
  language: Language,
  base: string | null = null
): { readonly title: string; readonly sentence: string; readonly rate: string } | null {
  if (vote === null || vote.standing === 'not-enough') return null
  const title = voteTitle(vote, language, base)
  const number = (value: number): string => count(value, language)
  return {
    title,
    sentence: windowWords[language].compare.result.measured(title),
    rate: evaluationWordsOn(base, language).votes.rate(number(vote.wins), number(vote.wins + vote.losses))
  }
}

/** Of the sample, answers in the tone; else how far the loss went; '' where nothing was measured. */
function measuredOf(
  {
    pairs,
    answeredPairs,
    baseLoss,
    tunedLoss
  }: Pick<Evaluation, 'pairs' | 'answeredPairs' | 'baseLoss' | 'tunedLoss'>,
  language: Language
): string {
  const words = windowWords[language].compare.result
  const inTone = (side: Side): string => count(keptIn(pairs, side, 'tone'), language)
  if (answeredPairs === pairs.length && pairs.every(({ sample }) => sample !== null))
    return words.tone(inTone('base'), inTone('tuned'), count(pairs.length, language))
  if (baseLoss === null || tunedLoss === null) return ''
  const [from, to] = [lossText(baseLoss, language), lossText(tunedLoss, language)]
  return from === to ? words.still(to) : words[tunedLoss < baseLoss ? 'fell' : 'rose'](from, to)
}
