// A causal model with a LoRA adapter: logits and loss without it and with it, greedy continuation, every
// gradient, then a run of optimizer steps and what it leaves; the files we write are those PEFT writes.
import { join } from 'node:path'
import type {
  BaseQuantization,
  Batch,
  OpenOptions,
  ScoreBatch,
  Session,
  StepOptions,
  TrainMode
} from '../../../addon/index'
import type { Settings } from '../../../main/contract/settings'
import { scheduleFactor } from '../../../main/trainer/schedule'
import { floats, readSafetensors, type Tensors } from '../../fixtures/safetensors'
import { gradientsOf, named, plainName, raggedBatch, unpadded, type Ragged } from '../batches'
import { modelDirOf, readAdapterConfig, type AdapterConfig, type Case } from '../cases'
import {
  numberError,
  sequenceCheck,
  tensorError,
  tensorSetCheck,
  trainedSetCheck,
  worst,
  type Check
} from '../compare'
import { compute, engine, withSession } from '../engine'
import type { KindResult } from '../run-case'
import { tolerancesFor, type Tolerances } from '../tolerances'
import { checkNf4Path, withNf4Base } from './nf4-base'
import { StateFile, takeGradientOf } from './next-to-nothing'
import { checkPeftFolder } from './peft-folder'

interface StepExpected {
  readonly step: number
  readonly loss: number
  readonly grad_norm: number
  readonly learning_rate: number
}

const promptLength = 12

export async function runCausalLora(item: Case, folder: string): Promise<KindResult> {
  const inputs = readSafetensors(join(item.dir, 'inputs.safetensors'))
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const tolerance = tolerancesFor(folder, item.name)
  const batches = batchesOf(inputs)
  const options = openOptions(item, Math.max(...batches.map((batch) => batch.tokens.length)))
  const run = async (base: Partial<OpenOptions>): Promise<Check[]> => {
    const checks: Check[] = []
    await withSession({ ...options, ...base }, async (session) => {
      checks.push(...(await checkForward(session, item, batches, expected, tolerance)))
      checks.push(...(await checkGradients(session, item, batches, expected, tolerance, '')))
      checks.push(...(await checkSteps(session, item, batches, tolerance)))
      checks.push(...(await checkFinal(session, item, tolerance)))
    })
    await withSession({ ...options, ...base, gradientCheckpointing: true }, async (session) => {
      checks.push(...(await checkGradients(session, item, batches, expected, tolerance, ', recomputed')))
    })
    return checks
  }
  if (item.file.base !== 'nf4') {
    const checks = await run({})
    // the set promises the continuation in F32 alone, and rounded a token may go to another expert
    const isPromised = compute === 'f32' || !learnsExperts(item)
    return { checks: checks.filter(({ name }) => isPromised || name !== 'base.greedy') }
  }
  return withNf4Base(item, async ({ checks, base, note }) => ({
    checks: [
      ...checks,
      ...(await checkNf4Path(item, options, batches[0] as Ragged, tolerance)),
      ...(await run(base))
    ],
    note
  }))
}

const learnsExperts = (item: Case): boolean =>
  Array.isArray(readAdapterConfig(join(item.dir, 'adapter_init')).target_parameters)

/** batch0, batch1, … as many as the case has. */
export function batchesOf(inputs: Tensors): Ragged[] {
  const found: Ragged[] = []
  while (inputs.has(`batch${found.length}.input_ids`))
    found.push(raggedBatch(inputs, `batch${found.length}.`))
  if (!found.length) throw new Error('inputs.safetensors holds no batch0')
  return found
}

/** What is trained, as the case's PEFT folder says it. */
export function trainMode(config: AdapterConfig): TrainMode {
  if (config.peft_type === 'IA3')
    return {
      kind: 'ia3',
      targetModules: config.target_modules,
      feedforwardModules: config.feedforward_modules
    }
  if (config.peft_type === 'VERA')
    return {
      kind: 'vera',
      rank: config.r,
      dInitial: Number(config['d_initial']),
      dropout: Number(config['vera_dropout']),
      targetModules: config.target_modules
    }
  if (config.peft_type === 'P_TUNING')
    return {
      kind: 'p-tuning',
      virtualTokens: Number(config['num_virtual_tokens']),
      encoderWidth: Number(config['encoder_hidden_size'])
    }
  if (config.peft_type === 'PROMPT_TUNING' || config.peft_type === 'PREFIX_TUNING')
    return {
      kind: config.peft_type === 'PROMPT_TUNING' ? 'prompt' : 'prefix',
      virtualTokens: Number(config['num_virtual_tokens'])
    }
  return {
    kind: 'lora',
    dora: config.use_dora,
    rank: config.r,
    alpha: config.lora_alpha,
    rsLora: config.use_rslora,
    dropout: config.lora_dropout,
    targetModules: config.target_modules,
    ...(config.layers_to_transform && { layers: config.layers_to_transform }),
    ...(config.rank_pattern && { rankPattern: config.rank_pattern }),
    ...(config.alpha_pattern && { alphaPattern: config.alpha_pattern }),
    ...(config.target_parameters && { targetParameters: config.target_parameters }),
    ...(config.bias && { bias: config.bias }),
    ...(config.trainable_token_indices && { trainTokens: config.trainable_token_indices }),
    ...(typeof config.init_lora_weights === 'string' && { start: config.init_lora_weights }),
    ...(config.task_type === 'CAUSAL_LM' &&
      config.modules_to_save && { wholeModules: config.modules_to_save })
  }
}

export function openOptions(item: Case, tokens: number): OpenOptions {
  const adapterDir = join(item.dir, 'adapter_init')
  const base = String(item.file.base ?? 'f32')
  if (base !== 'f32' && base !== 'nf4') throw new Error(`base ${base} is unknown`)
  return {
    modelDir: modelDirOf(item),
    baseQuantization: base satisfies BaseQuantization,
    seed: 1,
    threads: 0,
    maxTokensPerMicroBatch: tokens,
    maxContext: 128,
    train: trainMode(readAdapterConfig(adapterDir)),
    adapterDir
  }
}

/** What a model learns from, by its head. */
export type Learnt = Batch | ScoreBatch

export async function meanLoss(session: Session, batch: Learnt, adapter: boolean): Promise<number> {
  const { nllSum, learntTokens } = await session.evaluate(batch, { adapter })
  return nllSum / learntTokens
}

async function checkForward(
  session: Session,
  item: Case,
  [batch]: readonly Ragged[],
  expected: Tensors,
  tolerance: Tolerances,
  which: readonly (readonly ['base' | 'adapter', boolean])[] = [
    ['base', false],
    ['adapter', true]
  ]
): Promise<Check[]> {
  if (!batch) return []
  const results = item.file.results ?? {}
  const checks: Check[] = []
  for (const [name, adapter] of which) {
    const logits = await session.logits(batch, { adapter })
    const error = tensorError(logits, unpadded(expected, `${name}.logits`, batch.lengths))
    checks.push({ name: `${name}.logits`, error, tolerance: tolerance.logits })
    const loss = numberError(await meanLoss(session, batch, adapter), Number(results[`${name}.loss`]))
    checks.push({ name: `${name}.loss`, error: loss, tolerance: tolerance.loss })
  }
  const greedy = results['base.greedy'] as number[]
  checks.push(sequenceCheck('base.greedy', await continueGreedily(session, greedy), greedy))
  return checks
}

/** The first tokens of a row and what the base makes of them, as many as expected. */
async function continueGreedily(session: Session, expected: readonly number[]): Promise<number[]> {
  const prompt = Int32Array.from(expected.slice(0, promptLength))
  await session.generateBegin({
    prompt,
    maxNewTokens: expected.length - promptLength,
    stopTokens: new Int32Array(),
    sampling: { temperature: 0, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1, seed: 0 },
    adapter: false
  })
  const all = Array.from(prompt)
  for (;;) {
    // odd pieces, so that the cache is continued across calls
    const { tokens, finished } = await session.generateNext(3)
    all.push(...tokens)
    if (finished || !tokens.length) return all
  }
}

export async function checkGradients(
  session: Session,
  item: Case,
  [batch]: readonly Learnt[],
  expected: Tensors,
  tolerance: Tolerances,
  mark: string,
  /** parameters whose gradient is nothing but rounding */
  undetermined: ReadonlySet<string> = new Set()
): Promise<Check[]> {
  if (!batch) return []
  const { loss, gradients } = await engine().gradients(session, [batch] as Batch[] | ScoreBatch[])
  const error = numberError(loss, Number(item.file.results?.['adapter.loss'] ?? item.file.results?.['loss']))
  return [
    { name: `loss with gradients${mark}`, error, tolerance: tolerance.loss },
    tensorSetCheck(
      `gradients${mark}`,
      without(named(gradients), undetermined),
      without(gradientsOf(expected), undetermined),
      tolerance.gradients
    )
  ]
}

const without = <T>(tensors: ReadonlyMap<string, T>, names: ReadonlySet<string>): ReadonlyMap<string, T> =>
  new Map([...tensors].filter(([name]) => !names.has(name)))

export async function checkSteps(
  session: Session,
  item: Case,
  batches: readonly Learnt[],
  tolerance: Tolerances,
  /** of the first batch, as the case has it: where only rounding decides, it does (next-to-nothing.ts) */
  gradients?: ReadonlyMap<string, Float32Array>
): Promise<Check[]> {
  const before = gradients && (await StateFile.of(session))
  let moved = false
  const expected = (item.file.results?.['steps'] ?? []) as StepExpected[]
  const hyper = item.file.hyper_parameters ?? {}
  const errors = {
    loss: [] as [string, number][],
    norm: [] as [string, number][],
    rate: [] as [string, number][]
  }
  for (const [index, want] of expected.entries()) {
    const schedule = hyper['schedule'] as Settings['schedule']
    const factor = scheduleFactor(
      schedule,
      want.step - 1,
      Number(item.file.steps),
      Number(hyper['warmup_steps'])
    )
    const learningRate = Number(hyper['learning_rate']) * factor
    const batch = batches[index % batches.length]
    if (!batch) break
    const options: StepOptions = {
      learningRate,
      step: want.step,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      weightDecay: Number(hyper['weight_decay']),
      maxGradNorm: Number(hyper['max_grad_norm'])
    }
    const got = await session.step([batch] as Batch[] | ScoreBatch[], options)
    if (gradients && before && !moved && learningRate > 0)
      await takeGradientOf(session, gradients, want.grad_norm, index + 1, options, before)
    moved ||= learningRate > 0
    const label = `step ${want.step}`
    errors.loss.push([label, got.skipped ? Infinity : numberError(got.loss, want.loss)])
    errors.norm.push([label, numberError(got.gradNorm, want.grad_norm)])
    errors.rate.push([label, numberError(learningRate, want.learning_rate)])
  }
  const check = (name: string, list: [string, number][], limit: number): Check => {
    const { name: where, error } = worst(list)
    return { name, error, tolerance: limit, note: error > limit ? where : undefined }
  }
  return [
    check(`${expected.length} steps: loss`, errors.loss, tolerance.step_losses),
    check('gradient norm', errors.norm, tolerance.grad_norms),
    // Python and JavaScript round cosines alike up to the last digits
    check('learning rate', errors.rate, 1e-12)
  ]
}

/** How far a weight can go in the steps of the case. */
export const farthest = (item: Case): number =>
  Number(item.file.hyper_parameters?.['learning_rate']) * Number(item.file.steps)

export async function checkFinal(session: Session, item: Case, tolerance: Tolerances): Promise<Check[]> {
  const dir = join(item.dir, 'adapter_final')
  const expected = readSafetensors(join(dir, 'adapter_model.safetensors'))
  const values = new Map([...expected].map(([name, tensor]) => [plainName(name), floats(tensor)]))
  const trained = await engine().adapterTensors(session)
  const weights = new Map(Object.entries(trained).map(([name, { data }]) => [plainName(name), data]))
  return [
    trainedSetCheck('final weights', weights, values, tolerance.final_weights, farthest(item)),
    await checkPeftFolder(session, expected, readAdapterConfig(dir), new Map(Object.entries(trained)))
  ]
}
