// How far two results are apart, in the measure of tolerances.json: max |d| / max |expected| over each
// tensor, relative for single numbers. What differs in kind or length, or is not finite, is infinitely far.
export interface Check {
  readonly name: string
  /** largest error; 0 for what must be, and is, exact */
  readonly error: number
  /** 0 = exact */
  readonly tolerance: number
  /** what is different, where an error alone would not say it */
  readonly note?: string
}

export const passes = (check: Check): boolean => check.error <= check.tolerance

export function tensorError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity
  let difference = 0
  let scale = 0
  for (let i = 0; i < expected.length; ++i) {
    const a = actual[i] ?? NaN
    const e = expected[i] ?? NaN
    if (!Number.isFinite(a) || !Number.isFinite(e)) return Infinity
    difference = Math.max(difference, Math.abs(a - e))
    scale = Math.max(scale, Math.abs(e))
  }
  // an expected zero tensor (B of a new adapter) leaves nothing to be relative to
  return scale === 0 ? difference : difference / scale
}

export function numberError(actual: number, expected: number): number {
  if (!Number.isFinite(actual) || !Number.isFinite(expected)) return Infinity
  return expected === 0 ? Math.abs(actual) : Math.abs(actual - expected) / Math.abs(expected)
}

/** The worst of several, and whose it is. */
export function worst(errors: Iterable<readonly [string, number]>): { name: string; error: number } {
  let found = { name: '', error: -1 }
  for (const [name, error] of errors) if (error > found.error || Number.isNaN(error)) found = { name, error }
  // nothing compared is no agreement
  return found.error < 0 ? { name: 'nothing to compare', error: Infinity } : found
}

/** Same names on both sides, and how far the worst tensor is off. */
export const tensorSetCheck = (
  name: string,
  actual: ReadonlyMap<string, ArrayLike<number>>,
  expected: ReadonlyMap<string, ArrayLike<number>>,
  tolerance: number
): Check => setCheck(name, actual, expected, tolerance, tensorError)

/** The same of trained weights: AdamW blows rounding up where a gradient is next to nothing, so that one value in 500 of
 *  a tensor may be further off, by no more than `farthest`. */
export const trainedSetCheck = (
  name: string,
  actual: ReadonlyMap<string, ArrayLike<number>>,
  expected: ReadonlyMap<string, ArrayLike<number>>,
  tolerance: number,
  farthest: number
): Check =>
  setCheck(name, actual, expected, tolerance, (a, e) => {
    const error = tensorError(a, e)
    if (error <= tolerance || !Number.isFinite(error)) return error
    const distances = Array.from(e, (value, i) => Math.abs((a[i] ?? NaN) - value)).sort((x, y) => y - x)
    if ((distances[0] ?? 0) > farthest) return error
    const scale = Array.from(e).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    return (distances[Math.floor(e.length / 500)] ?? 0) / (scale || 1)
  })

function setCheck(
  name: string,
  actual: ReadonlyMap<string, ArrayLike<number>>,
  expected: ReadonlyMap<string, ArrayLike<number>>,
  tolerance: number,
  distance: (actual: ArrayLike<number>, expected: ArrayLike<number>) => number
): Check {
  const missing = [...expected.keys()].filter((key) => !actual.has(key))
  const extra = [...actual.keys()].filter((key) => !expected.has(key))
  if (missing.length || extra.length)
    return {
      name,
      error: Infinity,
      tolerance,
      note: `missing: ${missing.slice(0, 3).join(', ') || 'none'}; not expected: ${extra.slice(0, 3).join(', ') || 'none'}`
    }
  const { name: where, error } = worst(
    [...expected].map(([key, values]) => [key, distance(actual.get(key) ?? [], values)] as const)
  )
  return { name, error, tolerance, note: error > tolerance ? where : undefined }
}

export function exactCheck(name: string, same: boolean, note?: string): Check {
  return { name, error: same ? 0 : Infinity, tolerance: 0, note: same ? undefined : note }
}

/** Whole numbers that must be the same, one by one. */
export function sequenceCheck(name: string, actual: ArrayLike<number>, expected: ArrayLike<number>): Check {
  const a = Array.from(actual)
  const e = Array.from(expected)
  const at = e.findIndex((value, i) => value !== a[i])
  if (at < 0 && a.length === e.length) return exactCheck(name, true)
  const where = at < 0 ? e.length : at
  return exactCheck(
    name,
    false,
    `at ${where}: expected ${e[where] ?? 'the end'}, got ${a[where] ?? 'the end'}`
  )
}
