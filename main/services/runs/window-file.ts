// window.json of a run folder: what a run that was started in the window remembers beside what every run has:
// its preset, the questions as text, its place in the queue, what happened outside the training itself.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
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
  questions: z.array(z.string()),
  trainExamples: z.number(),
  heldOutExamples: z.number(),
  /** as planned; the trainer says it exactly once it has begun */
  totalSteps: z.number(),
  /** set while it wants to train: the order of the queue; kept over a crash or the end of the app */
  queuedAt: z.string().nullable(),
  startedAt: z.string().nullable(),
  notices: z.array(notice)
})

export type WindowFile = z.infer<typeof schema>
export type RunNotice = WindowFile['notices'][number]

export const windowFileName = 'window.json'

/** null: the run was made elsewhere (or the file is torn), and is shown with what its folder says. */
export async function readWindowFile(dir: string): Promise<WindowFile | null> {
  try {
    return schema.parse(JSON.parse(await readFile(join(dir, windowFileName), 'utf8')))
  } catch {
    return null
  }
}

export function freshWindowFile(name: string): WindowFile {
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

export async function changeWindowFile(
  dir: string,
  fallbackName: string,
  change: (file: WindowFile) => Partial<WindowFile>
): Promise<WindowFile> {
  const before = (await readWindowFile(dir)) ?? freshWindowFile(fallbackName)
  const after = { ...before, ...change(before) }
  await writeFileWhole(join(dir, windowFileName), windowFileText(after))
  return after
}

export const windowFileText = (file: WindowFile): string => `${JSON.stringify(file, null, 2)}\n`
