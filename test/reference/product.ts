// The way of a user through `npm run reference`: the starter model tuned and exported from the command line, and
// what tokenizer, template and engine make of twenty questions, for product.py to compare.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readModel } from '../../main/services/models/read-model'
import { templateFor } from '../../main/services/tokens/chat-template'
import { Tokenizer } from '../../main/services/tokens/tokenizer'
import { sampleDir, starterModelDir } from '../fixtures/places'
import { neiro } from '../fixtures/neiro-cli'
import { makeReady } from '../fixtures/ready'
import { float32, writeSafetensors } from '../fixtures/safetensors'
import { engine } from '../golden-runner/engine'

const out = process.argv[2]
if (!out) throw new Error('usage: product.ts FOLDER')
makeReady('addon with proofs', 'app')

async function run(...args: string[]): Promise<void> {
  const { status, stderr } = await neiro(args, { NEIRO_HOME: join(out as string, 'home') })
  if (status !== 0) throw new Error(`neiro ${args.join(' ')}: ${stderr}`)
}

/** Logits of each prompt end to end, by a session on these files. */
async function logits(
  prompts: readonly Int32Array[],
  modelDir: string,
  adapterDir?: string
): Promise<Float32Array> {
  const session = await engine().Session.open({
    modelDir,
    baseQuantization: 'none',
    seed: 1,
    threads: 0,
    maxTokensPerMicroBatch: Math.max(...prompts.map((tokens) => tokens.length)),
    maxContext: 0,
    adapterDir
  })
  try {
    const parts: Float32Array[] = []
    for (const tokens of prompts)
      parts.push(
        await session.logits(
          { tokens, lengths: Int32Array.of(tokens.length) },
          { adapter: adapterDir !== undefined }
        )
      )
    return Float32Array.from(parts.flatMap((part) => Array.from(part)))
  } finally {
    await session.close()
  }
}

if (!existsSync(join(starterModelDir, 'model.safetensors'))) {
  console.log('skipped: no starter model in resources')
  process.exit(0)
}
mkdirSync(out, { recursive: true })
const at = (name: string): string => join(out, name)
await run('tune', '--model', 'starter', '--data', 'sample', '--max-steps', '6', '--out', at('run'))
await run('export', 'peft', '--run', at('run'), '--out', at('peft'))
await run('export', 'merged', '--run', at('run'), '--dtype', 'f32', '--out', at('merged'))

const rows = readFileSync(join(sampleDir, 'support-desk.jsonl'), 'utf8').split('\n').filter(Boolean)
const questions = rows.map((row) => JSON.parse(row) as { question: string }).filter((_, i) => i % 8 === 0)
const model = await readModel(starterModelDir)
const tokenizer = await Tokenizer.load(starterModelDir)
const template = templateFor(model)
const prompts = []
for (const { question } of questions.slice(0, 20)) {
  const messages = [{ role: 'user' as const, content: question }]
  const text = template.render(messages, true)
  prompts.push({ messages, text, tokens: [...(await tokenizer.encode(text))] })
}
const tokens = prompts.map((prompt) => Int32Array.from(prompt.tokens))
writeFileSync(at('prompts.json'), JSON.stringify({ base: starterModelDir, prompts }))
writeSafetensors(at('engine.safetensors'), {
  base: float32(await logits(tokens, starterModelDir)),
  adapter: float32(await logits(tokens, starterModelDir, at('peft'))),
  merged: float32(await logits(tokens, at('merged')))
})
