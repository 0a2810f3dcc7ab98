// What is sent to a service for a run, made and measured in the run's folder before anybody agrees to it: two files of
// examples, and recipe.json, which says what is asked for and holds the sums of both. Its own sum is what is agreed to.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { CloudKind, CloudTerms } from '../../../contract/elsewhere'
import { NeiroError } from '../../../contract/errors'
import type { Settings } from '../../../contract/settings'
import { remove } from '../../../files/moving'
import { plainName } from '../../../files/plain-name'
import { writeFileWhole } from '../../../files/whole-file'
import { keptExamples } from '../../runs/run-data'
import { jsonText } from '../../runs/run-folder'
import { cloudLimits, roughTokens, type CloudAmount } from './cloud-limits'
import { cloudLine, textsOf } from './cloud-lines'

const fileSchema = z.object({
  /** in this folder */
  file: z.string(),
  /** of this very content: by it the service knows it again */
  name: z.string(),
  bytes: z.number(),
  sha256: z.string()
})
export type SentFile = z.infer<typeof fileSchema>

const schema = z.object({
  version: z.literal(1),
  run: z.string(),
  model: z.string(),
  /** goes into the name of the result */
  suffix: z.string(),
  seed: z.number(),
  epochs: z.number(),
  method: z.discriminatedUnion('type', [
    z.object({ type: z.literal('supervised') }),
    z.object({ type: z.literal('dpo'), beta: z.number() })
  ]),
  training: fileSchema,
  validation: fileSchema.nullable()
})
export type CloudRecipe = z.infer<typeof schema>

export interface CloudFolderRequest {
  readonly target: string
  readonly runDir: string
  readonly run: string
  readonly name: string
  readonly kind: CloudKind
  readonly terms: CloudTerms
  readonly settings: Settings
  readonly systemPrompt: string
}

export interface WrittenCloud {
  readonly recipe: CloudRecipe
  readonly training: CloudAmount
  readonly validation: CloudAmount | null
}

/** Throws METHOD_NOT_ELSEWHERE, SETTING_NOT_ELSEWHERE, CLOUD_ONLY_CONVERSATIONS. */
export async function writeCloudFolder(request: CloudFolderRequest): Promise<WrittenCloud> {
  const { target, run, name, terms, settings } = request
  const method = methodOf(settings)
  await mkdir(target, { recursive: true })
  const training = await writePart(request, 'train')
  const validation = await writePart(request, 'held-out')
  const recipe: CloudRecipe = {
    ...{ version: 1, run, model: terms.model, suffix: suffixOf(name), seed: settings.seed },
    ...{ epochs: epochsOf(settings), method },
    training: training.file,
    validation: validation.amount.examples > 0 ? validation.file : null
  }
  if (!recipe.validation) await remove(join(target, validation.file.file))
  await writeFileWhole(join(target, 'recipe.json'), jsonText(recipe))
  return { recipe, training: training.amount, validation: recipe.validation && validation.amount }
}

/** Whole passes: the services take no others. */
export const epochsOf = ({ epochs }: Pick<Settings, 'epochs'>): number => Math.max(1, Math.round(epochs))

export async function readCloudRecipe(folder: string): Promise<CloudRecipe> {
  return schema.parse(JSON.parse(await readFile(join(folder, 'recipe.json'), 'utf8')))
}

/** Whether the files are still what their sums say. Throws OTHER_THAN_AGREED. */
export async function checkCloudFiles(folder: string, { training, validation }: CloudRecipe): Promise<void> {
  for (const file of validation ? [training, validation] : [training]) {
    const path = join(folder, file.file)
    if ((await sumOf(path).catch(() => '')) !== file.sha256)
      throw new NeiroError('OTHER_THAN_AGREED', { dir: path })
  }
}

function methodOf(settings: Settings): CloudRecipe['method'] {
  const { method, lossOn, maxSteps, preferenceLoss, labelSmoothing, likelihoodWeight, preferenceBeta } =
    settings
  const refuse = (name: string): never => {
    throw new NeiroError('SETTING_NOT_ELSEWHERE', { name })
  }
  if (maxSteps > 0) refuse('max_steps')
  if (method === 'sft') return lossOn === 'responses' ? { type: 'supervised' } : refuse('loss_on')
  if (method !== 'dpo') throw new NeiroError('METHOD_NOT_ELSEWHERE', { method })
  if (preferenceLoss !== 'sigmoid') refuse('preference_loss')
  if (labelSmoothing > 0) refuse('label_smoothing')
  if (likelihoodWeight > 0) refuse('likelihood_weight')
  return { type: 'dpo', beta: preferenceBeta }
}

interface Part {
  readonly file: SentFile
  readonly amount: CloudAmount
}

/** Line by line: a run may have a million examples. */
async function writePart(request: CloudFolderRequest, part: 'train' | 'held-out'): Promise<Part> {
  const { target, runDir, run, kind, systemPrompt } = request
  const { mark, mostTokens } = cloudLimits[kind]
  const own = `${part}.jsonl`
  const file = await open(join(target, own), 'w')
  const hash = createHash('sha256')
  let [examples, bytes, tokens, longest, tooLong, without] = [0, 0, 0, 0, 0, 0]
  const write = async (text: string): Promise<void> => {
    const piece = Buffer.from(text)
    await file.writeFile(piece)
    hash.update(piece)
    bytes += piece.length
  }
  try {
    let gathered = mark ? '\uFEFF' : ''
    for await (const example of keptExamples(runDir, part)) {
      const line = cloudLine(example, systemPrompt)
      if (line === null) {
        without++
        continue
      }
      const count = roughTokens(textsOf(line))
      examples++
      tokens += count
      longest = Math.max(longest, count)
      if (count > mostTokens) tooLong++
      gathered += `${JSON.stringify(line)}\n`
      if (gathered.length < 2 ** 20) continue
      await write(gathered)
      gathered = ''
    }
    await write(gathered)
    await file.sync()
  } finally {
    await file.close()
  }
  if (without > 0) throw new NeiroError('CLOUD_ONLY_CONVERSATIONS', { examples: String(without) })
  const sha256 = hash.digest('hex')
  const name = `neiro-${run}-${part}-${sha256.slice(0, 12)}.jsonl`
  return {
    file: { file: own, name, bytes, sha256 },
    amount: { examples, bytes, tokens, longest, tooLong }
  }
}

/** Letters, figures and hyphens, as the services want it; 18 characters are taken everywhere. */
const suffixOf = (name: string): string => {
  const plain = plainName(name)
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
  return `neiro-${plain}`.slice(0, 18).replaceAll(/^-|-$/g, '').toLowerCase()
}

async function sumOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
  return hash.digest('hex')
}
