// sweep.json of a project: what its last sweep tries and which runs it has made. What came of them stands in their folders.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileWhole } from '../../files/whole-file'
import { settingsSchema } from '../recipes/setting-values'
import { triedSchema } from './tried-schema'

const schema = z.object({
  version: z.literal(1),
  startedAt: z.string(),
  tried: triedSchema,
  settings: settingsSchema,
  steps: z.number().int().positive(),
  part: z.number(),
  cancelled: z.boolean(),
  /** run null: it could not be made */
  runs: z.array(z.object({ rung: z.number(), trial: z.number(), run: z.string().nullable() })).readonly()
})
export type SweepFile = Readonly<z.infer<typeof schema>>

const fileOf = (projectDir: string): string => join(projectDir, 'sweep.json')

/** what its runs were measured with */
export const sweepLosses = (projectDir: string): string => join(projectDir, 'sweep-losses')

/** null: there is none, or none that can be read. */
export async function readSweep(projectDir: string): Promise<SweepFile | null> {
  try {
    return schema.parse(JSON.parse(await readFile(fileOf(projectDir), 'utf8')))
  } catch {
    return null
  }
}

export async function writeSweep(projectDir: string, sweep: SweepFile): Promise<void> {
  await writeFileWhole(fileOf(projectDir), `${JSON.stringify(sweep, null, 2)}\n`)
}
