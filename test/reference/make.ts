// The engine's half of `npm run reference`: trains an adapter on each golden base, writes the folders that a
// user would take elsewhere, and its own logits on twenty prompts for check.py to compare.
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Session } from '../../addon/index'
import { makeReady } from '../fixtures/ready'
import { float32, int32, writeSafetensors } from '../fixtures/safetensors'
import { batchOf, goldenModel, lora, openOptions, stepOptions } from '../fixtures/sessions'
import { randomModel } from '../bench/random-model'
import type { Shape } from '../bench/shapes'
import { engine } from '../golden-runner/engine'
import { tolerancesFor } from '../golden-runner/tolerances'

const models = ['llama', 'llama3', 'mistral', 'qwen2', 'qwen3']
const bases = ['f32', 'nf4'] as const
const promptCount = 20
const steps = 6
const golden = join(import.meta.dirname, '../golden')

const out = process.argv[2]
if (!out) throw new Error('usage: make.ts FOLDER')
makeReady('addon with proofs')

/** Prompts of 1 to 58 tokens, the same for every model. */
const prompts = Array.from({ length: promptCount }, (_, i) => batchOf([1 + 3 * i], 500 + i).tokens)

const tolerance = (model: string): number => tolerancesFor(golden, `${model}-lora`).logits

/** Logits of all prompts end to end, a batch at a time. */
async function logitsOf(session: Session, adapter: boolean): Promise<Float32Array> {
  const parts: Float32Array[] = []
  for (const tokens of prompts)
    parts.push(await session.logits({ tokens, lengths: Int32Array.of(tokens.length) }, { adapter }))
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** What belongs beside merged weights is the caller's to copy. */
function copyConfig(from: string, to: string): void {
  for (const file of ['config.json', 'generation_config.json'])
    if (existsSync(join(from, file))) copyFileSync(join(from, file), join(to, file))
}

async function make(
  model: string,
  modelDir: string,
  base: (typeof bases)[number],
  tolerance: number
): Promise<object> {
  const name = `${model}-${base}`
  const dir = join(out as string, name)
  mkdirSync(dir, { recursive: true })
  const session = await engine().Session.open(
    openOptions({
      modelDir,
      baseQuantization: base,
      train: { ...lora, rank: 8, alpha: 16, rsLora: model === 'qwen3' }
    })
  )
  try {
    for (let step = 1; step <= steps; ++step) await session.step([batchOf([40, 31], step)], stepOptions(step))
    const baseLogits = await logitsOf(session, false)
    const adapterLogits = await logitsOf(session, true)
    // an adapter that changed nothing would prove nothing
    if (adapterLogits.every((value, i) => value === baseLogits[i]))
      throw new Error(`${name}: nothing was learnt`)
    await session.saveAdapter({ dir: join(dir, 'adapter'), baseModelName: model })
    await session.saveMerged({ dir: join(dir, 'merged'), dtype: 'F32' })
    await session.saveMerged({ dir: join(dir, 'merged-bf16'), dtype: 'BF16' })
    for (const merged of ['merged', 'merged-bf16']) copyConfig(modelDir, join(dir, merged))
    const halved = await logitsOfFolder(join(dir, 'merged-bf16'))
    writeSafetensors(join(dir, 'engine.safetensors'), {
      base: float32(baseLogits),
      adapter: float32(adapterLogits),
      'merged-bf16': float32(halved)
    })
  } finally {
    await session.close()
  }
  return { name, model: modelDir, base, tolerance, direct: false }
}

/** The engine reading what it wrote. */
async function logitsOfFolder(modelDir: string): Promise<Float32Array> {
  const session = await engine().Session.open(
    openOptions({ modelDir, baseQuantization: 'none', train: undefined })
  )
  try {
    return await logitsOf(session, false)
  } finally {
    await session.close()
  }
}

/** Rows are multiples of 64: what bitsandbytes' own kernels for CPUs need, so that it can load them in 4 bit. */
const wide: Shape = {
  name: 'wide',
  modelType: 'qwen2',
  hidden: 128,
  intermediate: 320,
  layers: 3,
  heads: 4,
  kvHeads: 2,
  headDim: 32,
  vocab: 320,
  tied: true,
  theta: 10_000,
  positions: 256,
  epsilon: 1e-6
}

const cases: object[] = []
for (const model of models)
  for (const base of bases) cases.push(await make(model, goldenModel(model), base, tolerance(model)))
cases.push({ ...(await make('wide', randomModel(wide, out), 'nf4', tolerance('qwen2'))), direct: true })
writeSafetensors(join(out, 'prompts.safetensors'), {
  tokens: int32(prompts.flatMap((tokens) => [...tokens])),
  lengths: int32(prompts.map((tokens) => tokens.length))
})
writeFileSync(join(out, 'cases.json'), JSON.stringify(cases, null, 2))
