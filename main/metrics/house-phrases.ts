// What a house begins and ends its answers with: a sentence that many answers share, and that is no content of a part of
// them. Of a set in which each tenth answer is about one thing, the sentence that says that thing is nobody's greeting. Pure.

/** A sentence, and the share of answers that have it, 0..1. */
export interface HousePhrase {
  readonly text: string
  readonly share: number
}

/** fewest answers that can have something in common */
const fewest = 3
/** of words of courtesy, of which a house may have several */
const courtesyShare = 0.1
const phraseShare = 0.25
/** what more than this share has belongs to no part */
const partShare = 0.5
/** A part is about one thing: so much of its questions say the same word, and so many times less the others. */
const topicShare = 0.6
const topicTimes = 3

const courtesy =
  /ありがとうござ|有難うござ|お世話にな|お待たせ|よろしくお願い|お待ちして|お詫び申し上げ|申し訳(?:ござい|あり)ま|失礼(?:いた|致)?しま|承知(?:いた|致)?しました|かしこまりました|いつでも(?:お|ご)|お気軽に|でございます。$|^(?:hello|hi|hey|dear|good (?:morning|afternoon|evening)|welcome|sincerely)\b|thank(?:s| you)|(?:best|kind|warm) (?:regards|wishes)|at your service|look(?:ing)? forward to|let us know|happy to help|sorry (?:to|for|about)/iu

/** `said`: how each answer begins, or ends; `questions`: one for each. The commonest first; [] where they have nothing in common. */
export function housePhrases(said: readonly string[], questions: readonly string[]): readonly HousePhrase[] {
  const places = new Map<string, number[]>()
  said.forEach((text, at) => {
    if (text !== '') places.set(text, [...(places.get(text) ?? []), at])
  })
  const words = questions.map(wordsOf)
  return [...places]
    .map(([text, at]) => ({ text, at, share: at.length / said.length }))
    .filter(({ text, at, share }) => {
      if (at.length < fewest || share < (courtesy.test(text) ? courtesyShare : phraseShare)) return false
      return share > partShare || !areOfOneTopic(at, words)
    })
    .sort((a, b) => b.share - a.share)
    .map(({ text, share }) => ({ text, share }))
}

/** Whether what was asked tells these answers from the others. */
function areOfOneTopic(at: readonly number[], words: readonly ReadonlySet<string>[]): boolean {
  const counts = new Map<string, number>()
  for (const place of at) for (const word of words[place] ?? []) counts.set(word, (counts.get(word) ?? 0) + 1)
  const others = Math.max(1, words.length - at.length)
  return [...counts].some(([word, inside]) => {
    const share = inside / at.length
    // hardly any word comes so far: all questions are looked through for those alone
    if (share < topicShare) return false
    const outside = words.filter((one) => one.has(word)).length - inside
    return share >= (topicTimes * outside) / others
  })
}

/** Pairs of signs that mean something in Japanese, and whole words of other writing. */
function wordsOf(question: string): ReadonlySet<string> {
  const runs = question.match(/[\p{Script=Han}\p{Script=Katakana}ー]{2,}/gu) ?? []
  const pairs = runs.flatMap((run) => Array.from(run).map((_, at, all) => all.slice(at, at + 2).join('')))
  const latin = question.toLowerCase().match(/[\p{Script=Latin}\d]{4,}/gu) ?? []
  return new Set([...pairs.filter((pair) => Array.from(pair).length === 2), ...latin])
}
