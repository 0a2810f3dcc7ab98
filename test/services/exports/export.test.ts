// Exports through the real engine: what is written is what others expect, what was read back is compared, and
// an export that answers differently is not kept.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BaseQuantization } from '../../../addon/index'
import type { TrainerCaller, TrainerCallName, TrainerCalls } from '../../../main/contract/trainer-protocol'
import { addonFile, trainerEntry } from '../../fixtures/places'
import type { ExportOptions } from '../../../main/services/exports/export-model'
import type { WeightsDtype } from '../../../main/files/model-folder'
import { exportMerged, mergedTolerance } from '../../../main/services/exports/export-merged'
import { exportPeft } from '../../../main/services/exports/export-peft'
import { readModel } from '../../../main/services/models/read-model'
import { TrainerHost } from '../../../main/trainer-host'
import { readSafetensors } from '../../fixtures/safetensors'
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
async function options(
  golden: GoldenModel,
  o: { adapter?: string; baseQuantization?: BaseQuantization; caller?: TrainerCaller } = {}
): Promise<ExportOptions & { readonly adapterDir: string }> {
  return {
    host: o.caller ?? host,
    model: await readModel(tinyModel(golden, place)),
    trainedDir: null,
    adapterDir: join(goldenDir, o.adapter ?? `${golden}-lora`, 'adapter_final'),
    baseQuantization: o.baseQuantization ?? 'none',
    threads: 1,
    out: join(place, `out-${++outputs}`),
    replace: false,
    card: '# card\n'
  }
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
      const o = await options(golden)
      const result = await exportPeft(o)
      expect(result.comparison).toMatchObject({ largestDifference: 0, tolerance: 0 })
      expect(readdirSync(o.out).sort()).toEqual([
        'README.md',
        'adapter_config.json',
        'adapter_model.safetensors'
      ])
      const config = (dir: string): Record<string, unknown> =>
        JSON.parse(readFileSync(join(dir, 'adapter_config.json'), 'utf8'))
      const [ours, theirs] = [config(o.out), config(o.adapterDir)]
      for (const key of ['peft_type', 'task_type', 'r', 'lora_alpha', 'use_rslora', 'bias'])
        expect(ours[key]).toEqual(theirs[key])
      expect(new Set(ours['target_modules'] as string[])).toEqual(
        new Set(theirs['target_modules'] as string[])
      )
      expect(ours['base_model_name_or_path']).toBe(o.model.name)
      expect(readSafetensors(join(o.out, 'adapter_model.safetensors'))).toEqual(
        readSafetensors(join(o.adapterDir, 'adapter_model.safetensors'))
      )
    })
  }

  test('rsLoRA and an NF4 base keep their meaning', async () => {
    const rslora = await options('llama', { adapter: 'llama-rslora' })
    expect((await exportPeft(rslora)).comparison.largestDifference).toBe(0)
    const nf4 = await options('llama', { adapter: 'llama-qlora-nf4', baseQuantization: 'nf4' })
    expect((await exportPeft(nf4)).comparison.largestDifference).toBe(0)
  })

  test('one changed value in the file: EXPORT_DIFFERS, and nothing is kept', async () => {
    const o = await options('llama', {
      caller: spoiling('saveAdapter', turnOneSign('adapter_model.safetensors'))
    })
    await expect(exportPeft(o)).rejects.toMatchObject({ code: 'EXPORT_DIFFERS', details: { target: o.out } })
    expect(existsSync(o.out)).toBe(false)
    expect(readdirSync(place).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('an existing folder is kept, unless it is to be replaced', async () => {
    const o = await options('llama')
    cpSync(goldenDir + '/templates', o.out, { recursive: true })
    const before = readdirSync(o.out)
    await expect(exportPeft(o)).rejects.toMatchObject({ code: 'TARGET_EXISTS' })
    expect(readdirSync(o.out)).toEqual(before)
    await exportPeft({ ...o, replace: true })
    expect(existsSync(join(o.out, 'adapter_config.json'))).toBe(true)
  })
})

describe('merged', () => {
  for (const golden of ['llama', 'llama3', 'mistral', 'qwen2', 'qwen3'] as const) {
    test(`${golden}: as base and adapter together, in F32 to ${mergedTolerance.F32}`, async () => {
      const o = await options(golden)
      const { comparison } = await exportMerged({ ...o, dtype: 'F32' })
      expect(comparison.largestDifference).toBeLessThanOrEqual(mergedTolerance.F32)
      expect(comparison.largestDifference).toBeGreaterThan(0)
      const [merged, base] = [o.out, o.model.dir].map((dir) =>
        readSafetensors(join(dir, 'model.safetensors'))
      )
      expect([...(merged?.keys() ?? [])].sort()).toEqual([...(base?.keys() ?? [])].sort())
    })
  }

  for (const dtype of ['BF16', 'F16'] as const satisfies readonly WeightsDtype[]) {
    test(`${dtype}: said in the config, stored so, and close enough`, async () => {
      const o = await options('llama')
      await exportMerged({ ...o, dtype })
      const written = await readModel(o.out)
      expect(written.storedDtype).toBe(dtype)
      expect(written.config['dtype']).toBe(dtype === 'BF16' ? 'bfloat16' : 'float16')
    })
  }

  test('files of tokenizer and generation byte for byte; the rest of the config untouched', async () => {
    const o = await options('qwen2')
    await exportMerged({ ...o, dtype: 'F32' })
    for (const name of [
      'tokenizer.json',
      'tokenizer_config.json',
      'chat_template.jinja',
      'generation_config.json'
    ]) {
      expect(readFileSync(join(o.out, name))).toEqual(readFileSync(join(o.model.dir, name)))
    }
    const written = await readModel(o.out)
    expect(written.config).toEqual(o.model.config)
    expect(readFileSync(join(o.out, 'README.md'), 'utf8')).toBe('# card\n')
  })

  test('from an NF4 base: the values that the base had, not those before quantisation', async () => {
    const o = await options('llama', { adapter: 'llama-qlora-nf4', baseQuantization: 'nf4' })
    const { comparison } = await exportMerged({ ...o, dtype: 'F32' })
    expect(comparison.largestDifference).toBeLessThanOrEqual(mergedTolerance.F32)
    const [merged, base] = [o.out, o.model.dir].map((dir) => readSafetensors(join(dir, 'model.safetensors')))
    expect(merged?.get('model.norm.weight')).toEqual(base?.get('model.norm.weight'))
  })

  test('a spoilt file: EXPORT_DIFFERS, and nothing is kept', async () => {
    const o = await options('llama', { caller: spoiling('saveMerged', turnOneSign('model.safetensors')) })
    await expect(exportMerged({ ...o, dtype: 'F32' })).rejects.toMatchObject({ code: 'EXPORT_DIFFERS' })
    expect(existsSync(o.out)).toBe(false)
  })
})
