// A way to put a question otherwise: pure, by chance that is handed in. Null where nothing fits.
import { randomFrom } from '../../batches/shuffle'

export type Change = (question: string, chance: Chance) => string | null

/** Chance of one row: the same seed and row give the same. */
export class Chance {
  readonly #next: () => number

  constructor(...seeds: readonly number[]) {
    this.#next = randomFrom(...seeds)
  }

  /** 0..limit-1 */
  below(limit: number): number {
    return Math.floor((this.#next() / 2 ** 32) * limit)
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from[this.below(from.length)]
  }
}

/** What must stay as it is to the sign: numbers, addresses of mail and the web, words of codes, what stands in brackets or was
 *  masked. As ranges of the text, in order. */
export function fixedParts(text: string): readonly (readonly [number, number])[] {
  const pattern =
    /https?:\/\/\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]+|\{\{[^{}]{0,80}\}\}|\[[^\]\n]{1,40}\]|［[^］\n]{1,40}］|「[^」\n]{1,60}」|『[^』\n]{1,60}』|(?<![A-Za-z])[A-Za-z]{0,30}\d[\w-]*|[０-９]+|(?:お客様|電話番号|住所|メール|氏名|名前)[A-ZＡ-Ｚ0-9０-９]+/g
  return [...text.matchAll(pattern)].map(({ 0: words, index }) => [index, index + words.length] as const)
}

export const isFree = (fixed: readonly (readonly [number, number])[], start: number, end: number): boolean =>
  fixed.every(([from, to]) => end <= from || start >= to)
