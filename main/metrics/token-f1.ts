// F1 of the words that answer and reference share, as SQuAD's evaluation counts it: lower case, no marks, no English
// articles. Japanese, which has no spaces, is counted by characters. 0..1.
import { commonOf, ngramsOf, signsOf, wordsOf } from './ngrams'

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u

export function tokenF1(answer: string, reference: string): number {
  const divide = japanese.test(reference) || japanese.test(answer) ? signs : words
  const [said, given] = [divide(answer), divide(reference)]
  // both silent is agreement; one silent is none
  if (said.length === 0 || given.length === 0) return said.length === given.length ? 1 : 0
  const common = commonOf(ngramsOf(said, 1), ngramsOf(given, 1))
  if (common === 0) return 0
  const [precision, recall] = [common / said.length, common / given.length]
  return (2 * precision * recall) / (precision + recall)
}

const signs = (text: string): readonly string[] =>
  signsOf(
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\p{P}\p{S}]/gu, '')
  )

const words = (text: string): readonly string[] =>
  wordsOf(
    text
      .toLowerCase()
      .replace(/[!-/:-@[-`{-~]/g, '')
      .replace(/\b(a|an|the)\b/g, ' ')
  )
