// ROUGE-1, -2 and -L (Lin 2004) as Google's rouge-score counts them, without stemming: words of Latin letters and digits
// only. That leaves nothing of a Japanese text, so there it is counted by characters: `pieces` says which.
import { commonOf, ngramsOf, signsOf, totalOf } from './ngrams'
import { meanScore, type TextScore } from './text-score'

export type RougeKind = 'rouge1' | 'rouge2' | 'rougeL'

export interface Rouge {
  readonly precision: number
  readonly recall: number
  readonly f: number
}

/** Google's words: lower case, a-z and 0-9. */
export const latinWords = (text: string): readonly string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? []

/** Letters and digits of any writing, one by one, in the form that width does not change. */
export const letters = (text: string): readonly string[] =>
  signsOf(text.normalize('NFKC').toLowerCase()).filter((sign) => /[\p{L}\p{N}ー]/u.test(sign))

export function rouge(answer: readonly string[], reference: readonly string[], kind: RougeKind): Rouge {
  if (kind === 'rougeL') return ratio(longestCommon(answer, reference), answer.length, reference.length)
  const order = kind === 'rouge1' ? 1 : 2
  const [said, given] = [ngramsOf(answer, order), ngramsOf(reference, order)]
  return ratio(commonOf(said, given), totalOf(said), totalOf(given))
}

export const rougeScore = (kind: RougeKind, pieces: (text: string) => readonly string[]): TextScore =>
  meanScore((answer, reference) => rouge(pieces(answer), pieces(reference), kind).f)

function ratio(common: number, said: number, given: number): Rouge {
  if (common === 0) return { precision: 0, recall: 0, f: 0 }
  const [precision, recall] = [common / said, common / given]
  return { precision, recall, f: (2 * precision * recall) / (precision + recall) }
}

/** Length of the longest sequence that both have in this order, with gaps. One row of the table at a time. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  let above = new Uint32Array(b.length + 1)
  for (const one of a) {
    const row = new Uint32Array(b.length + 1)
    for (let at = 0; at < b.length; at++)
      row[at + 1] = b[at] === one ? (above[at] ?? 0) + 1 : Math.max(above[at + 1] ?? 0, row[at] ?? 0)
    above = row
  }
  return above[b.length] ?? 0
}
