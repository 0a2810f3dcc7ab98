// Several adapters in one, through `npm run reference`: the starter model tuned three times from the command line, combined there in
// each way, with the engine's logits of a few texts, for combined.py to compare with peft's add_weighted_adapter.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Tokenizer } from '../../main/services/tokens/tokenizer'
import { neiro } from '../fixtures/neiro-cli'
import { starterModelDir } from '../fixtures/places'
import { makeReady } from '../fixtures/ready'
import { float32, writeSafetensors } from '../fixtures/safetensors'
import { engine } from '../golden-runner/engine'

const out = process.argv[2]
if (!out) throw new Error('usage: combined.ts FOLDER')
if (!existsSync(join(starterModelDir, 'model.safetensors'))) {
  console.log('skipped: no starter model in resources')
  process.exit(0)
}
makeReady('addon with proofs', 'app')
mkdirSync(out, { recursive: true })
const at = (name: string): string => join(out, name)

async function run(...args: string[]): Promise<void> {
  const { status, stderr } = await neiro(args, { NEIRO_HOME: at('home') })
  if (status !== 0) throw new Error(`neiro ${args.join(' ')}: ${stderr}`)
}

const ranks: Readonly<Record<string, number>> = { a: 8, b: 8, c: 4 }
interface Combination {
  readonly adapters: readonly string[]
  readonly weights: readonly number[]
  readonly how: 'linear' | 'cat' | 'svd'
}
const combinations: Readonly<Record<string, Combination>> = {
  linear: { adapters: ['a', 'b'], weights: [0.7, 0.3], how: 'linear' },
  cat: { adapters: ['a', 'b', 'c'], weights: [0.7, -0.4, 1.1], how: 'cat' },
  svd: { adapters: ['a', 'b', 'c'], weights: [0.7, 0.4, 1.1], how: 'svd' }
}
for (const [seed, [name, rank]] of Object.entries(ranks).entries()) {
  const flags = ['--lora-rank', String(rank), '--learning-rate', '5e-3', '--seed', String(seed + 1)]
  const steps = ['--max-steps', '6', '--out', at(name)]
  await run('tune', '--model', 'starter', '--data', 'sample', ...flags, ...steps)
}
const tokenizer = await Tokenizer.load(starterModelDir)
const texts = ['返品はできますか。', 'Thank you for your order.', '営業時間を教えてください。']
const tokens = await Promise.all(texts.map(async (text) => Int32Array.from(await tokenizer.encode(text))))
for (const [name, { adapters, weights, how }] of Object.entries(combinations)) {
  const made = ['--weights', weights.join(','), '--method', how, '--out', at(`${name}-made`)]
  await run('merge-adapters', ...adapters.map(at), ...made)
  const session = await engine().Session.open({
    ...{ modelDir: starterModelDir, adapterDir: at(`${name}-made`) },
    ...{ baseQuantization: 'none', seed: 1, threads: 0, maxContext: 0 },
    maxTokensPerMicroBatch: Math.max(...tokens.map(({ length }) => length))
  })
  const logits = async (adapter: boolean): Promise<Float32Array> => {
    const all: number[] = []
    for (const text of tokens) {
      const batch = { tokens: text, lengths: Int32Array.of(text.length) }
      for (const one of await session.logits(batch, { adapter })) all.push(one)
    }
    return Float32Array.from(all)
  }
  writeSafetensors(at(`${name}.safetensors`), {
    base: float32(await logits(false)),
    adapter: float32(await logits(true))
  })
  await session.close()
}
writeFileSync(
  at('combined.json'),
  JSON.stringify({ base: starterModelDir, combinations, tokens: tokens.map((text) => [...text]) })
)
