// What a question is about, in words as a machine counts them: its words of content, and of long kanji words each two and
// three signs, so that 送料無料 is a question with 送料. Words, not meaning, and as they are written: 注文 is not 購入 here.
import { withoutMasks } from '../../../metrics/masks'
import { contentWords } from '../alike/question'

/** signs of a question that are looked at */
const longest = 400

/** words that stand in questions about anything, as they are written and without their endings */
const anything = new Set(
  `one two first new not no only also too more most other another same such each every all both few lot out up down off
  back after before over under then than into within without between through during around since because while until
  again still already yet soon now today always never ever really very well good bad better best right wrong sure able
  possible way thing something anything everything someone anyone make made mak use us using given give giv get let put
  take tak keep try tri work go come com see look find say ask think mean seem happen`
    .split(/\s+/)
    .flatMap((word) => [word, ...contentWords(word)])
)

export const topicWords = (question: string): readonly string[] =>
  contentWords(withoutMasks(question.slice(0, longest))).filter(
    (word) => word.length > 1 && !anything.has(word) && !/^[\d.,]+$|['’]/.test(word)
  )

/** Words, then of long kanji words their parts; each once. */
export function featuresOf(words: readonly string[]): readonly string[] {
  const features = new Set(words)
  for (const word of words)
    if (isKanji(word))
      for (const size of [2, 3])
        for (let i = 0; i + size <= word.length; i++) features.add(word.slice(i, i + size))
  return [...features]
}

/** In letters: its parts are no words. */
export const isSpelled = (word: string): boolean => /^[a-z]/.test(word)

const isKanji = (word: string): boolean => /^[一-鿿々]+$/.test(word)

/** 32 bits of a word (FNV-1a): what a million rows keep of it. */
export function wordHash(word: string): number {
  let hash = 2166136261
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 16777619)
  return hash >>> 0
}

/** A word as the first of these texts that has it writes it: those of English are kept without their endings, those of
 *  katakana without the last ー. */
export function asWritten(word: string, texts: Iterable<string>): string {
  const isKana = /^[ァ-ヶー]+$/.test(word)
  if (!isSpelled(word) && !isKana) return word
  const belongs = isKana ? (sign: string) => sign === 'ー' : isLetter
  for (const text of texts) {
    const small = text.normalize('NFKC').toLowerCase()
    for (let at = small.indexOf(word); at >= 0; at = small.indexOf(word, at + 1)) {
      if (at > 0 && belongs(small[at - 1] ?? '')) continue
      let end = at + word.length
      while (belongs(small[end] ?? '')) end++
      // "the" begins with what "thing" leaves without its ending, and is another word
      const written = small.slice(at, end)
      if (isKana || contentWords(written).includes(word)) return written
    }
  }
  return word
}

const isLetter = (sign: string): boolean => sign >= 'a' && sign <= 'z'
