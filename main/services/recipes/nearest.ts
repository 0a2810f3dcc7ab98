// The right name nearest to a misspelt one, for settings, recipe keys, commands and flags alike.

/** Levenshtein distance in UTF-16 units; two rows of the table are enough. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const replace = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(replace, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}

/** learning_rate, learning-rate, learningRate and LearningRate are one name. */
export const foldName = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, '')

/** The nearest of the names; always one, because "did you mean" is kinder than a list of thirty. */
export function nearest(name: string, names: readonly string[]): string {
  const folded = foldName(name)
  const distance = (candidate: string): number => {
    const other = foldName(candidate)
    // "rank" means lora_rank more than it means "data"
    const contained = folded.length >= 3 && (other.includes(folded) || folded.includes(other))
    return editDistance(folded, other) - (contained ? Math.abs(folded.length - other.length) : 0)
  }
  return [...names].sort((a, b) => distance(a) - distance(b))[0] ?? ''
}
