// Cuts a text into the runs that merges are learnt in: one script each, so that no token glues a noun to the
// particle behind it. Only training cuts this finely; the finished tokenizer splits as Qwen2's does (which
// other programs know by name) and comes to the same pieces, because no merge crosses a run's border.

const runs = /[一-龠々〆ヶ]+|[ぁ-ゖ]+|[ァ-ヺー]+| ?[A-Za-z]+|\d| ?[^\s一-龠々〆ヶぁ-ゖァ-ヺーA-Za-z\d]|\s/gu

/** Longest token in characters, by script: a phrase of the grammar must not become one token. */
const longest: readonly (readonly [RegExp, number])[] = [
  [/^[一-龠々〆ヶ]/u, 4],
  [/^[ぁ-ゖ]/u, 5],
  [/^[ァ-ヺー]/u, 8],
  [/^ ?[A-Za-z]/u, 14]
]

export function cutWords(text: string): readonly string[] {
  return text.match(runs) ?? []
}

export function maxLength(word: string): number {
  return longest.find(([script]) => script.test(word))?.[1] ?? 1
}

/** The split of the finished tokenizer, as Qwen2 and its descendants write it. */
export const qwen2Split =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
