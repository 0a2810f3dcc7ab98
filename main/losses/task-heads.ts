// What heads beside the language head cost, each for a task of its own, with the derivative by every number that they gave:
// which of several labels a text has, and where in it an answer begins and ends.

export interface HeadLoss {
  /** mean over the examples */
  readonly loss: number
  /** by each number of the head, in its order */
  readonly gradient: Float32Array
}

/** Cross entropy of [examples, labels] scores; `right` is the number of each example's label. */
export function labelLoss(scores: ArrayLike<number>, labels: number, right: readonly number[]): HeadLoss {
  const gradient = new Float32Array(scores.length)
  let loss = 0
  right.forEach((label, example) => {
    const places = Array.from({ length: labels }, (_, at) => example * labels + at)
    loss += crossEntropy(scores, places, label, 1 / right.length, gradient)
  })
  return { loss, gradient }
}

/** Of [tokens, 2] scores of examples laid end to end: the mean of two cross entropies over the tokens of each, by the first
 *  column of where it begins and by the second of where it ends. */
export function spanLoss(
  scores: ArrayLike<number>,
  lengths: ArrayLike<number>,
  spans: readonly { readonly start: number; readonly end: number }[]
): HeadLoss {
  const gradient = new Float32Array(scores.length)
  let loss = 0
  let first = 0
  spans.forEach(({ start, end }, example) => {
    const length = lengths[example] ?? 0
    for (const [column, right] of [start, end].entries()) {
      const places = Array.from({ length }, (_, token) => 2 * (first + token) + column)
      loss += crossEntropy(scores, places, right, 0.5 / spans.length, gradient)
    }
    first += length
  })
  return { loss, gradient }
}

/** -log softmax of the right one among these places, `weight` times; its derivative is written. */
function crossEntropy(
  scores: ArrayLike<number>,
  places: readonly number[],
  right: number,
  weight: number,
  gradient: Float32Array
): number {
  const values = places.map((place) => scores[place] ?? NaN)
  const top = Math.max(...values)
  const sum = values.reduce((all, value) => all + Math.exp(value - top), 0)
  places.forEach((place, at) => {
    const share = Math.exp((values[at] ?? NaN) - top) / sum
    gradient[place] = weight * (share - (at === right ? 1 : 0))
  })
  return weight * (top + Math.log(sum) - (values[right] ?? NaN))
}
