// A curve of any length in little memory: neighbours share a bucket that keeps its lowest and highest value,
// so that no peak is lost. When the buckets are full, two become one. Pure.

export interface Point {
  readonly step: number
  readonly value: number
}

interface Bucket {
  low: Point
  high: Point
}

const mostBuckets = 4096

export class ThinSeries {
  #buckets: Bucket[] = []
  /** points that share one bucket */
  #width = 1
  #inLast = 0
  #newest: Point | null = null

  /** What is no number has no place on a chart; a step that is there already is not there twice. */
  add(step: number, value: number): void {
    if (!Number.isFinite(value) || step <= (this.#newest?.step ?? -Infinity)) return
    const point = { step, value }
    this.#newest = point
    const last = this.#buckets.at(-1)
    if (last && this.#inLast < this.#width) {
      this.#inLast++
      widen(last, point)
      return
    }
    if (this.#buckets.length === mostBuckets) {
      this.#buckets = pairs(this.#buckets)
      this.#width *= 2
    }
    this.#buckets.push({ low: point, high: point })
    this.#inLast = 1
  }

  /** At most `count` points (three or more) in order of steps, the newest as it is. */
  points(count: number): Point[] {
    let buckets: readonly Bucket[] = this.#buckets
    if (this.#width === 1 && buckets.length <= count) return buckets.map(({ low }) => low)
    while (buckets.length * 2 > count - 1) buckets = pairs(buckets)
    const points = buckets.flatMap(({ low, high }) =>
      low.step === high.step ? [low] : low.step < high.step ? [low, high] : [high, low]
    )
    if (this.#newest && points.at(-1) !== this.#newest) points.push(this.#newest)
    return points
  }
}

function widen(bucket: Bucket, point: Point): void {
  if (point.value < bucket.low.value) bucket.low = point
  if (point.value > bucket.high.value) bucket.high = point
}

function pairs(buckets: readonly Bucket[]): Bucket[] {
  const half: Bucket[] = []
  for (let at = 0; at < buckets.length; at += 2) {
    const bucket = { ...(buckets[at] as Bucket) }
    const next = buckets[at + 1]
    if (next) {
      widen(bucket, next.low)
      widen(bucket, next.high)
    }
    half.push(bucket)
  }
  return half
}
