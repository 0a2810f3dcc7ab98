// Rows in another order than that of their files. Of a million of them there are a million keys for as long as it takes, and a
// million numbers afterwards.
import type { RowOrder } from '../../../contract/window/data'
import { kindOf } from '../kinds'
import { folded } from '../kept/search-form'
import { partSize, type SetExample } from './kept-set'

/** of a question: those that begin alike so far stay in the order of their files */
const keyLength = 40

/** Those positions of the set, in that order. */
export async function orderedRows(
  positions: Uint32Array,
  order: Exclude<RowOrder, 'file'>,
  read: (positions: readonly number[]) => Promise<readonly SetExample[]>
): Promise<Uint32Array> {
  const lengths = order === 'question' ? null : new Uint32Array(positions.length)
  const words: string[] = []
  for (let from = 0; from < positions.length; from += partSize) {
    const some = await read([...positions.subarray(from, from + partSize)])
    some.forEach(({ example }, i) => {
      const { question, answer } = kindOf(example).pair(example)
      if (lengths) lengths[from + i] = answer.length
      else words.push(folded(question.trimStart().slice(0, keyLength)))
    })
  }
  const at = Uint32Array.from(positions, (_, i) => i)
  const byLength = (a: number, b: number): number => (lengths?.[a] ?? 0) - (lengths?.[b] ?? 0)
  const byWords = (a: number, b: number): number => {
    const [one, other] = [words[a] ?? '', words[b] ?? '']
    return one < other ? -1 : one > other ? 1 : 0
  }
  const compare = {
    question: byWords,
    shortest: byLength,
    longest: (a: number, b: number) => byLength(b, a)
  }[order]
  at.sort((a, b) => compare(a, b) || a - b)
  return at.map((i) => positions[i] ?? 0)
}
