// chrF and chrF++ (Popović 2015, 2017) as sacreBLEU 2 counts them: F2 of runs of one to six characters, with ++ also of
// one and two words; orders that one side lacks do not count. 0..100.
import { commonOf, ngramsOf, signsOf, totalOf, wordsOf } from './ngrams'
import type { TextScore } from './text-score'

const characterOrders = [1, 2, 3, 4, 5, 6] as const
const recallWeight = 2 ** 2
const marks = new Set('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~')

/** One mark at the end of a word, or else at its beginning, stands alone. */
function wordsAndMarks(text: string): readonly string[] {
  return wordsOf(text).flatMap((word) => {
    const signs = Array.from(word)
    if (signs.length === 1) return [word]
    if (marks.has(signs.at(-1) ?? '')) return [signs.slice(0, -1).join(''), signs.at(-1) ?? '']
    if (marks.has(signs[0] ?? '')) return [signs[0] ?? '', signs.slice(1).join('')]
    return [word]
  })
}

/** `wordOrders`: 0 for chrF, 2 for chrF++. */
export function chrf(wordOrders: 0 | 2): TextScore {
  const orders = characterOrders.length + wordOrders
  const runs = (text: string): readonly ReadonlyMap<string, number>[] => {
    const [signs, words] = [signsOf(text), wordOrders === 0 ? [] : wordsAndMarks(text)]
    return Array.from({ length: orders }, (_, at) =>
      at < characterOrders.length ? ngramsOf(signs, at + 1) : ngramsOf(words, at + 1 - characterOrders.length)
    )
  }
  return {
    // of each order: runs of the answer (none where the reference has none), of the reference, of both
    counts: (answer, reference) => {
      const given = runs(reference)
      return runs(answer).flatMap((said, at) => {
        const other = given[at] ?? new Map<string, number>()
        return [other.size === 0 ? 0 : totalOf(said), totalOf(other), commonOf(said, other)]
      })
    },
    value: (sums) => {
      let [precision, recall, used] = [0, 0, 0]
      for (let at = 0; at < orders; at++) {
        const [said = 0, given = 0, common = 0] = sums.slice(3 * at, 3 * at + 3)
        if (said === 0 || given === 0) continue
        precision += common / said
        recall += common / given
        used++
      }
      if (used === 0) return 0
      precision /= used
      recall /= used
      if (precision + recall === 0) return 0
      return (100 * ((1 + recallWeight) * precision * recall)) / (recallWeight * precision + recall)
    }
  }
}
