// Drawing so that each label gives its share of the held-out part: by chance alone a rare label may have no row there, or
// none to be learnt from. Pure.

interface Drawing {
  /** of each example, its group of equal questions */
  readonly groupOf: Uint32Array
  /** examples of each group */
  readonly sizes: Uint32Array
  /** of each example, the number of its labels */
  readonly strata: Uint32Array
  /** of the groups, by chance */
  readonly order: readonly number[] | Uint32Array
}

/** Marks groups so that each stratum (by the first example of a group) gives its share, by largest remainders. False, and
 *  nothing marked, where the strata are so small that none can give any. */
export function drawByStratum(
  isHeld: Uint8Array,
  { groupOf, sizes, strata, order }: Drawing,
  wanted: number
): boolean {
  const stratumOf = new Uint32Array(isHeld.length)
  // the first example decides: it is written last
  for (let i = groupOf.length - 1; i >= 0; i--) stratumOf[groupOf[i] as number] = strata[i] as number
  const total = new Map<number, number>()
  sizes.forEach((size, group) => {
    const stratum = stratumOf[group] as number
    total.set(stratum, (total.get(stratum) ?? 0) + size)
  })
  const quota = quotas(total, wanted / groupOf.length, wanted)
  for (const group of order) {
    const stratum = stratumOf[group] as number
    const [left, size] = [quota.get(stratum) ?? 0, sizes[group] as number]
    if (size > left) continue
    isHeld[group] = 1
    quota.set(stratum, left - size)
  }
  return isHeld.includes(1)
}

/** How many of each stratum: never all of it. */
function quotas(total: ReadonlyMap<number, number>, share: number, wanted: number): Map<number, number> {
  const shares = [...total].map(([stratum, size]) => ({ stratum, size, exact: size * share }))
  const quota = new Map(shares.map(({ stratum, exact }) => [stratum, Math.floor(exact)]))
  let left = wanted - [...quota.values()].reduce((sum, count) => sum + count, 0)
  const rest = ({ exact }: { readonly exact: number }): number => exact - Math.floor(exact)
  for (const { stratum, size } of shares.sort((a, b) => rest(b) - rest(a) || a.stratum - b.stratum)) {
    const count = quota.get(stratum) ?? 0
    if (left <= 0 || count + 1 >= size) continue
    quota.set(stratum, count + 1)
    left--
  }
  return quota
}
