// A long plain text in parts that fit: windows of equal length, so that none is a useless remainder. Knows
// nothing of conversations.

export interface WindowOptions {
  /** put before every window: the model was taught that texts begin so */
  readonly begin: number | null
  /** put behind the last window only, so that the model does not learn to stop in the middle */
  readonly end: number | null
  /** most ids in one window, begin and end included */
  readonly maxLength: number
}

export function textWindows(ids: ArrayLike<number>, { begin, end, maxLength }: WindowOptions): Int32Array[] {
  const before = begin === null ? [] : [begin]
  const all = end === null ? Array.from(ids) : [...Array.from(ids), end]
  const count = Math.ceil(all.length / (maxLength - before.length))
  const at = (window: number): number => Math.floor((window * all.length) / count)
  return Array.from({ length: count }, (_, i) => Int32Array.from([...before, ...all.slice(at(i), at(i + 1))]))
}
