// From the log-probabilities of a batch's tokens, as the engine gives them, to those of its rows; and from derivatives
// by a row's sum back to every token of it.
import type { Batch } from '../../addon/index'

export interface RowLogs {
  readonly sum: number
  /** learnt ones */
  readonly tokens: number
}

/** Of each row, in order. */
export function rowLogs({ labels, lengths }: Batch, logs: ArrayLike<number>): readonly RowLogs[] {
  let at = 0
  return Array.from(lengths, (length) => {
    let [sum, tokens] = [0, 0]
    for (let i = at + 1; i < at + length; i++) {
      if ((labels[i] as number) < 0) continue
      sum += logs[i] as number
      tokens++
    }
    at += length
    return { sum, tokens }
  })
}

/** The derivative by each token, from those by each row's sum. */
export function spreadRows({ labels, lengths }: Batch, byRow: ArrayLike<number>): Float32Array {
  const gradient = new Float32Array(labels.length)
  let at = 0
  lengths.forEach((length, row) => {
    for (let i = at + 1; i < at + length; i++)
      if ((labels[i] as number) >= 0) gradient[i] = byRow[row] as number
    at += length
  })
  return gradient
}
