// GRPO and RLOO: advantages from the rewards, then for each setting the loss, its gradient by each token's
// log-probability, and what arrives at the adapter. The policy is the adapter, the reference the adapter turned off.
import { join } from 'node:path'
import type { Batch } from '../../../addon/index'
import { groupAdvantages, leaveOneOut, type RewardScale } from '../../../main/losses/advantages'
import {
  policyLoss,
  sequenceLoss,
  type AnswerLoss,
  type PolicyLoss,
  type Told
} from '../../../main/losses/policy'
import { floats, integers, readSafetensors, tensorOf, type Tensors } from '../../fixtures/safetensors'
import type { Case } from '../cases'
import { tensorError, type Check } from '../compare'
import { compute, withSession } from '../engine'
import type { KindResult } from '../run-case'
import { general } from '../tolerances'
import { gradientCheck, handOptions, tolerance } from './by-hand'

interface Settings {
  readonly epsilon_low: number
  readonly epsilon_high: number
  readonly importance_sampling_level?: 'token' | 'sequence'
  readonly loss_type?: PolicyLoss
  readonly beta: number
  readonly scale_rewards?: RewardScale
  readonly use_bias_correction_kl?: boolean
  readonly on_policy?: boolean
  readonly reward_clip_range?: readonly [number, number] | null
  readonly normalize_advantages?: boolean
}
interface CaseFile {
  readonly num_generations: number
  readonly max_completion_length: number
  readonly results: Readonly<Record<string, { readonly settings: Settings; readonly loss: number }>>
}

/** with a divergence in the reward they are made of the log-probabilities */
const advantageTolerance = compute === 'bf16' ? general : 1e-5
/** absolute: the terms of these losses cancel */
const lossTolerance = compute === 'bf16' ? general : 1e-5

export async function runPolicy(item: Case): Promise<KindResult> {
  const inputs = readSafetensors(join(item.dir, 'inputs.safetensors'))
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const file = item.file as unknown as CaseFile
  const laid = layAnswers(inputs)
  const rewards = Array.from(floats(tensorOf(inputs, 'rewards')))
  const oldSums = item.kind === 'rloo' ? floats(tensorOf(inputs, 'old_sequence_logps')) : []
  const checks: Check[] = []
  await withSession(handOptions(item, laid.batch.tokens.length), async (session) => {
    const reference = laid.rows(await session.logProbabilities(laid.batch, { adapter: false }))
    checks.push(logCheck('ref_logps', reference, laid.padded(expected, 'ref_logps')))
    for (const [name, { settings, loss: wanted }] of Object.entries(file.results)) {
      const given = await session.forward(laid.batch, { step: 1 })
      const logs = laid.rows(given)
      checks.push(logCheck(`${name}.logps`, logs, laid.padded(expected, 'logps')))
      const old = settings.on_policy ? logs : laid.padded(inputs, 'old_logps')
      const advantages = advantagesOf(item.kind, settings, rewards, file.num_generations, logs, reference)
      checks.push({
        name: `${name}.advantages`,
        error: tensorError(advantages, floats(tensorOf(expected, `${name}.advantages`))),
        tolerance: advantageTolerance
      })
      const size = { answers: logs.length, tokens: logs.reduce((sum, row) => sum + row.length, 0) }
      const answers = logs.map((row, i): AnswerLoss => {
        const told: Told = {
          logs: row,
          old: old[i] ?? [],
          reference: settings.beta > 0 ? reference[i] : undefined,
          advantage: advantages[i] ?? NaN
        }
        const clip = { clipLow: settings.epsilon_low, clipHigh: settings.epsilon_high }
        if (item.kind === 'rloo') return sequenceLoss({ ...told, old: oldSums[i] ?? NaN }, size.answers, clip)
        return policyLoss(told, size, {
          ...clip,
          loss: settings.loss_type ?? 'grpo',
          beta: settings.beta,
          correctedDivergence: settings.use_bias_correction_kl ?? true,
          ratioOf: settings.importance_sampling_level ?? 'token',
          mostTokens: file.max_completion_length
        })
      })
      const loss = answers.reduce((sum, answer) => sum + answer.loss, 0)
      checks.push({ name: `${name}.loss`, error: Math.abs(loss - wanted), tolerance: lossTolerance })
      const gradients = answers.map(({ gradient }) => gradient)
      checks.push({
        name: `${name}.grad.logps`,
        error: tensorError(flat(gradients), flat(laid.padded(expected, `${name}.grad.logps`))),
        tolerance: tolerance.gradients
      })
      await session.backward(laid.back(gradients))
      checks.push(await gradientCheck(session, expected, `${name}.grad`, `${name}.grad.`))
    }
  })
  return { checks }
}

function advantagesOf(
  kind: string,
  settings: Settings,
  rewards: readonly number[],
  group: number,
  logs: readonly ArrayLike<number>[],
  reference: readonly ArrayLike<number>[]
): readonly number[] {
  if (kind === 'grpo') return groupAdvantages(rewards, group, settings.scale_rewards ?? 'group')
  const [least, most] = settings.reward_clip_range ?? [-Infinity, Infinity]
  const kept = rewards.map((reward, i) => {
    const apart = sumOf(logs[i] ?? []) - sumOf(reference[i] ?? [])
    return Math.min(Math.max(reward, least), most) - settings.beta * apart
  })
  return leaveOneOut(kept, group, settings.normalize_advantages ?? false)
}

interface Laid {
  readonly batch: Batch
  /** the numbers of each answer's tokens, of one number per token of the batch */
  rows(values: Float32Array): Float32Array[]
  /** the same of a padded tensor */
  padded(tensors: Tensors, name: string): Float32Array[]
  back(byAnswer: readonly Float64Array[]): Float32Array
}

/** Prompts are padded on the left, answers on the right; one row of both has neither. */
function layAnswers(inputs: Tensors): Laid {
  const [tokens, labels, lengths]: [number[], number[], number[]] = [[], [], []]
  const places: { at: number; length: number }[] = []
  const part = (name: string): { ids: Int32Array; mask: Int32Array; columns: number } => ({
    ids: integers(tensorOf(inputs, `${name}_ids`)),
    mask: integers(tensorOf(inputs, `${name}_mask`)),
    columns: tensorOf(inputs, `${name}_ids`).shape[1] ?? 0
  })
  const [prompt, completion] = [part('prompt'), part('completion')]
  const real = ({ ids, mask, columns }: typeof prompt, row: number): number[] =>
    Array.from(ids.subarray(row * columns, (row + 1) * columns)).filter(
      (_, i) => mask[row * columns + i] === 1
    )
  const rows = tensorOf(inputs, 'prompt_ids').shape[0] ?? 0
  for (let row = 0; row < rows; row++) {
    const [asked, said] = [real(prompt, row), real(completion, row)]
    places.push({ at: tokens.length + asked.length, length: said.length })
    tokens.push(...asked, ...said)
    labels.push(...asked.map(() => -100), ...said)
    lengths.push(asked.length + said.length)
  }
  return {
    batch: {
      tokens: Int32Array.from(tokens),
      labels: Int32Array.from(labels),
      lengths: Int32Array.from(lengths)
    },
    rows: (values) => places.map(({ at, length }) => values.slice(at, at + length)),
    padded: (tensors, name) =>
      places.map(({ length }, row) => {
        const first = row * completion.columns
        return floats(tensorOf(tensors, name)).slice(first, first + length)
      }),
    back(byAnswer) {
      const gradient = new Float32Array(tokens.length)
      places.forEach(({ at }, row) => gradient.set(byAnswer[row] ?? [], at))
      return gradient
    }
  }
}

const flat = (rows: readonly ArrayLike<number>[]): number[] => rows.flatMap((row) => Array.from(row))
const sumOf = (row: ArrayLike<number>): number => Array.from(row).reduce((sum, value) => sum + value, 0)
const logCheck = (
  name: string,
  rows: readonly ArrayLike<number>[],
  wanted: readonly ArrayLike<number>[]
): Check => ({
  name,
  error: tensorError(flat(rows), flat(wanted)),
  tolerance: tolerance.logs
})
