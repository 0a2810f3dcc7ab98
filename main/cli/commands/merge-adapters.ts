// neiro merge-adapters: several LoRA adapters of one base as one new PEFT adapter, each with a weight.
import { resolve } from 'node:path'
import {
  combinations,
  combineAdapters,
  type Combination,
  type Part
} from '../../services/exports/combined-adapter'
import { readModel } from '../../services/models/read-model'
import { UsageError, type Arguments } from '../arguments'
import type { Command } from '../command'
import { withEngine, type Context } from '../context'
import { modelFlag, threadsFlag } from '../flags'
import { bytes } from '../format'
import { modelPlace } from '../model-place'
import { namedParts } from '../target'

export const mergeAdaptersCommand: Command = {
  name: 'merge-adapters',
  usage: 'RUN|ADAPTER RUN|ADAPTER … --out DIR',
  positionals: { min: 2, max: 32 },
  flags: [
    { name: 'out', kind: 'text', value: 'DIR' },
    { name: 'weights', kind: 'text', value: 'W,W…' },
    { name: 'method', kind: 'text', value: 'X', choices: combinations },
    modelFlag,
    { name: 'force', kind: 'switch' },
    threadsFlag
  ],
  examples: [
    'neiro merge-adapters polite-run short-run --out ./both',
    'neiro merge-adapters ./a ./b --weights 0.7,0.3 --method svd --out ./mixed'
  ],
  events: [['combined', 'dir how rank sizeBytes adapters (name weight)']],
  run: runMerge
}

async function runMerge(args: Arguments, context: Context): Promise<number> {
  const { out, words, parts, language } = context
  const outDir = args.text('out')
  if (outDir === undefined)
    throw new UsageError('ARGUMENT_MISSING', {
      command: 'merge-adapters',
      usage: `neiro merge-adapters ${mergeAdaptersCommand.usage}`
    })
  const weights = weightsOf(args.text('weights'), args.positionals.length)
  const how = (args.text('method') ?? 'cat') as Combination
  const saidModel = args.text('model')
  const base = saidModel === undefined ? null : await modelPlace(saidModel, context)
  const named: Part[] = []
  for (const [at, name] of args.positionals.entries())
    named.push({ name, weight: weights[at] as number, parts: await namedParts(name, base, context) })
  const model = await readModel((named[0] as Part).parts.modelDir, parts.modelTexts)
  const made = await withEngine(context, (host) =>
    combineAdapters(host, {
      ...{ model, how, language, parts: named, out: resolve(outDir) },
      ...{ replace: args.has('force'), threads: parts.threads() }
    })
  )
  const adapters = named.map(({ name, weight }) => ({ name, weight }))
  out.event('combined', { ...made, how, adapters })
  out.line(words.mergeAdapters.done(named.length, made.dir, String(made.rank), bytes(made.sizeBytes)))
  const prompts = new Set(named.map((one) => one.parts.systemPrompt))
  if (prompts.size > 1) out.warning(words.mergeAdapters.prompts)
  out.line(words.mergeAdapters.next(made.dir))
  return 0
}

/** One for each; nothing said: each counts whole. */
function weightsOf(said: string | undefined, count: number): readonly number[] {
  if (said === undefined) return new Array<number>(count).fill(1)
  const weights = said.split(',').map((one) => (one.trim() === '' ? NaN : Number(one)))
  if (weights.length === count && weights.every(Number.isFinite)) return weights
  const expected = new Array<string>(count).fill('0.5').join(',')
  throw new UsageError('WRONG_FLAG_VALUE', { name: '--weights', expected, got: said })
}
