// `npm run bench`: tokens/s, peak memory beside the planned, and the share of the measured product ceiling,
// for models of real shapes with random weights. A table for people; with --json also one JSON line on stdout.
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BaseQuantization } from '../../addon/index'
import { makeReady } from '../fixtures/ready'
import { calibrate, measure, type Measurement, type Setup } from './measure'
import { randomModel } from './random-model'
import { shapes, type Shape } from './shapes'
import { table } from './table'

const usage = `npm run bench -- [options]
  --models A,B          of ${shapes.map(({ name }) => name).join(', ')}
                        (default SmolLM2-135M,Qwen2.5-0.5B)
  --base nf4            precision of the frozen base: none, f32, bf16, nf4
  --compute both        products in f32, bf16, int8 (not of a base in f32), both (f32, bf16) or all
  --checkpointing both  on, off or both
  --tokens 512          length of the one sequence of a step
  --steps 3             measured steps (median); one more comes before them
  --rank 16             LoRA on all linear layers
  --threads 0           0 = one per processor
  --cache DIR           where the random models are kept (default: the system's temporary folder)
  --json                one JSON line on stdout, the table on stderr`

const { values } = parseArgs({
  options: {
    models: { type: 'string', default: 'SmolLM2-135M,Qwen2.5-0.5B' },
    base: { type: 'string', default: 'nf4' },
    compute: { type: 'string', default: 'both' },
    checkpointing: { type: 'string', default: 'both' },
    tokens: { type: 'string', default: '512' },
    steps: { type: 'string', default: '3' },
    rank: { type: 'string', default: '16' },
    threads: { type: 'string', default: '0' },
    cache: { type: 'string', default: join(tmpdir(), 'neiro-bench-models') },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false }
  }
})

const positive = (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0)
    throw new Error(`expected a whole number, got ${text}\n\n${usage}`)
  return value
}
function shapeOf(name: string): Shape {
  const shape = shapes.find((known) => known.name.toLowerCase() === name.trim().toLowerCase())
  if (!shape) throw new Error(`no shape ${name}\n\n${usage}`)
  return shape
}

async function main(): Promise<void> {
  if (values.help) return console.log(usage)
  const ways = { on: [true], off: [false], both: [false, true] }[values.checkpointing]
  const computes = {
    f32: ['f32'],
    bf16: ['bf16'],
    int8: ['int8'],
    both: ['f32', 'bf16'],
    all: ['f32', 'bf16', 'int8']
  }[values.compute] as Setup['compute'][] | undefined
  if (!ways || !computes || !['none', 'f32', 'bf16', 'nf4'].includes(values.base)) throw new Error(usage)
  const wanted = values.models.split(',').map(shapeOf)
  makeReady('addon', 'app')
  const measurements: Measurement[] = []
  for (const shape of wanted) {
    const modelDir = randomModel(shape, values.cache)
    for (const gradientCheckpointing of ways)
      for (const compute of computes)
        measurements.push(
          await measure({
            model: shape.name,
            modelDir,
            baseQuantization: values.base as BaseQuantization,
            compute,
            gradientCheckpointing,
            tokens: positive(values.tokens),
            steps: Math.max(1, positive(values.steps)),
            rank: positive(values.rank),
            threads: positive(values.threads)
          })
        )
  }
  const ceilings = await calibrate(positive(values.threads))
  const text = table(measurements, ceilings)
  if (values.json) {
    console.error(text)
    console.log(
      JSON.stringify({ convention: 'FLOPs per token: 4N, with checkpointing 6N', ceilings, measurements })
    )
  } else console.log(text)
}

main().catch((error: unknown) => {
  console.error((error as Error).message)
  process.exitCode = 1
})
