// Noise taken from a series for the page. Pure.

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
