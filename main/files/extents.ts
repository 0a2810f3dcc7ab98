// Which bytes of a file are there: sorted ranges that do not touch. Pure.

/** from (in) to (out) */
export type Extent = readonly [from: number, to: number]

/** The same with one range more. */
export function withExtent(extents: readonly Extent[], [from, to]: Extent): readonly Extent[] {
  if (to <= from) return extents
  const before = extents.filter((extent) => extent[1] < from)
  const after = extents.filter((extent) => extent[0] > to)
  const touched = extents.filter((extent) => extent[1] >= from && extent[0] <= to)
  const joined: Extent = [
    Math.min(from, ...touched.map((extent) => extent[0])),
    Math.max(to, ...touched.map((extent) => extent[1]))
  ]
  return [...before, joined, ...after]
}

/** What is missing of so many bytes, in order. */
export function gaps(extents: readonly Extent[], size: number): readonly Extent[] {
  const missing: Extent[] = []
  let at = 0
  for (const [from, to] of extents) {
    if (from > at) missing.push([at, from])
    at = Math.max(at, to)
  }
  if (at < size) missing.push([at, size])
  return missing
}

export const covered = (extents: readonly Extent[]): number =>
  extents.reduce((sum, [from, to]) => sum + to - from, 0)

/** As they were written down: sound, sorted, inside of the file; else nothing is believed. */
export function readExtents(value: unknown, size: number): readonly Extent[] {
  if (!Array.isArray(value)) return []
  let extents: readonly Extent[] = []
  for (const one of value as readonly unknown[]) {
    const [from, to] = Array.isArray(one) ? (one as unknown[]) : []
    const sound = Number.isSafeInteger(from) && Number.isSafeInteger(to)
    if (!sound || (from as number) < 0 || (to as number) > size || (from as number) >= (to as number))
      return []
    extents = withExtent(extents, [from as number, to as number])
  }
  return extents
}
