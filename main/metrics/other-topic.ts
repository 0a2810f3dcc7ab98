// Does an answer speak of something else than what was asked? As far as words show it: a word that question and reference
// share is missing, and another one stands in its place, or little of what the reference says is there. Pure.
import type { OtherTopic } from '../contract/answer-troubles'
import { folded } from './facts'
import { sentencesOf } from './sentences'

/** The reference's words of content that an answer has at least, or it may be about another thing. */
const leastShare = 0.5

/** Words of sentences that a house says again and again, whatever it is asked: to say them is no other topic. */
export function houseWords(references: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const reference of references)
    for (const sentence of new Set(sentencesOf(folded(reference).toLowerCase())))
      counts.set(sentence, (counts.get(sentence) ?? 0) + 1)
  return new Set([...counts].flatMap(([sentence, count]) => (count >= fewestTimes ? wordsOf(sentence) : [])))
}
const fewestTimes = 3

export function otherTopicIn(
  answer: string,
  reference: string,
  question: string,
  house: ReadonlySet<string> = new Set()
): OtherTopic | null {
  const [said, given, asked] = [folded(answer), folded(reference), folded(question)].map((text) =>
    text.toLowerCase()
  ) as [string, string, string]
  const wanted = wordsOf(given)
  const lacks = wordsOf(asked).filter((word) => given.includes(word) && !said.includes(word))
  const says = wordsOf(said).filter(
    (word) => !given.includes(word) && !asked.includes(word) && !house.has(word)
  )
  const kept = wanted.filter((word) => said.includes(word)).length
  if (lacks.length === 0 || says.length === 0) return null
  const instead = says.filter((word) => lacks.some((lacked) => standsFor(word, lacked, said, given)))
  if (instead.length > 0) return { lacks, says: instead }
  return kept < leastShare * wanted.length ? { lacks, says } : null
}

/** The one stands in the answer before the very letters that the other stands before in the reference. */
function standsFor(word: string, lacked: string, said: string, given: string): boolean {
  const behind = (text: string, at: string): readonly string[] =>
    text
      .split(at)
      .slice(1)
      .map((rest) => rest.slice(0, lettersBehind))
      .filter((rest) => rest.length === lettersBehind)
  const there = new Set(behind(given, lacked))
  return behind(said, word).some((rest) => there.has(rest))
}
const lettersBehind = 2

const polite =
  /^(?:お|ご|御)?(?:願|頂|致|存|申|誠|恐縮|感謝|幸甚|当店|弊社|当社|私共|皆様|承知|案内|利用|検討|安心|質問|連絡)/
const common = new Set(
  'about also been before could does from have here just like more much please some than thank thanks that their them then there these they this very want what when where which will with would your yours'.split(
    ' '
  )
)

/** Words of kanji and katakana, and Latin ones that say something. */
function wordsOf(text: string): readonly string[] {
  const japanese = [...text.matchAll(/[\p{Script=Han}\p{Script=Katakana}々ー]{2,}/gu)]
    .map(([word]) => word)
    .filter((word) => !polite.test(word))
  const latin = [...text.matchAll(/\p{Script=Latin}{4,}/gu)]
    .map(([word]) => word.replace(/(?<=\p{L}{3})s$/u, ''))
    .filter((word) => !common.has(word))
  return [...new Set([...japanese, ...latin])]
}
