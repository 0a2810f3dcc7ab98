// What a leak test of a run's result counted, kept in the run's folder for the next life of the app and for reports. Numbers
// alone: the words that were asked for are just those that must stand nowhere.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { LeakCounts, LeakReport } from '../../../contract/leak'
import { runFiles } from '../../../contract/run-files'
import { writeFileWhole } from '../../../files/whole-file'
import { readState } from '../../runs/run-folder'
import { resultMark } from '../../runs/tuned-model'

const count = z.number().int().min(0)
const schema = z.object({
  version: z.literal(1),
  /** of the result that was asked; its mark is absent in older files */
  step: count,
  mark: z.string().exactOptional(),
  ...{
    asked: count,
    values: count,
    repeated: count,
    planted: count.exactOptional(),
    notThere: count.exactOptional(),
    inRun: count.nullable(),
    on: z.string()
  }
})

/** Of one that asked for nothing, nothing is kept. */
export async function keepLeak(
  runDir: string,
  { asked, values, repeated, planted, notThere, inRun }: LeakReport
): Promise<void> {
  if (asked === 0) return
  const { step } = await readState(runDir)
  const on = new Date().toISOString().slice(0, 10)
  const mark = await resultMark(runDir)
  const counts = { asked, values, repeated: repeated.length, planted, notThere: notThere.length, inRun }
  const kept = { version: 1, step, mark, ...counts, on } as const
  await writeFileWhole(
    join(runDir, runFiles.leak),
    `${JSON.stringify(kept satisfies z.infer<typeof schema>)}\n`
  )
}

/** null: there was none, or what the run has learnt is another since. */
export async function keptLeak(runDir: string): Promise<LeakCounts | null> {
  try {
    const text = await readFile(join(runDir, runFiles.leak), 'utf8')
    const { version: _, step, mark, ...counts } = schema.parse(JSON.parse(text))
    const isOfIt =
      mark === undefined ? step === (await readState(runDir)).step : mark === (await resultMark(runDir))
    return isOfIt ? counts : null
  } catch {
    return null
  }
}
