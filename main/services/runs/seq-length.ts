// How long examples may be in a training of these: what a preset proposes. Pure.
import { defaultSettings } from '../../contract/settings'

interface Lengths {
  /** tokens of each training row, uncut */
  readonly lengths: ArrayLike<number>
  readonly maxPositionEmbeddings: number
}

/** Covers 99 of 100 examples, and all of them where the longest is not much longer. In steps of 64. */
export function seqLength({ lengths, maxPositionEmbeddings }: Lengths): number {
  const sorted = Uint32Array.from(lengths).sort()
  const most = sorted.at(Math.ceil(sorted.length * 0.99) - 1) ?? defaultSettings.maxSeqLength
  const longest = sorted.at(-1) ?? most
  const wanted = longest <= most * 1.25 ? longest : most
  return Math.min(Math.max(64, Math.ceil(wanted / 64) * 64), maxPositionEmbeddings)
}
