// SmolLM2-135M-Instruct through a Ray cluster of two processes, beside Neiro's own run of the same recipe; and a way of sharing that
// processors cannot take, which is refused.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sharedData } from '../fixtures/shared-data'
import type { Ask } from './asks'
import { killThose, ports, up } from './cluster'
import { events, lossOf, runOf } from './neiro'
import { trySameAsPeft } from './peft'

/** a busy machine takes long over it */
const patience = 3_600_000

interface Row {
  readonly instruction: string
  readonly input: string
  readonly output: string
}

/** Short ones of a public set: an hour is no better proof than minutes. */
function writeData(work: string): readonly [train: string, heldOut: string] | null {
  const source = sharedData('datasets/en-llamafactory/alpaca_en_demo.json')
  if (!source) return null
  const talks = (JSON.parse(readFileSync(source, 'utf8')) as Row[])
    .filter(({ input, output }) => input === '' && output.length > 20 && output.length < 160)
    .map(({ instruction, output }) => ({
      messages: [
        { role: 'user', content: instruction },
        { role: 'assistant', content: output }
      ]
    }))
  const write = (name: string, rows: readonly unknown[]): string => {
    const file = join(work, name)
    writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    return file
  }
  return [write('train.jsonl', talks.slice(0, 24)), write('held-out.jsonl', talks.slice(24, 32))]
}

/** model: a folder of SmolLM2-135M-Instruct (npm run reference:setup makes one). */
export async function tryReal(venv: string, model: string, work: string, ask: Ask): Promise<void> {
  const data = existsSync(join(model, 'model.safetensors')) ? writeData(work) : null
  if (!data) {
    process.stdout.write(
      `No real model at ${model} (npm run reference:setup), or no shared data: left out.\n`
    )
    return
  }
  const [train, heldOut] = data
  const recipe = (name: string, ...more: readonly string[]): string[] => [
    ...['tune', '--model', model, '--data', train, '--held-out', heldOut, '--name', name],
    ...['--epochs', '1', '--batch-size', '4', '--max-seq-length', '128', '--lora-rank', '8'],
    ...['--lora-dropout', '0', '--base-quantization', 'none', '--learning-rate', '2e-4', '--seed', '7'],
    // at the begin and at the end: measuring takes as long as learning
    ...['--evaluation-steps', '6', ...more]
  ]
  const there = ['--on', `ray:http://127.0.0.1:${ports.dashboard}`, '--send', '--unmasked']
  const home = join(work, 'home-real')
  const temp = join(work, 'r')
  const here = await events(recipe('here'), home, patience)
  const cluster = up(venv, temp)
  try {
    const shared = await events(recipe('ddp', ...there), home, patience)
    const [mine, theirs] = [lossOf(here), lossOf(shared)]
    ask(
      `SmolLM2-135M by two processes: held-out loss within 1 % of Neiro's own (${theirs.toFixed(4)}, ${mine.toFixed(4)})`,
      Math.abs(theirs / mine - 1) < 0.01
    )
    await trySameAsPeft({ venv, ask }, model, runOf(shared))
    const refused = await events(recipe('fsdp', ...there, '--spread', 'fsdp'), home)
    const said = refused.findLast(({ event }) => event === 'error')
    ask(
      `FSDP among processors is refused, and not quietly something else (${String(said?.['code'])})`,
      said?.['code'] === 'FAILED_ELSEWHERE' && JSON.stringify(said).includes('FSDP')
    )
  } finally {
    cluster.down()
    killThose(temp)
  }
}
