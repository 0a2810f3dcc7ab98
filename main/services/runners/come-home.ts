// What a run learnt elsewhere comes into its folder: lines of metrics, and the result, checked to be whole and of this very
// run. From then on nothing tells it from a run that was trained here but elsewhere.json.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { NeiroError } from '../../contract/errors'
import { methodRows } from '../../contract/methods'
import type { MetricLine } from '../../contract/records'
import { runFiles } from '../../contract/run-files'
import type { Job } from '../../contract/trainer-protocol'
import { lockRun } from '../../files/run-lock'
import { completeModel } from '../../files/model-folder'
import { scorerOf } from '../../files/scorer-config'
import { plainName } from '../../files/plain-name'
import { syncFiles, writeFolderWhole } from '../../files/whole-folder'
import { writeFileWhole } from '../../files/whole-file'
import { readJob, readState, writeState } from '../runs/run-folder'
import { readElsewhere } from './elsewhere-file'
import { linesIn } from './remote-lines'
import { sha256 } from './folder/write-folder'

const sealSchema = z.object({
  files: z
    .array(z.object({ name: z.string(), size: z.number().int().min(0), sha256: z.string() }))
    .max(10_000)
})
export type Seal = z.infer<typeof sealSchema>

const statusSchema = z.object({
  state: z.enum(['running', 'paused', 'finished', 'failed']),
  step: z.number(),
  total_steps: z.number(),
  /** step of the newest checkpoint that is whole; 0: none */
  checkpoint: z.number(),
  error: z.string().optional()
})
export type RemoteStatus = z.infer<typeof statusSchema>

/** status.json of the output folder; null: it says nothing that can be read. */
export function readStatus(text: string): RemoteStatus | null {
  try {
    return statusSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** sealed.json of a folder that is whole. Throws RESULT_NOT_WHOLE. */
export function readSeal(text: string, name: string): Seal {
  try {
    const seal = sealSchema.parse(JSON.parse(text))
    // names come from elsewhere: none leads out of the folder
    if (
      seal.files.every((file) =>
        file.name.split('/').every((part) => part !== '' && plainName(part) === part)
      )
    )
      return seal
  } catch {
    // said below
  }
  throw new NeiroError('RESULT_NOT_WHOLE', { file: name })
}

/** Throws RESULT_NOT_WHOLE {file} where a file is missing, or is not what the seal says. */
export async function checkSealed(dir: string): Promise<Seal> {
  const text = await readFile(join(dir, 'sealed.json'), 'utf8').catch(() => '')
  const seal = readSeal(text, join(dir, 'sealed.json'))
  for (const { name, sha256: wanted } of seal.files) {
    const file = join(dir, name)
    const found = existsSync(file) ? await sha256(file) : null
    if (found !== wanted) throw new NeiroError('RESULT_NOT_WHOLE', { file })
  }
  return seal
}

/** The result of a folder that was trained by hand (its output/ stands in it) becomes the run's. Throws NOT_THIS_RUN where the
 *  folder was written for another one, RESULT_NOT_WHOLE, NO_RESULT_YET {state}. */
export async function takeBack(runDir: string, folder: string): Promise<void> {
  const known = await readElsewhere(runDir)
  const recipe = await readFile(join(folder, 'recipe.json')).catch(() => Buffer.alloc(0))
  const digest = createHash('sha256').update(recipe).digest('hex')
  if (known?.recipe !== digest) throw new NeiroError('NOT_THIS_RUN', { dir: folder, run: runDir })
  const output = join(folder, 'output')
  const status = readStatus(await readFile(join(output, 'status.json'), 'utf8').catch(() => ''))
  if (status?.state !== 'finished') {
    const state = status?.state ?? 'none'
    throw new NeiroError('NO_RESULT_YET', { dir: output, state, step: String(status?.step ?? 0) })
  }
  const metrics = linesIn(await readFile(join(output, runFiles.metrics), 'utf8').catch(() => ''))
  const lock = await lockRun(runDir)
  try {
    await writeMetrics(runDir, metrics)
    await takeResult(runDir, output)
    await noteEnd(runDir, status)
  } finally {
    await lock.release()
  }
}

const writeMetrics = (runDir: string, lines: readonly MetricLine[]): Promise<void> =>
  writeFileWhole(join(runDir, runFiles.metrics), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))

/** adapter/ or model/ of an output folder that is here. By whoever holds the run. */
export async function takeResult(runDir: string, output: string): Promise<void> {
  const job = await readJob(runDir)
  const { trains } = methodRows[job.settings.method]
  const from = join(output, runFiles[trains])
  const seal = await checkSealed(from)
  await writeFolderWhole(join(runDir, runFiles[trains]), { replace: true }, async (staging) => {
    if (trains === 'adapter') await copyAdapter(job, from, staging)
    else await copyWeights(job, seal, from, staging)
    await syncFiles(staging)
  })
}

const adapterFiles = { config: 'adapter_config.json', weights: 'adapter_model.safetensors' } as const

/** Its two files alone; what else was left beside them says nothing of the adapter. */
async function copyAdapter(job: Job, from: string, to: string): Promise<void> {
  const text = await readFile(join(from, adapterFiles.config), 'utf8').catch(() => '')
  let config: unknown = null
  try {
    config = JSON.parse(text)
  } catch {
    // said below
  }
  if (typeof config !== 'object' || config === null)
    throw new NeiroError('RESULT_NOT_WHOLE', { file: join(from, adapterFiles.config) })
  // as the trainer writes it: a name that the hub knows, or where the base is here
  const { baseModelName, open } = job
  const base = baseModelName.includes('/') ? baseModelName : open.modelDir
  const here = { ...config, base_model_name_or_path: base }
  await writeFile(join(to, adapterFiles.config), `${JSON.stringify(here, null, 2)}\n`, { flush: true })
  await copyFile(join(from, adapterFiles.weights), join(to, adapterFiles.weights))
}

async function copyWeights(job: Job, seal: Seal, from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  const names = seal.files.map(({ name }) => name)
  const weights = names.filter((name) => /^model.*\.safetensors(\.index\.json)?$/.test(name))
  if (weights.length === 0)
    throw new NeiroError('RESULT_NOT_WHOLE', { file: join(from, 'model.safetensors') })
  for (const name of weights) await copyFile(join(from, name), join(to, name))
  const told = job.score ? scorerOf(job.score) : undefined
  await completeModel(job.filesDir ?? job.open.modelDir, to, 'F32', told)
}

/** By whoever holds the run. */
export async function noteEnd(runDir: string, { step, total_steps }: RemoteStatus): Promise<void> {
  const { error: _, ...before } = await readState(runDir)
  const updatedAt = new Date().toISOString()
  await writeState(runDir, { ...before, state: 'finished', step, totalSteps: total_steps, updatedAt })
}
