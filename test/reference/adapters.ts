// Adapters of other kinds than plain LoRA, through `npm run reference`: the starter model with DoRA, VeRA, IA3, trained biases,
// and learnt tokens before each example, each tuned and exported from the command line, with the engine's logits of a few texts, for adapters.py to compare.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Tokenizer } from '../../main/services/tokens/tokenizer'
import { starterModelDir } from '../fixtures/places'
import { neiro } from '../fixtures/neiro-cli'
import { makeReady } from '../fixtures/ready'
import { float32, writeSafetensors } from '../fixtures/safetensors'
import { engine } from '../golden-runner/engine'

const out = process.argv[2]
if (!out) throw new Error('usage: adapters.ts FOLDER')
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

const before = 6
const virtual = ['--virtual-tokens', String(before), '--learning-rate', '1e-2', '--adapter']
const kinds: Readonly<Record<string, readonly string[]>> = {
  dora: ['--dora'],
  vera: ['--adapter', 'vera', '--lora-rank', '16', '--learning-rate', '1e-2'],
  ia3: ['--adapter', 'ia3', '--learning-rate', '1e-2'],
  bias: ['--lora-bias', 'all'],
  prompt: [...virtual, 'prompt'],
  prefix: [...virtual, 'prefix'],
  'p-tuning': [...virtual, 'p-tuning']
}
const tokenizer = await Tokenizer.load(starterModelDir)
const texts = ['返品はできますか。', 'Thank you for your order.', '営業時間を教えてください。']
const tokens = await Promise.all(texts.map(async (text) => Int32Array.from(await tokenizer.encode(text))))
for (const [name, flags] of Object.entries(kinds)) {
  const steps = ['--max-steps', '6', '--out', at(name)]
  await run('tune', '--model', 'starter', '--data', 'sample', ...flags, ...steps)
  await run('export', 'peft', '--run', at(name), '--out', at(`${name}-peft`))
  const session = await engine().Session.open({
    ...{ modelDir: starterModelDir, adapterDir: at(`${name}-peft`) },
    ...{ baseQuantization: 'none', seed: 1, threads: 0, maxContext: 0 },
    maxTokensPerMicroBatch: before + Math.max(...tokens.map(({ length }) => length))
  })
  const { vocabSize } = await session.info()
  const logits = async (adapter: boolean): Promise<Float32Array> => {
    const all: number[] = []
    for (const text of tokens) {
      const batch = { tokens: text, lengths: Int32Array.of(text.length) }
      // of the text alone: what is learnt before it comes first
      for (const one of (await session.logits(batch, { adapter })).slice(-text.length * vocabSize))
        all.push(one)
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
  at('adapters.json'),
  JSON.stringify({
    base: starterModelDir,
    kinds: Object.keys(kinds),
    tokens: tokens.map((text) => [...text])
  })
)
