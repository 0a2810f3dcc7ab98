// Thinning of long series for the page. Pure.

/** Keeps about `most` points: of each bucket its lowest and highest, so that no spike disappears, in order.
 *  Does nothing until the series is twice as long as wanted, so that appending stays cheap. */
export function thin<P extends { readonly step: number; readonly value: number }>(
  points: readonly P[],
  most: number
): readonly P[] {
  if (points.length <= most * 2) return points
  const size = Math.ceil((points.length / most) * 2)
  const kept: P[] = []
  for (let start = 0; start < points.length; start += size) {
    let low = points[start]
    let high = low
    for (let i = start; i < Math.min(points.length, start + size); i++) {
      const point = points[i]
      if (!point || !low || !high) continue
      if (point.value < low.value) low = point
      if (point.value > high.value) high = point
    }
    if (!low || !high) continue
    if (low === high) kept.push(low)
    else if (low.step < high.step) kept.push(low, high)
    else kept.push(high, low)
  }
  const last = points.at(-1)
  if (last && kept.at(-1) !== last) kept.push(last)
  return kept
}

/** Exponential smoothing with the start corrected (as Adam does), weight 0..1 of the past. */
export function smooth(values: readonly number[], weight: number): number[] {
  let mean = 0
  let past = 1
  return values.map((value) => {
    if (!Number.isFinite(value)) return value
    mean = mean * weight + value * (1 - weight)
    past *= weight
    return mean / (1 - past)
  })
}
