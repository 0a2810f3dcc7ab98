// A model folder in Hugging Face form: what its small files say, checked before the engine opens the weights.
import { stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import { NeiroError } from '../../contract/errors'
import { tensorPlacesIn } from '../../files/safetensors'
import { halfFollowed, type HalfFollowed } from './half-followed'
import { checkFamily, checkRotation, familyOfGguf, textConfigOf } from './families'
import { isGguf, type SmallFilesOf } from './small-files'
import {
  findWeights,
  membersOf,
  ggufByItself,
  readJsonFile,
  readTextFile,
  refuseLfsPointer,
  type Json
} from './model-files'

export interface Model {
  /** its folder, or its GGUF file: what the engine opens */
  readonly dir: string
  /** where its small files lie (config, tokenizer, template) in Hugging Face form */
  readonly filesDir: string
  readonly name: string
  readonly modelType: string
  readonly config: Json
  /** generation_config.json, else config.json */
  readonly eosTokenIds: readonly number[]
  readonly bosTokenId: number | null
  /** chat_template.jinja, else tokenizer_config.json (text, or the one named "default" of a list) */
  readonly chatTemplate: string | null
  /** tokenizer_config.json holds another one beside chat_template.jinja */
  readonly hasOtherTemplate: boolean
  /** what its small files say and is not followed here */
  readonly halfFollowed: HalfFollowed
  /** bos_token, eos_token ... as text */
  readonly specialTokens: Readonly<Record<string, string>>
  /** of the largest part of the weights: 'F32' | 'BF16' | 'F16' ... */
  readonly storedDtype: string
  /** of the weights, bytes */
  readonly sizeBytes: number
  readonly licence: string | null
  /** as its card states them: ja, en ... */
  readonly languages: readonly string[]
  readonly maxPositionEmbeddings: number
  /** rows of its embedding: a token beyond them has none */
  readonly vocabSize: number
}

/** `files` knows where small files lie that had to be made; without, only folders that have them all are read. */
export async function readModel(place: string, files?: SmallFilesOf): Promise<Model> {
  if (files === undefined || !(await isGgufFile(place))) return readFolder(place, await placeOf(place, files))
  const filesDir = await files.dirFor(place)
  return readGguf(place, filesDir)
}

const placeOf = async (dir: string, files: SmallFilesOf | undefined): Promise<string> =>
  (await isFolder(dir)) && files ? files.dirFor(dir) : dir

async function readFolder(dir: string, filesDir: string): Promise<Model> {
  await checkFolder(dir)
  const whole = await readJsonFile(dir, 'config.json')
  const config = whole && textConfigOf(whole)
  // a folder with a lone GGUF or pickle says more by its weights than by its missing config
  const weights = await findWeights(dir).catch((error: unknown) => {
    if (config) checkFamily(config['model_type'], dir)
    throw error
  })
  if (!config) throw noConfig(dir)
  const modelType = checkFamily(config['model_type'], dir)
  checkRotation(modelType, config)
  const sizes = await Promise.all(weights.map(async (name) => (await stat(join(dir, name))).size))
  return {
    ...(await readSmallFiles(dir, filesDir, config)),
    name: nameOf(dir),
    modelType,
    storedDtype: await storedDtypeOf(join(dir, weights[0] ?? ''), config),
    sizeBytes: sizes.reduce((sum, size) => sum + size, 0)
  }
}

/** What its head says; the engine tells the rest when it opens it. */
async function readGguf(place: string, filesDir: string): Promise<Model> {
  const config = (await readJsonFile(filesDir, 'config.json')) ?? {}
  const modelType = familyOfGguf(config['gguf_architecture'], place)
  return {
    ...(await readSmallFiles(place, filesDir, { ...config, model_type: modelType })),
    name: basename(place).replace(/\.gguf$/i, ''),
    modelType,
    storedDtype: String(config['gguf_type'] ?? ''),
    sizeBytes: (await stat(place)).size
  }
}

type SmallFacts = Omit<Model, 'name' | 'modelType' | 'storedDtype' | 'sizeBytes'>

async function readSmallFiles(dir: string, filesDir: string, config: Json): Promise<SmallFacts> {
  const generation = (await readJsonFile(filesDir, 'generation_config.json')) ?? {}
  const tokenizer = (await membersOf(filesDir, 'tokenizer_config.json', isTokenOrTemplate)) ?? {}
  const specialMap = (await membersOf(filesDir, 'special_tokens_map.json', isTokenOrTemplate)) ?? {}
  const eos = tokenIds(generation['eos_token_id'])
  const card = cardOf(await readTextFile(filesDir, 'README.md'))
  const ownFile = await readTextFile(filesDir, 'chat_template.jinja')
  const inConfig = templateOf(tokenizer['chat_template'])
  return {
    dir,
    filesDir,
    config,
    eosTokenIds: eos.length > 0 ? eos : tokenIds(config['eos_token_id']),
    bosTokenId: tokenIds(generation['bos_token_id'] ?? config['bos_token_id'])[0] ?? null,
    chatTemplate: ownFile ?? inConfig,
    hasOtherTemplate: ownFile !== null && inConfig !== null && ownFile.trim() !== inConfig.trim(),
    halfFollowed: await halfFollowed(dir, {
      generation,
      tokenizer,
      templates: ownFile === null ? tokenizer['chat_template'] : null
    }),
    specialTokens: { ...specialTokensOf(specialMap), ...specialTokensOf(tokenizer) },
    licence: licenceOf(card),
    languages: languagesOf(card),
    maxPositionEmbeddings: positive(config['max_position_embeddings']) ?? 2048,
    vocabSize: positive(config['vocab_size']) ?? Infinity
  }
}

const isFolder = async (place: string): Promise<boolean> =>
  (await stat(place).catch(() => null))?.isDirectory() ?? false

const isGgufFile = async (place: string): Promise<boolean> =>
  isGguf(place) && ((await stat(place).catch(() => null))?.isFile() ?? false)

async function checkFolder(dir: string): Promise<void> {
  const entry = await stat(dir).catch(() => null)
  if (entry?.isDirectory()) return
  if (entry?.isFile()) {
    await refuseLfsPointer(dir)
    if (dir.toLowerCase().endsWith('.gguf')) throw ggufByItself(dir)
  }
  throw new NeiroError('NO_MODEL_FOLDER', { dir })
}

function noConfig(dir: string): NeiroError {
  return new NeiroError('NO_CONFIG', { dir })
}

/** models--Qwen--Qwen2.5-0.5B/snapshots/HASH of the Hugging Face cache is Qwen/Qwen2.5-0.5B. */
function nameOf(dir: string): string {
  const path = resolve(dir)
  const cached = /^models--(.+)$/.exec(basename(dirname(dirname(path))))
  if (cached?.[1] && basename(dirname(path)) === 'snapshots') return cached[1].replaceAll('--', '/')
  // a folder called "model" says nothing; the one around it does
  return basename(path) === 'model' ? basename(dirname(path)) : basename(path)
}

function tokenIds(value: unknown): readonly number[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.filter((id): id is number => typeof id === 'number' && Number.isInteger(id) && id >= 0)
}

function positive(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null
}

function templateOf(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (!Array.isArray(value)) return null
  const named = value.filter(
    (item): item is { name?: unknown; template: string } => typeof item?.template === 'string'
  )
  return (named.find((item) => item.name === 'default') ?? named[0])?.template ?? null
}

const isTokenOrTemplate = (key: string): boolean =>
  key.endsWith('_token') || ['chat_template', 'tokenizer_class', 'legacy', 'add_prefix_space'].includes(key)

/** Text tokens, or objects whose content is the text (AddedToken as Transformers writes it). */
function specialTokensOf(file: Json): Record<string, string> {
  const tokens: Record<string, string> = {}
  for (const [key, value] of Object.entries(file)) {
    const text = typeof value === 'object' && value !== null ? (value as Json)['content'] : value
    if (key.endsWith('_token') && typeof text === 'string') tokens[key] = text
  }
  return tokens
}

/** What the first weights file says of itself; a header that cannot be read is the engine's to refuse. */
async function storedDtypeOf(file: string, config: Json): Promise<string> {
  const places = await tensorPlacesIn(file)
  const bytes = new Map<string, number>()
  for (const { dtype, from, to } of places?.values() ?? [])
    bytes.set(dtype, (bytes.get(dtype) ?? 0) + to - from)
  const largest = [...bytes].sort((a, b) => b[1] - a[1])[0]
  if (largest) return largest[0]
  const said = String(config['dtype'] ?? config['torch_dtype'] ?? 'float32')
  return { float32: 'F32', bfloat16: 'BF16', float16: 'F16' }[said] ?? said.toUpperCase()
}

/** Characters; a parser of YAML takes the square of what stands inside one another. */
const longestCard = 1 << 12

/** What is asked of the front matter of the model card: a few lines of what may be thousands. */
function cardOf(readme: string | null): Json {
  const whole = /^---\r?\n([\s\S]*?)\r?\n---/.exec(readme ?? '')?.[1] ?? ''
  let isAsked = false
  const front = whole
    .split('\n')
    .filter(
      (line) => (isAsked = /^[\s#-]/.test(line) ? isAsked : /^(?:license(?:_name)?|language)\s*:/.test(line))
    )
    .join('\n')
  if (front === '' || front.length > longestCard) return {}
  try {
    const card: unknown = parseDocument(front, { logLevel: 'silent' }).toJS()
    return typeof card === 'object' ? ((card ?? {}) as Json) : {}
  } catch {
    return {}
  }
}

function licenceOf({ license, license_name: name }: Json): string | null {
  const value = license === 'other' && typeof name === 'string' ? name : license
  return typeof value === 'string' ? value : null
}

function languagesOf({ language }: Json): readonly string[] {
  return [language].flat().filter((code) => typeof code === 'string')
}
