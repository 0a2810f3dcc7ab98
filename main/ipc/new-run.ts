// What a new run may be asked as: part of the table of arguments.ts.
import { z } from 'zod'
import { mostWeight } from '../contract/settings'
import { settingsSchema } from '../services/recipes/setting-values'

// no name that climbs: some ids are names of folders
export const id = z.string().regex(/^(?!\.)[\w.-]{1,120}$/u)
export const name = z.string().max(200)
export const part = z.number().gt(0).max(1)
const weights = z.record(z.string().min(1).max(500), z.number().min(0).max(mostWeight)).exactOptional()

export const plannedRun = z.strictObject({
  project: id,
  settings: settingsSchema,
  part,
  start: id.optional(),
  weights,
  rewardRun: id.exactOptional()
})

export const newRun = plannedRun.extend({
  preset: z.enum(['quick', 'balanced', 'quality', 'custom']),
  questions: z.array(z.string().min(1).max(10_000)).max(20),
  name: name.optional(),
  rewardProgram: id.exactOptional()
})
