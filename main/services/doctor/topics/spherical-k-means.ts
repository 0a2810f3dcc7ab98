// Groups of sparse vectors of length one by their angle (spherical k-means; Dhillon and Modha 2001), begun at points far from
// one another. The same vectors and seed give the same groups. Pure.
import { randomFrom } from '../../../batches/shuffle'

/** Numbers of dimensions, in order, and what stands there; of length one. */
export interface SparseVector {
  readonly at: Uint32Array
  readonly values: Float32Array
}

/** Of length one, or all zero where nothing was added. */
export type Centre = Float32Array

const rounds = 12
/** a group is looked for once more where the first try fell badly */
const tries = 3

export const product = ({ at, values }: SparseVector, centre: Centre): number => {
  let sum = 0
  for (let i = 0; i < at.length; i++) sum += (values[i] as number) * (centre[at[i] as number] as number)
  return sum
}

/** The nearest centre, and the cosine to it. */
export function nearest(
  vector: SparseVector,
  centres: readonly Centre[]
): { readonly centre: number; readonly cosine: number } {
  let centre = -1
  let cosine = -1
  for (let c = 0; c < centres.length; c++) {
    const own = product(vector, centres[c] as Centre)
    if (own <= cosine) continue
    centre = c
    cosine = own
  }
  return { centre, cosine }
}

/** At most `count` centres. size: dimensions. */
export function centresOf(
  vectors: readonly SparseVector[],
  { count, size, seed }: { readonly count: number; readonly size: number; readonly seed: number }
): readonly Centre[] {
  let best: readonly Centre[] = []
  let most = -Infinity
  for (let attempt = 0; attempt < tries; attempt++) {
    const centres = settled(vectors, firstCentres(vectors, count, size, randomFrom(seed, attempt)), size)
    const sum = vectors.reduce((all, vector) => all + nearest(vector, centres).cosine, 0)
    if (sum <= most) continue
    most = sum
    best = centres
  }
  return best
}

/** Centres after some rounds of moving to the middle of those that are nearest. */
export function settled(
  vectors: readonly SparseVector[],
  from: readonly Centre[],
  size: number
): readonly Centre[] {
  let centres = from
  for (let round = 0; round < rounds; round++) centres = moved(vectors, centres, size)
  return centres
}

/** k-means++: each next one by chance, far ones more likely. */
function firstCentres(
  vectors: readonly SparseVector[],
  count: number,
  size: number,
  random: () => number
): readonly Centre[] {
  const chance = (): number => random() / 2 ** 32
  const centres: Centre[] = []
  const far = new Float64Array(vectors.length).fill(1)
  while (centres.length < count) {
    const total = far.reduce((sum, one) => sum + one, 0)
    if (total <= 1e-9) break
    let left = chance() * total
    let chosen = 0
    for (; chosen < far.length - 1; chosen++) {
      left -= far[chosen] as number
      if (left < 0) break
    }
    const centre = dense(vectors[chosen] as SparseVector, size)
    centres.push(centre)
    vectors.forEach((vector, i) => {
      const away = Math.max(0, 1 - product(vector, centre))
      far[i] = Math.min(far[i] as number, away * away)
    })
  }
  return centres
}

function dense({ at, values }: SparseVector, size: number): Centre {
  const all = new Float32Array(size)
  for (let i = 0; i < at.length; i++) all[at[i] as number] = values[i] as number
  return all
}

/** Each centre in the middle of those that are nearest to it; one that nobody is near to goes. */
function moved(
  vectors: readonly SparseVector[],
  centres: readonly Centre[],
  size: number
): readonly Centre[] {
  const sums = centres.map(() => new Float32Array(size))
  for (const vector of vectors) {
    const sum = sums[nearest(vector, centres).centre]
    if (sum)
      for (const [i, d] of vector.at.entries()) sum[d] = (sum[d] as number) + (vector.values[i] as number)
  }
  return sums.flatMap((sum) => normal(sum) ?? [])
}

/** Null where there is nothing. */
export function normal(sum: Centre): Centre | null {
  const length = Math.sqrt(sum.reduce((all, one) => all + one * one, 0))
  if (length < 1e-9) return null
  for (let d = 0; d < sum.length; d++) sum[d] = (sum[d] as number) / length
  return sum
}
