// Several LoRA adapters of one base as one new PEFT folder, each with a weight: what does not belong together is named before
// anything is written, and what was written is opened on the base before it is called done.
import { stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { stringify } from 'yaml'
import type { CombineOptions } from '../../../addon/index'
import { NeiroError } from '../../contract/errors'
import type { Language } from '../../contract/language'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { carryFiles } from '../../files/model-folder'
import { writeFolderWhole } from '../../files/whole-folder'
import { cardWords } from '../../words/card'
import { readJsonFile } from '../models/model-files'
import { hasMark } from '../models/model-mark'
import type { Model } from '../models/read-model'
import { openModel } from '../models/open-model'
import type { TunedModelParts } from '../runs/tuned-model'
import { writeBaseMark } from './base-mark'
import { cardCode, oneLine } from './card-text'
import { probeLogits, probeTokens } from './check-logits'

export type Combination = CombineOptions['how']
export const combinations = ['linear', 'cat', 'svd'] as const satisfies readonly Combination[]

/** One of those that are combined. */
export interface Part {
  /** as the user calls it */
  readonly name: string
  readonly weight: number
  readonly parts: Pick<
    TunedModelParts,
    'adapterDir' | 'baseMark' | 'baseQuantization' | 'systemPrompt' | 'modelDir'
  >
}

export interface CombineTask {
  readonly model: Model
  readonly parts: readonly Part[]
  readonly how: Combination
  /** the new folder */
  readonly out: string
  /** replace what stands there; TARGET_EXISTS otherwise */
  readonly replace: boolean
  readonly threads: number
  readonly language: Language
}

export interface CombinedAdapter {
  readonly dir: string
  readonly rank: number
  /** of its weights */
  readonly sizeBytes: number
}

/** Throws NO_ADAPTER_TO_WRITE, COMBINE_OTHER_BASE, COMBINE_UNSUPPORTED, COMBINED_NOT_FINITE, or what the engine refuses by name. */
export async function combineAdapters(host: TrainerCaller, task: CombineTask): Promise<CombinedAdapter> {
  const { model, parts, out } = task
  const dirs = await Promise.all(parts.map((part) => checkedDir(part, model)))
  return writeFolderWhole(out, task, async (staging) => {
    try {
      const made = host.call('combineAdapters', {
        ...{ dirs, weights: parts.map(({ weight }) => weight), how: task.how, dir: staging },
        baseModelName: model.name.includes('/') ? model.name : resolve(model.dir)
      })
      await made.catch(async (error: unknown) => {
        throw await refusalOf(error, parts, dirs)
      })
      await openAndAsk(host, staging, task)
      await carryFiles(model.filesDir, staging)
      await writeBaseMark(staging, model)
      await writeFile(join(staging, 'README.md'), cardOf(task), { flush: true })
      const rank = Number((await readJsonFile(staging, 'adapter_config.json'))?.['r'])
      const { size: sizeBytes } = await stat(join(staging, 'adapter_model.safetensors'))
      return { dir: resolve(out), rank, sizeBytes }
    } finally {
      // the engine maps files of the folder that is about to be renamed or removed
      await host.call('close', undefined).catch(() => undefined)
    }
  })
}

/** An adapter on another base answers otherwise, and nobody would see it. */
async function checkedDir({ name, parts }: Part, model: Model): Promise<string> {
  if (parts.adapterDir === null) throw new NeiroError('NO_ADAPTER_TO_WRITE')
  const isIts =
    parts.baseMark === undefined
      ? resolve(parts.modelDir) === resolve(model.dir)
      : await hasMark(model, parts.baseMark)
  if (!isIts) throw new NeiroError('COMBINE_OTHER_BASE', { adapter: name, base: model.name })
  return parts.adapterDir
}

/** What opens by itself and cannot be combined: which of them it is, and not that another kind should be opened. */
async function refusalOf(error: unknown, parts: readonly Part[], dirs: readonly string[]): Promise<unknown> {
  const { code, details } = NeiroError.of(error)
  if (code !== 'UNSUPPORTED_ADAPTER') return error
  const { field = '', value = '' } = details
  const configs = await Promise.all(dirs.map((dir) => readJsonFile(dir, 'adapter_config.json')))
  const own = parts.filter((_, at) => isUnusual(field, configs[at]?.[field]))
  const adapter = (own.length > 0 ? own.slice(0, 1) : parts).map(({ name }) => name).join(', ')
  return new NeiroError('COMBINE_UNSUPPORTED', { adapter, field, value })
}

/** Not as in a plain LoRA adapter. */
function isUnusual(field: string, value: unknown): boolean {
  if (field === 'peft_type') return value !== 'LORA'
  if (Array.isArray(value)) return value.length > 0
  return (
    ![undefined, null, true, false, 'none'].includes(value as null) ||
    (field === 'use_dora' && value === true)
  )
}

/** The base takes it, and every number that comes of it is one. */
async function openAndAsk(host: TrainerCaller, adapterDir: string, task: CombineTask): Promise<void> {
  const info = await openModel(host, {
    ...{ modelDir: task.model.dir, adapterDir, threads: task.threads, device: 'cpu' },
    baseQuantization: task.parts[0]?.parts.baseQuantization ?? 'none',
    ...{ maxContext: 0, maxTokens: probeTokens }
  })
  const [logits = []] = (await probeLogits(host, info.vocabSize, { adapter: true })).map((all) => [...all])
  if (!logits.every(Number.isFinite)) throw new NeiroError('COMBINED_NOT_FINITE', { how: task.how })
}

function cardOf({ model, parts, how, language }: CombineTask): string {
  const words = cardWords(language)
  const front = {
    base_model: oneLine(model.name),
    library_name: 'peft',
    ...(model.licence !== null && { license: oneLine(model.licence) }),
    pipeline_tag: 'text-generation',
    tags: ['lora', 'neiro']
  }
  const rows = parts.map(({ name, weight }) => `- ${cardCode(name)}: ${weight}`)
  const text = words.combined(cardCode(model.name), how)
  return [`---\n${stringify(front)}---`, text, rows.join('\n'), ''].join('\n\n')
}
