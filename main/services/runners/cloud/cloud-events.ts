// What a job of fine-tuning tells of itself, as lines of a run's metrics. A stranger's words, checked one by one; what
// cannot be read costs only itself. Pure.
import { z } from 'zod'
import type { MetricLine } from '../../../contract/records'

const eventSchema = z.object({
  id: z.string(),
  created_at: z.number(),
  level: z.string(),
  message: z.string().nullish(),
  type: z.string().nullish(),
  data: z.unknown().optional()
})

const number = z.number().optional().catch(undefined)
const metricsSchema = z.object({
  step: z.number().int().min(0),
  total_steps: number,
  train_loss: number,
  valid_loss: number,
  full_valid_loss: number
})

export type CloudEvent = z.infer<typeof eventSchema>

export const readEvent = (event: unknown): CloudEvent | null => eventSchema.safeParse(event).data ?? null

export interface CloudProgress {
  readonly lines: readonly MetricLine[]
  readonly step: number
  /** null: it has not said */
  readonly totalSteps: number | null
}

/** Of all events so far, oldest first. */
export function progressOf(events: readonly CloudEvent[], epochs: number): CloudProgress {
  const read = events.flatMap((event) => {
    const metrics = event.type === 'metrics' ? metricsSchema.safeParse(event.data).data : undefined
    return metrics ? [{ ...metrics, time: new Date(event.created_at * 1000).toISOString() }] : []
  })
  // one step may be told in two events; what was held out is told of its batch, and now and then of all of it
  const all = read.some(({ full_valid_loss }) => full_valid_loss !== undefined)
  const lines: MetricLine[] = []
  let [step, totalSteps, best]: [number, number | null, number] = [0, null, Infinity]
  for (const metrics of read.sort((a, b) => a.step - b.step)) {
    const { time, train_loss, valid_loss, full_valid_loss, total_steps } = metrics
    step = Math.max(step, metrics.step)
    totalSteps = total_steps ?? totalSteps
    const at = { step: metrics.step, time, epoch: totalSteps ? (metrics.step / totalSteps) * epochs : 0 }
    if (train_loss !== undefined)
      lines.push({
        ...{ kind: 'step' as const, ...at, figures: { loss: train_loss } },
        // it is not told how many there were, nor how long they took
        ...{ tokens: 0, learntTokens: 0, seconds: 0, skipped: false }
      })
    const heldOut = all ? full_valid_loss : valid_loss
    if (heldOut === undefined) continue
    const isBest = heldOut < best
    best = Math.min(best, heldOut)
    lines.push({ kind: 'evaluation', ...at, figures: { loss: heldOut }, by: 'loss', best: isBest })
  }
  return { lines, step, totalSteps }
}

/** What it warns of, or says went wrong. */
export const warningOf = ({ level, message, type }: CloudEvent): string | null =>
  type !== 'metrics' && (level === 'warn' || level === 'error') && message ? message : null
