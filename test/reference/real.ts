// The real model through `npm run reference`: SmolLM2-135M-Instruct tuned on 240 public examples from the command line
// and exported, for real.py to tune the same by PEFT and to open, ask and stop what was exported.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { neiro, type CliEvent } from '../fixtures/neiro-cli'
import { makeReady } from '../fixtures/ready'
import { sharedData, skippedNote } from '../fixtures/shared-data'

const [out, base] = process.argv.slice(2)
if (!out || !base) throw new Error('usage: real.ts FOLDER MODEL')
const source = sharedData('datasets/en-llamafactory/alpaca_en_demo.json')
if (!source) {
  console.log(skippedNote)
  process.exit(0)
}
makeReady('app')
const at = (name: string): string => join(out, name)
mkdirSync(out, { recursive: true })

async function run(...args: string[]): Promise<readonly CliEvent[]> {
  const { status, stderr, events } = await neiro(args, { NEIRO_HOME: at('home') })
  if (status !== 0) throw new Error(`neiro ${args.join(' ')}: ${stderr} ${JSON.stringify(events.at(-1))}`)
  return events
}

interface Row {
  readonly instruction: string
  readonly input: string
  readonly output: string
}
const talks = (JSON.parse(readFileSync(source, 'utf8')) as Row[])
  .filter(({ output }) => output.length > 20 && output.length < 400)
  .map(({ instruction, input, output }) => ({
    messages: [
      { role: 'user', content: input === '' ? instruction : `${instruction}\n${input}` },
      { role: 'assistant', content: output }
    ]
  }))
const [train, heldOut] = [talks.slice(0, 240), talks.slice(240, 280)]
const lines = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
writeFileSync(at('train.jsonl'), lines(train))
writeFileSync(at('held-out.jsonl'), lines(heldOut))

const events = await run(
  ...['tune', '--model', base, '--data', at('train.jsonl'), '--held-out', at('held-out.jsonl')],
  ...['--out', at('run'), '--epochs', '1', '--batch-size', '2', '--gradient-accumulation-steps', '4'],
  ...['--max-seq-length', '256', '--lora-rank', '8', '--lora-alpha', '16', '--lora-dropout', '0'],
  ...['--base-quantization', 'none', '--learning-rate', '2e-4', '--seed', '7']
)
await run('export', 'peft', '--run', at('run'), '--out', at('peft'))
await run('export', 'merged', '--run', at('run'), '--dtype', 'f32', '--out', at('merged'))
const answers: { question: string; text: unknown; finished: unknown }[] = []
for (const { messages } of heldOut.slice(0, 4)) {
  const question = messages[0]?.content ?? ''
  const said = await run(
    ...['chat', '--run', at('run'), '--prompt', question, '--temperature', '0', '--max-new-tokens', '160']
  )
  const answer = said.find(({ event }) => event === 'answer')
  answers.push({ question, text: answer?.['text'], finished: answer?.['finished'] })
}
const evaluations = events.filter(({ event }) => event === 'evaluation')
writeFileSync(at('told.json'), JSON.stringify({ base, evaluations, answers }))
