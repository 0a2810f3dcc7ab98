// Files of adapters both ways, through `npm run reference`, on a tiny Llama. make: those with virtual tokens, tuned by the
// engine itself for kinds.py to open (adapters.ts tunes them from the command line); read: what peft has made of every kind, opened here, with the same logits.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Session, TrainMode } from '../../addon/index'
import { makeReady } from '../fixtures/ready'
import { float32, floats, readSafetensors, tensorOf, writeSafetensors } from '../fixtures/safetensors'
import { batchOf, goldenModel, openOptions, stepOptions } from '../fixtures/sessions'
import { engine } from '../golden-runner/engine'

const [act, out] = process.argv.slice(2)
if (!out || (act !== 'make' && act !== 'read')) throw new Error('usage: kinds.ts make|read FOLDER')
makeReady('addon with proofs')

const model = goldenModel('llama')
const tokens = batchOf([24], 9).tokens
/** the engine's distance from PyTorch on this model, as in check.py's table, with room */
const tolerance = 5e-5
const virtual = { virtualTokens: 6 }
const kinds: Readonly<Record<string, TrainMode>> = {
  prompt: { kind: 'prompt', ...virtual },
  prefix: { kind: 'prefix', ...virtual },
  'p-tuning': { kind: 'p-tuning', ...virtual, encoderWidth: 32 }
}

/** Of the tokens alone: the virtual ones come before them. */
async function logitsOf(session: Session, adapter: boolean): Promise<Float32Array> {
  const all = await session.logits({ tokens, lengths: Int32Array.of(tokens.length) }, { adapter })
  const vocab = 320
  return all.slice(all.length - tokens.length * vocab)
}

async function make(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (const [name, train] of Object.entries(kinds)) {
    const session = await engine().Session.open(openOptions({ modelDir: model, train }))
    try {
      for (let step = 1; step <= 6; step++)
        await session.step([batchOf([40, 31], step)], stepOptions(step, { learningRate: 0.1 }))
      await session.saveAdapter({ dir: join(folder, `ours-${name}`), baseModelName: 'llama' })
      writeSafetensors(join(folder, `ours-${name}.safetensors`), {
        base: float32(await logitsOf(session, false)),
        adapter: float32(await logitsOf(session, true))
      })
    } finally {
      await session.close()
    }
  }
  writeFileSync(
    join(folder, 'kinds.json'),
    JSON.stringify({ model, kinds: Object.keys(kinds), tokens: [...tokens], tolerance })
  )
}

async function read(folder: string): Promise<number> {
  console.log('adapters made by peft, opened here')
  let missed = 0
  const made = readdirSync(folder).filter((name) => name.startsWith('peft-') && !name.includes('.'))
  for (const name of made) {
    const { train: _, ...options } = openOptions({ modelDir: model, adapterDir: join(folder, name) })
    const session = await engine().Session.open(options)
    try {
      const wanted = floats(tensorOf(readSafetensors(join(folder, `${name}.safetensors`)), 'adapter'))
      const [base, given] = [await logitsOf(session, false), await logitsOf(session, true)]
      const largest = wanted.reduce((most, one) => Math.max(most, Math.abs(one)), 0)
      const apart = (values: Float32Array): number =>
        values.reduce((most, one, at) => Math.max(most, Math.abs(one - (wanted[at] ?? NaN))), 0) / largest
      const good = apart(given) <= tolerance && tolerance < apart(base)
      if (!good) missed++
      console.log(
        `  ${name.padEnd(20)}${apart(given).toExponential(1)} of ${tolerance.toExponential(1)}, changes ${apart(base).toExponential(1)}${good ? '' : '  MISS'}`
      )
    } finally {
      await session.close()
    }
  }
  return missed > 0 || made.length === 0 ? 1 : 0
}

if (act === 'make') await make(out)
else process.exitCode = await read(out)
