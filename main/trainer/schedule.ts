// Learning-rate schedules, as Transformers' get_scheduler gives them. Pure.
import type { Settings } from '../contract/settings'

type Schedule = Settings['schedule']

/** Factor on the learning rate for update number `index` (0-based) of `total`. */
export function scheduleFactor(schedule: Schedule, index: number, total: number, warmup: number): number {
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
  }
}

/** As TrainingArguments.get_warmup_steps: rounded up. */
export const warmupSteps = (total: number, warmupRatio: number): number => Math.ceil(total * warmupRatio)

/** Learning rate of update `step` (1-based) of a run. */
export function learningRateAt(settings: Settings, step: number, total: number): number {
  const warmup = warmupSteps(total, settings.warmupRatio)
  return settings.learningRate * scheduleFactor(settings.schedule, step - 1, total, warmup)
}
