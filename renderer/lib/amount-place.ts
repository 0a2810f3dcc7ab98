// Where a number of examples stands on the line from none to plenty. Pure.

/** 0 to 1: what is few takes the first third, straight from none, so that each example more is seen; beyond, it goes by
 *  how often it doubles, up to two and a half times of plenty. */
export function amountPlace(value: number, few: number, many: number): number {
  const first = 0.3
  if (value <= few) return (first * Math.max(0, value)) / few
  return Math.min(1, first + ((1 - first) * Math.log(value / few)) / Math.log((many * 2.5) / few))
}
