// What job.json and state.json say, looked at before anything is done by it: the folder of a run may come from anybody, and
// may have been changed by hand. Names and kinds of values; what a setting may be is the engine's and the recipe's matter, and
// what a later version added is kept. Pure.
import { z } from 'zod'
import { runFiles, type RunStateFile } from '../../contract/run-files'
import { settingRows } from '../../contract/settings'
import type { Job } from '../../contract/trainer-protocol'
import { settingKeys, type SettingRow } from '../recipes/setting-values'

const count = z.int().min(0)
const text = z.string()
const anything = z.looseObject({})

function kindOf(row: SettingRow): z.ZodType {
  switch (row.kind) {
    case 'integer':
    case 'number':
      return z.number()
    case 'switch':
      return z.boolean()
    case 'choice':
      return z.enum(row.choices)
    case 'list':
      return z.array(z.enum(row.choices))
    case 'text':
      return text
  }
}

/** Runs from before a setting lack it. */
const settings = z.looseObject(
  Object.fromEntries(settingKeys.map((key) => [key, kindOf(settingRows[key]).optional()]))
)

const open = z.looseObject({
  ...{ baseQuantization: text, seed: z.number(), threads: count },
  ...{ maxTokensPerMicroBatch: count, maxContext: count },
  ...{ adapterDir: text.optional(), referenceDir: text.optional() }
})

const labels = z.looseObject({ problem: text, labels: z.array(text) })

const job = z.looseObject({
  open: open.extend({ modelDir: text }),
  settings,
  baseModelName: text,
  baseModelMark: text.optional(),
  filesDir: text.optional(),
  // no other file than the run's own
  train: z.literal(runFiles.train),
  heldOut: z.literal(runFiles.heldOut).nullable(),
  stopTokens: z.array(count),
  questions: z.array(z.array(count)),
  maxAnswerTokens: count,
  score: labels.optional(),
  beside: labels.optional(),
  judges: z
    .looseObject({
      run: open.extend({ modelDir: text.optional() }).optional(),
      program: z.looseObject({ file: text, sha256: text, seconds: z.number() }).optional()
    })
    .optional()
})

const state = z.looseObject({
  name: text,
  createdAt: text,
  state: z.enum(['waiting', 'running', 'paused', 'interrupted', 'stopped', 'finished', 'failed']),
  step: count,
  totalSteps: count,
  pid: count.nullable(),
  updatedAt: text,
  backend: text.optional(),
  gpu: text.nullish(),
  notOnGpu: text.nullish(),
  error: z.looseObject({ code: text, details: anything }).optional()
})

/** null: it is no job. */
export const asJob = (stored: unknown): Job | null => (job.safeParse(stored).data as Job | undefined) ?? null

/** null: it is no state. */
export const asState = (stored: unknown): RunStateFile | null =>
  (state.safeParse(stored).data as RunStateFile | undefined) ?? null
