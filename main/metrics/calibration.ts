// Whether a model is as often right as it is sure: decisions in bins of the same width, and the expected calibration
// error (Guo et al. 2017): the mean distance of sureness and rightness, weighted by the rows of each bin.

export interface CalibrationBin {
  /** sureness from (exclusive, but for 0) to (inclusive) */
  readonly from: number
  readonly to: number
  readonly rows: number
  /** means over the rows; 0 where there are none */
  readonly sure: number
  readonly right: number
}

export interface Calibration {
  readonly bins: readonly CalibrationBin[]
  /** 0..1 */
  readonly error: number
}

/** `sure` 0..1: probability of the class that was said; `right`: whether it was that class. */
export function calibration(
  decisions: readonly { readonly sure: number; readonly right: boolean }[],
  binCount = 10
): Calibration {
  const bins = Array.from({ length: binCount }, (_, at): CalibrationBin => {
    const [from, to] = [at / binCount, (at + 1) / binCount]
    const rows = decisions.filter(({ sure }) => (sure > from || (at === 0 && sure === 0)) && sure <= to)
    const mean = (of: (one: (typeof rows)[number]) => number): number =>
      rows.length === 0 ? 0 : rows.reduce((sum, one) => sum + of(one), 0) / rows.length
    return {
      from,
      to,
      rows: rows.length,
      sure: mean((one) => one.sure),
      right: mean((one) => Number(one.right))
    }
  })
  const distance = bins.reduce((sum, { rows, sure, right }) => sum + rows * Math.abs(sure - right), 0)
  return { bins, error: decisions.length === 0 ? 0 : distance / decisions.length }
}
