// Learning-rate schedules, as Transformers' get_scheduler gives them. Pure.
import type { Settings } from '../contract/settings'

type Schedule = Settings['schedule']

/** What some schedules are told besides. */
export interface Bends {
  /** of polynomial: 1 is a straight line */
  readonly power: number
  /** of cosine_with_restarts */
  readonly cycles: number
  /** the rate that the factor is for: polynomial ends at 1e-7, as Transformers' */
  readonly learningRate: number
}
const straight: Bends = { power: 1, cycles: 1, learningRate: 1 }
const lastRate = 1e-7

/** Factor on the learning rate for update number `index` (0-based) of `total`. */
export function scheduleFactor(
  schedule: Schedule,
  index: number,
  total: number,
  warmup: number,
  { power, cycles, learningRate }: Bends = straight
): number {
  // as Transformers: plain 'constant' knows no warm-up
  if (schedule === 'constant') return 1
  if (index < warmup) return index / Math.max(1, warmup)
  const rest = Math.max(1, total - warmup)
  switch (schedule) {
    case 'constant_with_warmup':
      return 1
    case 'linear':
      return Math.max(0, (total - index) / rest)
    case 'cosine':
      return Math.max(0, 0.5 * (1 + Math.cos((Math.PI * (index - warmup)) / rest)))
    case 'cosine_with_restarts': {
      const progress = (index - warmup) / rest
      return progress >= 1 ? 0 : Math.max(0, 0.5 * (1 + Math.cos(Math.PI * ((cycles * progress) % 1))))
    }
    case 'polynomial': {
      const last = Math.min(1, lastRate / learningRate)
      return index > total ? last : (1 - last) * Math.max(0, (total - index) / rest) ** power + last
    }
  }
}

/** As TrainingArguments.get_warmup_steps: rounded up. */
export const warmupSteps = (total: number, warmupRatio: number): number => Math.ceil(total * warmupRatio)

/** Learning rate of update `step` (1-based) of a run. */
export function learningRateAt(settings: Settings, step: number, total: number): number {
  const warmup = warmupSteps(total, settings.warmupRatio)
  const { schedule, schedulePower, scheduleCycles, learningRate } = settings
  const bends = { power: schedulePower, cycles: scheduleCycles, learningRate }
  return learningRate * scheduleFactor(schedule, step - 1, total, warmup, bends)
}
