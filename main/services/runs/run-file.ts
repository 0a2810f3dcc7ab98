// run.json of a run folder: what a run remembers of itself beside recipe, job and state. Its preset, its counts, its
// place in the queue, what happened outside the training itself. Whoever prepares a run writes it.
import { join } from 'node:path'
import { z } from 'zod'
import { NeiroError } from '../../contract/errors'
import { runFiles } from '../../contract/run-files'
import { isNewer } from '../../files/newer'
import { readOwnJson } from '../../files/ordinary-file'
import { writeFileWhole } from '../../files/whole-file'

const notice = z.object({
  kind: z.literal('notice'),
  step: z.number(),
  time: z.string(),
  code: z.string(),
  details: z.record(z.string(), z.string())
})

const schema = z.object({
  version: z.literal(1),
  /** the user's own name for it; the trainer keeps the first one in state.json */
  name: z.string(),
  preset: z.enum(['quick', 'balanced', 'quality', 'custom']),
  part: z.number(),
  /** one of several that try settings: nobody has begun it by itself */
  ofSweep: z.literal(true).exactOptional(),
  /** how often what is learnt of a file came in an epoch; absent: each once */
  weights: z.record(z.string(), z.number()).exactOptional(),
  questions: z.array(z.string()),
  /** the instruction that it is asked with; absent: none, or an older run */
  systemPrompt: z.string().exactOptional(),
  trainExamples: z.number(),
  heldOutExamples: z.number(),
  /** of those for training, how many lost their end at the length limit; absent: none, or an older run */
  cutExamples: z.number().exactOptional(),
  /** of those that it learns from, made from others */
  syntheticExamples: z.number().exactOptional(),
  /** as planned; the trainer says it exactly once it has begun */
  totalSteps: z.number(),
  /** set while it wants to train: the order of the queue; kept over a crash or the end of the app */
  queuedAt: z.string().nullable(),
  startedAt: z.string().nullable(),
  notices: z.array(notice)
})

export type RunFile = z.infer<typeof schema>

/** null: there is none, or it is torn; the run is shown with what the rest of its folder says. */
export async function readRunFile(dir: string): Promise<RunFile | null> {
  return (await readAt(join(dir, runFiles.own))) ?? readAt(join(dir, oldName))
}

/** what the first version called it; the first change writes it under today's name */
const oldName = 'window.json'

async function readAt(file: string): Promise<RunFile | null> {
  return schema.safeParse(await readOwnJson(file)).data ?? null
}

export function freshRunFile(name: string): RunFile {
  return {
    version: 1,
    name,
    preset: 'custom',
    part: 1,
    questions: [],
    trainExamples: 0,
    heldOutExamples: 0,
    totalSteps: 0,
    queuedAt: null,
    startedAt: null,
    notices: []
  }
}

/** Throws RUN_NEWER {run}: what a newer Neiro wrote is not written over. */
export async function changeRunFile(
  dir: string,
  fallbackName: string,
  change: (file: RunFile) => Partial<RunFile>
): Promise<RunFile> {
  if (isNewer(await readOwnJson(join(dir, runFiles.own)), 1)) throw new NeiroError('RUN_NEWER', { run: dir })
  const before = (await readRunFile(dir)) ?? freshRunFile(fallbackName)
  const after = { ...before, ...change(before) }
  await writeFileWhole(join(dir, runFiles.own), runFileText(after))
  return after
}

export const runFileText = (file: RunFile): string => `${JSON.stringify(file, null, 2)}\n`
