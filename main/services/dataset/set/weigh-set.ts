// How heavy the examples of a set are by their texts: what tells which of them may be too long, without any text that is sent
// anywhere.
import { weightOf } from '../../tokens/most-tokens'
import { kindOf } from '../kinds'
import { kindNumbers } from '../kept/kept-index'
import { partSize, type SetExample, type SetWeights } from './kept-set'

/** read: examples from one position to another. ofUnits: the weight of each unit of UTF-16. */
export async function weighSet(
  count: number,
  read: (from: number, to: number) => Promise<readonly SetExample[]>,
  ofUnits: Uint16Array
): Promise<SetWeights> {
  const [kinds, texts, sums] = [new Uint8Array(count), new Uint8Array(count), new Uint32Array(count)]
  for (let from = 0; from < count; from += partSize)
    for (const [i, { example }] of (await read(from, Math.min(count, from + partSize))).entries()) {
      const own = kindOf(example).texts(example)
      kinds[from + i] = kindNumbers.indexOf(example.kind)
      texts[from + i] = Math.min(255, own.length)
      sums[from + i] = own.reduce((sum, text) => sum + weightOf(text, ofUnits), 0)
    }
  return { kinds, texts, sums }
}
