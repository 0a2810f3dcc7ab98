// What stands beside a chart: round limits for its values, which stand still while values come within them, and
// places for words that must not lie on one another. Pure.

export interface Scale {
  readonly min: number
  readonly max: number
  readonly step: number
}

/** lines across a chart, about */
const lines = 5

/** Round limits around all values: the same for all that lie within a step of them. */
export function linearScale(lowest: number, highest: number): Scale {
  const span = highest - lowest
  // a line that is flat to the eye must not be blown up, and two lines of one place are told apart by three figures
  const least = Math.max(Math.abs(lowest), Math.abs(highest)) * 3e-2 || 1
  const step = roundStep(Math.max(span, least) / lines)
  // as many digits as the step has, so that no limit reads 0.30000000000000004
  const round = (value: number): number => Number(value.toPrecision(12))
  const min = round(Math.floor(lowest / step + 1e-9) * step)
  const max = round(Math.ceil(highest / step - 1e-9) * step)
  return { min, max: max > min ? max : round(min + step), step }
}

/** 1, 2 or 5 of a power of ten, not smaller than asked for */
function roundStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = [1, 2, 5, 10].find((one) => one * power >= wanted * (1 - 1e-9)) ?? 10
  return Number((step * power).toPrecision(12))
}

/** one line for each of these in every power of ten */
const parts = [1, 2, 5]

/** As `linearScale`, for values above 0 on a logarithmic axis: limits that stand still, and where its lines are. */
export function logScale(lowest: number, highest: number): { min: number; max: number; ticks: number[] } {
  const near = linearScale(lowest, highest)
  // within less than a power of ten its lines are those of the linear one
  if (near.min > 0 && near.max < near.min * 10) {
    const count = Math.round((near.max - near.min) / near.step)
    const ticks = Array.from({ length: count + 1 }, (_, at) =>
      Number((near.min + at * near.step).toPrecision(12))
    )
    return { min: near.min, max: near.max, ticks }
  }
  const from = Math.floor(Math.log10(lowest) + 1e-9)
  const upTo = Math.ceil(Math.log10(highest) - 1e-9)
  const all = Array.from({ length: upTo - from + 1 }, (_, at) => 10 ** (from + at)).flatMap((power) =>
    parts.map((part) => Number((part * power).toPrecision(12)))
  )
  const min = all.findLast((one) => one <= lowest * (1 + 1e-9)) ?? lowest
  const max = all.find((one) => one >= highest * (1 - 1e-9) && one > min) ?? highest
  const shown = all.filter((one) => one >= min && one <= max)
  // over many powers the powers alone are enough
  const whole = shown.filter((one) => Number.isInteger(Math.round(Math.log10(one) * 1e9) / 1e9))
  return { min, max, ticks: shown.length > 2 * lines ? whole : shown }
}

export interface Tick {
  readonly at: number
  readonly text: string
}

/** So many round numbers from 0 to the end at most: of epochs, of steps. */
export function wholeTicks(end: number, most: number): readonly number[] {
  const step = Math.max(1, roundStep(end / most))
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, at) => at * step)
}

/** Places along a line for things of this size that want to be at `wanted`: in the same order, none over another,
 *  all between the ends, each as near as that allows. */
export function apart(wanted: readonly number[], size: number, from: number, to: number): readonly number[] {
  const order = wanted.map((_, at) => at).sort((a, b) => (wanted[a] as number) - (wanted[b] as number))
  const room = Math.min(size, (to - from) / Math.max(1, wanted.length))
  const places: number[] = [...wanted]
  let free = from + room / 2
  for (const at of order) {
    places[at] = Math.max(free, places[at] as number)
    free = (places[at] as number) + room
  }
  let last = to - room / 2
  for (const at of order.reverse()) {
    places[at] = Math.min(last, places[at] as number)
    last = (places[at] as number) - room
  }
  return places
}
