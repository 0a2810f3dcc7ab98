// What a question is about, in words as a machine counts them: its words of content, and of long kanji words each two signs,
// so that 送料無料 stands near 送料. Words, not meaning: two questions without a word in common are never one topic.
import { contentKey } from '../alike/question'

/** signs of a question that are looked at */
const longest = 400

/** words that stand in questions about anything */
const anything = new Set(
  'one two first new not no only also too more most other out up down after before over then than into again still already make made use us give given get let put take someone something'.split(
    ' '
  )
)

export const topicWords = (question: string): readonly string[] =>
  contentKey(question.slice(0, longest))
    .split(' ')
    .filter((word) => word.length > 1 && !anything.has(word) && !/^[\d.,]+$/.test(word))

/** A word, and of a long kanji word its parts. */
export function* featuresOf(word: string): Generator<string> {
  yield word
  if (word.length < 3 || !isKanji(word)) return
  for (let i = 0; i + 1 < word.length; i++) yield word.slice(i, i + 2)
}

const isKanji = (word: string): boolean => /^[一-鿿々]+$/.test(word)

/** 32 bits of a word (FNV-1a): what a million rows keep of it. */
export function wordHash(word: string): number {
  let hash = 2166136261
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 16777619)
  return hash >>> 0
}

/** A word as the first of these texts that has it writes it: those of English are kept without their endings. */
export function asWritten(word: string, texts: Iterable<string>): string {
  if (!/^[a-z]/.test(word)) return word
  for (const text of texts) {
    const small = text.toLowerCase()
    for (let at = small.indexOf(word); at >= 0; at = small.indexOf(word, at + 1)) {
      if (at > 0 && isLetter(small[at - 1] ?? '')) continue
      let end = at + word.length
      while (isLetter(small[end] ?? '')) end++
      return small.slice(at, end)
    }
  }
  return word
}

const isLetter = (sign: string): boolean => sign >= 'a' && sign <= 'z'
