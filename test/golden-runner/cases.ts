// Finds the cases of a folder and says what each is. Nothing is run here.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'

/** case.json: `kind` and what the kind adds. */
export interface CaseFile {
  readonly kind: string
  /** base model, relative to the case */
  readonly model?: string
  readonly base?: string
  readonly steps?: number
  readonly hyper_parameters?: Readonly<Record<string, number | string>>
  readonly results?: Readonly<Record<string, unknown>>
  readonly [key: string]: unknown
}

export interface Case {
  readonly name: string
  readonly dir: string
  /** of case.json, or of the file that stands for it */
  readonly kind: string
  /** {} where a single file is the whole case */
  readonly file: CaseFile
  /** the case is there, but cannot be read */
  readonly broken?: string
}

/** Cases that are one file each, without a case.json. */
const soleFiles: Readonly<Record<string, string>> = {
  'bitsandbytes.safetensors': 'quantisation',
  'gguf.safetensors': 'quantisation',
  'schedules.json': 'schedules',
  'templates.json': 'templates',
  'metrics.json': 'metrics',
  'int8.safetensors': 'int8'
}

/** Kinds that compute on no device: texts, schedules, blocks of files, numbers of the host. */
export const onTheHost: readonly string[] = ['templates', 'schedules', 'quantisation', 'sampling', 'metrics']

/** Every case below a folder; the folder itself may be one. */
export function findCases(folder: string): Case[] {
  const own = caseAt(folder)
  if (own) return [own]
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter((dir) => statSync(dir).isDirectory() && basename(dir) !== 'models')
    .flatMap((dir) => caseAt(dir) ?? [])
}

function caseAt(dir: string): Case | undefined {
  const name = basename(resolve(dir))
  const broken = (why: string): Case => ({ name, dir, kind: 'unreadable', file: { kind: '' }, broken: why })
  const file = join(dir, 'case.json')
  if (existsSync(file)) {
    try {
      const parsed = JSON.parse(readFileSync(file, 'utf8')) as CaseFile
      if (typeof parsed.kind !== 'string') return broken('case.json names no kind')
      return { name, dir, kind: parsed.kind, file: parsed }
    } catch (error) {
      return broken(`case.json: ${(error as Error).message}`)
    }
  }
  const files = new Set(readdirSync(dir))
  const sole = Object.keys(soleFiles).find((known) => files.has(known))
  if (sole) return { name, dir, kind: soleFiles[sole] ?? '', file: { kind: soleFiles[sole] ?? '' } }
  // arrays without the words that explain them
  return files.has('expected.safetensors') || files.has('inputs.safetensors')
    ? broken('no case.json')
    : undefined
}

/** PEFT's adapter_config.json, as far as cases need it. */
export interface AdapterConfig {
  readonly peft_type: string
  readonly r: number
  readonly lora_alpha: number
  readonly lora_dropout: number
  readonly target_modules: string[]
  readonly use_rslora: boolean
  readonly use_dora: boolean
  readonly feedforward_modules: string[]
  readonly task_type: string
  readonly layers_to_transform?: number[]
  readonly rank_pattern?: Record<string, number>
  readonly alpha_pattern?: Record<string, number>
  readonly modules_to_save?: string[]
  readonly target_parameters?: string[]
  readonly bias?: 'none' | 'all' | 'lora_only'
  readonly trainable_token_indices?: number[]
  readonly init_lora_weights?: boolean | 'pissa' | 'olora'
  readonly [key: string]: unknown
}
export const readAdapterConfig = (dir: string): AdapterConfig =>
  JSON.parse(readFileSync(join(dir, 'adapter_config.json'), 'utf8')) as AdapterConfig

export const modelDirOf = (item: Case): string => resolve(item.dir, item.file.model ?? '.')
export const modelConfig = (modelDir: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(modelDir, 'config.json'), 'utf8')) as Record<string, unknown>
