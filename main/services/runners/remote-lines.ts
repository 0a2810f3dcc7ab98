// Lines of metrics as they come from elsewhere: a stranger's words, checked one by one before they are a run's. Pure.
import { z } from 'zod'
import type { MetricLine } from '../../contract/records'
import { readMetricLine } from '../runs/metric-line'

const figures = z.record(z.string().max(100), z.number().or(z.nan()))
const at = { step: z.number().int().min(0), time: z.iso.datetime() }

const schema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('step'),
    ...at,
    epoch: z.number(),
    figures,
    tokens: z.number(),
    learntTokens: z.number(),
    seconds: z.number(),
    skipped: z.boolean()
  }),
  z.object({
    kind: z.literal('evaluation'),
    ...at,
    epoch: z.number(),
    figures,
    by: z.string(),
    best: z.boolean()
  }),
  z.object({
    kind: z.literal('notice'),
    ...at,
    code: z.string().max(100),
    details: z.record(z.string(), z.string().max(2000))
  })
])

/** A line that cannot be read costs only itself; a torn last one comes whole the next time. */
export function linesIn(text: string): readonly MetricLine[] {
  return text.split('\n').flatMap((line) => {
    const read = line === '' ? null : readMetricLine(line)
    const checked = schema.safeParse(read)
    return checked.success ? [checked.data] : []
  })
}
