// project.json: what a project folder remembers of itself. Everything else (data, runs, scores) is derived
// from the folders beside it. Written atomically; an unreadable one is an error with a way out, never reset.
import { basename, join } from 'node:path'
import { z } from 'zod'
import { NeiroError } from '../../contract/errors'
import { goalKeys } from '../../contract/goals'
import { longestName, steps } from '../../contract/window/projects'
import { mostOfOwnFile, readOrdinary } from '../../files/ordinary-file'
import { writeFileWhole } from '../../files/whole-file'

const schema = z.object({
  version: z.literal(1),
  id: z.string().min(1).max(120),
  name: z.string().min(1).max(longestName),
  company: z.string().max(200),
  goal: z.enum(goalKeys),
  step: z.enum(steps),
  reached: z.enum(steps),
  answers: z.object({
    useCase: z.enum(['reply', 'internal', 'other']).nullable(),
    tried: z.enum(['yes', 'no']).nullable(),
    newFacts: z.enum(['no', 'yes']).nullable(),
    volume: z.enum(['few', 'some', 'many']).nullable()
  }),
  sample: z.boolean(),
  modelId: z.string().nullable(),
  systemPrompt: z.string(),
  chosenRun: z.string().nullable(),
  createdAt: z.string(),
  openedAt: z.string()
})

export type ProjectFile = z.infer<typeof schema>

export const projectFileName = 'project.json'

/** Throws NOT_A_PROJECT, PROJECT_BROKEN or PROJECT_NEWER. */
export async function readProjectFile(dir: string): Promise<ProjectFile> {
  const name = basename(dir)
  let text
  try {
    text = (await readOrdinary(join(dir, projectFileName), mostOfOwnFile)).toString('utf8')
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw broken(name)
    throw new NeiroError('NOT_A_PROJECT', { folder: name })
  }
  let stored: unknown
  try {
    // an editor may have put a byte order mark before it
    stored = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    stored = null
  }
  const parsed = schema.safeParse(stored)
  if (parsed.success) return parsed.data
  if (typeof stored === 'object' && stored !== null && Number((stored as { version?: unknown }).version) > 1)
    throw new NeiroError('PROJECT_NEWER', { folder: name })
  throw broken(name)
}

function broken(name: string): NeiroError {
  return new NeiroError('PROJECT_BROKEN', { folder: name })
}

export async function writeProjectFile(dir: string, project: ProjectFile): Promise<void> {
  await writeFileWhole(join(dir, projectFileName), `${JSON.stringify(project, null, 2)}\n`)
}
