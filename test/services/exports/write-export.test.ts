// Exports through the real engine: what is written is what others expect, what was read back is compared, and
// an export that answers differently is not kept.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BaseQuantization } from '../../../addon/index'
import type { ExportKind } from '../../../main/contract/window/results'
import type { TrainerCaller, TrainerCallName, TrainerCalls } from '../../../main/contract/trainer-protocol'
import { addonFile, trainerEntry } from '../../fixtures/places'
import type { WeightsDtype } from '../../../main/files/model-folder'
import { mergedTolerance } from '../../../main/services/exports/kinds/merged'
import { writeExport, type ExportTask } from '../../../main/services/exports/write-export'
import { readModel, type Model } from '../../../main/services/models/read-model'
import { stopTokensOf } from '../../../main/services/models/stop-tokens'
import { LoadedModelText } from '../../../main/services/tokens/loaded-model-text'
import { ModelTexts } from '../../../main/services/tokens/model-texts'
import type { TunedModel } from '../../../main/services/runs/tuned-model'
import { TrainerHost } from '../../../main/services/engine/trainer-host'
import { float32, floats, readSafetensors, writeSafetensors } from '../../fixtures/safetensors'
import { smallFiles } from '../../fixtures/small-files'
import { goldenDir, tinyModel, type GoldenModel } from '../../fixtures/tiny-model'

const place = mkdtempSync(join(tmpdir(), 'export-'))
let host: TrainerHost
beforeAll(async () => {
  host = await TrainerHost.start({ trainerEntry, addonFile })
})
afterAll(async () => {
  await host.stop()
  rmSync(place, { recursive: true, force: true })
})

let outputs = 0
async function task(
  kind: ExportKind,
  golden: GoldenModel,
  o: { adapter?: string; baseQuantization?: BaseQuantization; dtype?: WeightsDtype } = {}
): Promise<ExportTask> {
  const model = await readModel(tinyModel(golden, place))
  const adapterDir = join(goldenDir, o.adapter ?? `${golden}-lora`, 'adapter_final')
  const open = { modelDir: model.dir, adapterDir, baseQuantization: o.baseQuantization ?? 'none', threads: 1 }
  return {
    kind,
    tuned: await tunedOf(model, { adapterDir, open }),
    dtype: o.dtype ?? 'F32',
    out: join(place, `out-${++outputs}`),
    replace: false,
    card: () => '# card\n',
    title: 'tried',
    smallFiles,
    modelTexts
  }
}

const modelTexts = new ModelTexts((source) => LoadedModelText.load(source))

async function tunedOf(
  model: Model,
  o: { readonly adapterDir: string; readonly open: object; readonly systemPrompt?: string }
): Promise<TunedModel> {
  const modelText = await modelTexts.get(model)
  const { systemPrompt = '', adapterDir, open } = o
  const stopTokens = stopTokensOf(model, modelText)
  const tuned = { model, modelText, open, adapterDir, runDir: null, systemPrompt, stopTokens }
  return tuned as unknown as TunedModel
}

/** Passes everything on, and spoils a file after the engine has written it. */
function spoiling(call: TrainerCallName, spoil: (dir: string) => void): TrainerCaller {
  return {
    async call<C extends TrainerCallName>(name: C, args: TrainerCalls[C]['args']) {
      const result = await host.call(name, args)
      if (name === call) spoil((args as { dir: string }).dir)
      return result
    }
  }
}

/** Turns the sign of one value at the end of the file, a weight of the last tensor. */
const turnOneSign = (name: string) => (dir: string) => {
  const file = join(dir, name)
  const bytes = readFileSync(file)
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 0x80
  writeFileSync(file, bytes)
}

describe('peft', () => {
  for (const golden of ['llama', 'mistral', 'qwen2', 'qwen3'] as const) {
    test(`${golden}: the tensors and the config that PEFT wrote`, async () => {
      const o = await task('peft', golden)
      const adapterDir = o.tuned.adapterDir ?? ''
      const { check } = await writeExport(host, o)
      expect(check).toMatchObject({ largest: 0, tolerance: 0 })
      expect(check.answers).toEqual({ asked: 1, changed: 0 })
      expect(check.second).toMatchObject({ checked: true })
      expect(readdirSync(o.out).sort()).toEqual([
        'README.md',
        'adapter_config.json',
        'adapter_model.safetensors',
        'chat_template.jinja',
        'generation_config.json',
        'neiro.json',
        'tokenizer.json',
        'tokenizer_config.json'
      ])
      const config = (dir: string): Record<string, unknown> =>
        JSON.parse(readFileSync(join(dir, 'adapter_config.json'), 'utf8'))
      const [ours, theirs] = [config(o.out), config(adapterDir)]
      for (const key of ['peft_type', 'task_type', 'r', 'lora_alpha', 'use_rslora', 'bias'])
        expect(ours[key]).toEqual(theirs[key])
      expect(new Set(ours['target_modules'] as string[])).toEqual(
        new Set(theirs['target_modules'] as string[])
      )
      expect(ours['base_model_name_or_path']).toBe(o.tuned.model.dir)
      expect(readSafetensors(join(o.out, 'adapter_model.safetensors'))).toEqual(
        readSafetensors(join(adapterDir, 'adapter_model.safetensors'))
      )
    })
  }

  test('rsLoRA and an NF4 base keep their meaning', async () => {
    const rslora = await task('peft', 'llama', { adapter: 'llama-rslora' })
    expect((await writeExport(host, rslora)).check.largest).toBe(0)
    const nf4 = await task('peft', 'llama', { adapter: 'llama-qlora-nf4', baseQuantization: 'nf4' })
    expect((await writeExport(host, nf4)).check.largest).toBe(0)
  })

  test('one changed value in the file: EXPORT_DIFFERS, and nothing is kept', async () => {
    const o = await task('peft', 'llama')
    const caller = spoiling('saveAdapter', turnOneSign('adapter_model.safetensors'))
    await expect(writeExport(caller, o)).rejects.toMatchObject({
      code: 'EXPORT_DIFFERS',
      details: { target: o.out }
    })
    expect(existsSync(o.out)).toBe(false)
    expect(readdirSync(place).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('an existing folder is kept, unless it is to be replaced', async () => {
    const o = await task('peft', 'llama')
    cpSync(goldenDir + '/templates', o.out, { recursive: true })
    const before = readdirSync(o.out)
    await expect(writeExport(host, o)).rejects.toMatchObject({ code: 'TARGET_EXISTS' })
    expect(readdirSync(o.out)).toEqual(before)
    await writeExport(host, { ...o, replace: true })
    expect(existsSync(join(o.out, 'adapter_config.json'))).toBe(true)
  })
})

test('what learnt in all its weights has no adapter that could go alone', async () => {
  const o = await task('peft', 'llama')
  const full = { ...o, tuned: { ...o.tuned, adapterDir: null } }
  await expect(writeExport(host, full)).rejects.toMatchObject({ code: 'NO_ADAPTER_TO_WRITE' })
})

describe('merged', () => {
  test('rows of words that no text has may hold anything and spoil no check', async () => {
    for (const kind of ['merged', 'peft'] as const) {
      const o = await task(kind, 'llama')
      const file = join(o.tuned.model.dir, 'model.safetensors')
      const tensors = new Map(readSafetensors(file))
      for (const name of ['model.embed_tokens.weight', 'lm_head.weight']) {
        const tensor = tensors.get(name)
        if (!tensor) throw new Error(name)
        const values = floats(tensor)
        values.fill(NaN, 300 * (tensor.shape[1] ?? 0))
        tensors.set(name, float32(values, tensor.shape))
      }
      writeSafetensors(file, tensors)
      const open = { ...o.tuned.open, tokens: o.tuned.modelText.marks.idLimit }
      const { check } = await writeExport(host, { ...o, tuned: { ...o.tuned, open } })
      expect(check.second).toMatchObject({ checked: true })
    }
  })

  for (const golden of ['llama', 'llama3', 'mistral', 'qwen2', 'qwen3'] as const) {
    test(`${golden}: as base and adapter together, in F32 to ${mergedTolerance.F32}`, async () => {
      const o = await task('merged', golden)
      const { check } = await writeExport(host, o)
      expect(check.largest).toBeLessThanOrEqual(mergedTolerance.F32)
      expect(check.largest).toBeGreaterThan(0)
      expect(check.second).toMatchObject({ checked: true })
      const [merged, base] = [o.out, o.tuned.model.dir].map((dir) =>
        readSafetensors(join(dir, 'model.safetensors'))
      )
      expect([...(merged?.keys() ?? [])].sort()).toEqual([...(base?.keys() ?? [])].sort())
    })
  }

  for (const dtype of ['BF16', 'F16'] as const satisfies readonly WeightsDtype[]) {
    test(`${dtype}: said in the config, stored so, and close enough`, async () => {
      const o = await task('merged', 'llama')
      await writeExport(host, { ...o, dtype })
      const written = await readModel(o.out)
      expect(written.storedDtype).toBe(dtype)
      expect(written.config['dtype']).toBe(dtype === 'BF16' ? 'bfloat16' : 'float16')
    })
  }

  test('files of tokenizer and generation byte for byte; the rest of the config untouched', async () => {
    const o = await task('merged', 'qwen2')
    await writeExport(host, o)
    for (const name of [
      'tokenizer.json',
      'tokenizer_config.json',
      'chat_template.jinja',
      'generation_config.json'
    ]) {
      expect(readFileSync(join(o.out, name))).toEqual(readFileSync(join(o.tuned.model.dir, name)))
    }
    const written = await readModel(o.out)
    expect(written.config).toEqual(o.tuned.model.config)
    expect(readFileSync(join(o.out, 'README.md'), 'utf8')).toBe('# card\n')
  })

  test('from an NF4 base: the values that the base had, not those before quantisation', async () => {
    const o = await task('merged', 'llama', { adapter: 'llama-qlora-nf4', baseQuantization: 'nf4' })
    const { check } = await writeExport(host, o)
    expect(check.largest).toBeLessThanOrEqual(mergedTolerance.F32)
    const [merged, base] = [o.out, o.tuned.model.dir].map((dir) =>
      readSafetensors(join(dir, 'model.safetensors'))
    )
    expect(merged?.get('model.norm.weight')).toEqual(base?.get('model.norm.weight'))
  })

  test('a spoilt file: EXPORT_DIFFERS, and nothing is kept', async () => {
    const o = await task('merged', 'llama')
    const caller = spoiling('saveMerged', turnOneSign('model.safetensors'))
    await expect(writeExport(caller, o)).rejects.toMatchObject({ code: 'EXPORT_DIFFERS' })
    expect(existsSync(o.out)).toBe(false)
  })
})
