// GGUF files through the real engine: written, read back by the reader that opens strangers' files, compared with the
// model in memory; what is wrong in one byte is not kept, and what cannot be said is refused with the way out.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TrainerCaller, TrainerCallName, TrainerCalls } from '../../../main/contract/trainer-protocol'
import type { ExportFormat, ExportKind } from '../../../main/contract/window/results'
import { TrainerHost } from '../../../main/services/engine/trainer-host'
import { writeExport, type ExportTask } from '../../../main/services/exports/write-export'
import { readModel } from '../../../main/services/models/read-model'
import { stopTokensOf } from '../../../main/services/models/stop-tokens'
import type { TunedModel } from '../../../main/services/runs/tuned-model'
import { LoadedModelText } from '../../../main/services/tokens/loaded-model-text'
import { ModelTexts } from '../../../main/services/tokens/model-texts'
import { addonFile, trainerEntry } from '../../fixtures/places'
import { smallFiles } from '../../fixtures/small-files'
import { goldenDir, tinyModel, type GoldenModel } from '../../fixtures/tiny-model'

const place = mkdtempSync(join(tmpdir(), 'gguf-kinds-'))
const modelTexts = new ModelTexts((source) => LoadedModelText.load(source))
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
  dtype: ExportFormat = 'Q8_0',
  adapter = `${golden}-lora`
): Promise<ExportTask> {
  const model = await readModel(tinyModel(golden, place))
  const modelText = await modelTexts.get(model)
  const adapterDir = join(goldenDir, adapter, 'adapter_final')
  const open = { modelDir: model.dir, adapterDir, baseQuantization: 'none', threads: 1 }
  const stopTokens = stopTokensOf(model, modelText)
  const tuned = { model, modelText, open, adapterDir, runDir: null, systemPrompt: '丁寧に', stopTokens }
  return {
    ...{ kind, dtype, out: join(place, `out-${++outputs}`), replace: false, title: '試し' },
    ...{ tuned: tuned as unknown as TunedModel, card: () => '# card\n', modelTexts, smallFiles }
  }
}

const files = ({ out }: ExportTask): string[] => readdirSync(out).sort()

describe('a GGUF file', () => {
  for (const [golden, dtype] of [
    ['llama', 'F16'],
    ['qwen2', 'Q8_0'],
    ['gemma2', 'Q4_K_M'],
    ['phi3', 'BF16'],
    ['qwen3', 'Q4_0']
  ] as const)
    test(`of ${golden} in ${dtype} holds the tuned model, its text and its ends`, async () => {
      const o = await task('gguf', golden, dtype)
      const { check, sizeBytes } = await writeExport(host, o)
      expect(check.prompts).toBeGreaterThan(3)
      expect(check.largest).toBeLessThanOrEqual(check.tolerance)
      expect(check.values?.difference).toBeGreaterThan(0)
      expect(check.answers.asked).toBe(1)
      expect(['same', 'composed', 'near']).toContain(check.text)
      const name = `out-${outputs}.gguf`
      expect(files(o)).toEqual(['README.md', name])
      expect(readFileSync(join(o.out, name)).length).toBe(sizeBytes)
    })

  test('with one weight changed is not kept', async () => {
    const o = await task('gguf', 'llama', 'F16')
    const spoiling: TrainerCaller = {
      async call<C extends TrainerCallName>(name: C, args: TrainerCalls[C]['args']) {
        const result = await host.call(name, args)
        if (name === 'saveGguf') {
          const { file } = args as { file: string }
          const bytes = readFileSync(file)
          // the sign of the last value of the file's last tensor, or of what fills it up
          for (let at = bytes.length - 1; at > bytes.length - 4096; at -= 2)
            bytes[at] = (bytes[at] ?? 0) ^ 0x80
          writeFileSync(file, bytes)
        }
        return result
      }
    }
    await expect(writeExport(spoiling, o)).rejects.toMatchObject({ code: 'GGUF_DIFFERS' })
    expect(existsSync(o.out)).toBe(false)
  })
})

test('the adapter as a GGUF file: its values alone are looked at', async () => {
  const o = await task('gguf-adapter', 'llama', 'F32', 'llama-rslora')
  const { check } = await writeExport(host, o)
  expect(check).toMatchObject({ prompts: 0, answers: { asked: 0 } })
  expect(check.values?.difference).toBeLessThan(1e-5)
  // it has no vocabulary
  expect(check.text).toBeUndefined()
  expect(files(o)).toEqual(['README.md', `out-${outputs}.gguf`])
})

test('an adapter that no such file can hold is refused by name', async () => {
  const o = await task('gguf-adapter', 'llama', 'F32', 'llama-dora')
  await expect(writeExport(host, o)).rejects.toMatchObject({ code: 'GGUF_ADAPTER' })
  expect(existsSync(o.out)).toBe(false)
})

test('for Ollama: the file and what it is told of it', async () => {
  const o = await task('ollama', 'qwen2', 'Q4_K_M')
  await writeExport(host, o)
  expect(files(o)).toEqual(['Modelfile', 'README.md', `out-${outputs}.gguf`])
  const told = readFileSync(join(o.out, 'Modelfile'), 'utf8')
  expect(told).toContain(`FROM ./out-${outputs}.gguf\n`)
  expect(told).toContain('SYSTEM """丁寧に"""')
  expect(told).toContain('PARAMETER stop "</s>"')
  expect(told).toContain('<|user|>{{ .Content }}')
})
