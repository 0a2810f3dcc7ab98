// Pairs of answers: log-probabilities of policy and reference, and for each loss of the case its value and every
// gradient. Both sets: `preference` (ORPO's likelihood over the learnt tokens) and `preference-trl` (over all).
import { join } from 'node:path'
import type { Batch, Session } from '../../../addon/index'
import {
  oddsLoss,
  plainLoss,
  referenceLoss,
  type PairLogs,
  type PairLoss,
  type PlainOptions,
  type ReferenceLogs,
  type ReferenceLoss
} from '../../../main/losses/preference'
import { rowLogs, spreadRows, type RowLogs } from '../../../main/losses/sequence-logs'
import { readSafetensors } from '../../fixtures/safetensors'
import { endToEnd, raggedBatch } from '../batches'
import type { Case } from '../cases'
import { tensorError, type Check } from '../compare'
import { withSession } from '../engine'
import type { KindResult } from '../run-case'
import { gradientCheck, handOptions, lossCheck, tolerance } from './by-hand'

/** What TRL's trainers were told. */
interface Settings {
  readonly loss_type?: string | readonly string[]
  readonly loss_weights?: readonly number[]
  readonly label_smoothing?: number
  readonly cpo_alpha?: number
  readonly simpo_gamma?: number
  readonly given_reference?: boolean
}
interface Asked {
  readonly trainer: 'dpo' | 'cpo' | 'orpo'
  readonly settings: Settings
  readonly loss: number
}
interface Likelihood {
  readonly weight: number
  /** of whole rows, prompts with them */
  readonly ofAll: boolean
}
type OfPair = (pair: PairLogs, reference: ReferenceLogs) => PairLoss

export async function runPreference(item: Case): Promise<KindResult> {
  const inputs = readSafetensors(join(item.dir, 'inputs.safetensors'))
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const [chosen, rejected] = [raggedBatch(inputs, 'chosen.'), raggedBatch(inputs, 'rejected.')]
  const batch = endToEnd([chosen, rejected])
  const file = item.file as unknown as CaseFile
  const first = item.kind === 'preference'
  const checks: Check[] = []
  const run = async (session: Session, note: string): Promise<void> => {
    const reference = pairsOf(batch, await session.logProbabilities(batch, { adapter: false }))
    const policy = pairsOf(batch, await session.logProbabilities(batch, { adapter: true }))
    checks.push(...logChecks(file, policy, reference, note))
    for (const [name, asked] of losses(file)) {
      const { ofPair, likelihood } = meant(asked, file.beta, first)
      const given = asked.settings.given_reference ? givenSums(file) : reference
      const laid: Batch = likelihood?.ofAll
        ? { ...batch, labels: allOf(batch, chosen.lengths.length) }
        : batch
      const logs = await session.forward(laid, { step: 1 })
      const { loss, gradient } = lossOf(batch, laid, logs, given, ofPair, likelihood)
      await session.backward(gradient)
      checks.push(lossCheck(`${name}.loss${note}`, loss, asked.loss))
      checks.push(await gradientCheck(session, expected, `${name}.grad${note}`, `${name}.grad.`))
    }
  }
  const options = handOptions(item, batch.tokens.length)
  await withSession(options, (session) => run(session, ''))
  await withSession({ ...options, gradientCheckpointing: true }, (session) => run(session, ', recomputed'))
  return { checks }
}

interface CaseFile {
  readonly beta: number
  readonly given_reference?: { readonly chosen: readonly number[]; readonly rejected: readonly number[] }
  readonly results: Readonly<Record<string, unknown>>
}

function losses({ results }: CaseFile): readonly (readonly [string, Asked])[] {
  return Object.entries(results).flatMap(([name, value]): [string, Asked][] => {
    const asked = value as Partial<Asked>
    if (typeof asked.loss !== 'number') return []
    if (asked.trainer) return [[name, asked as Asked]]
    const trainer = name === 'orpo' ? 'orpo' : 'dpo'
    return [[name, { trainer, settings: { loss_type: name }, loss: asked.loss }]]
  })
}

function meant(
  { trainer, settings }: Asked,
  beta: number,
  first: boolean
): { ofPair: OfPair; likelihood: Likelihood | null } {
  const labelSmoothing = settings.label_smoothing ?? 0
  if (trainer === 'orpo')
    return { ofPair: (pair) => oddsLoss(pair, beta), likelihood: { weight: 1, ofAll: !first } }
  const kinds = [settings.loss_type ?? 'sigmoid'].flat()
  if (trainer === 'cpo') {
    const kind = kinds[0] as PlainOptions['kind']
    const gamma = settings.simpo_gamma ?? 0
    return {
      ofPair: (pair) => plainLoss(pair, { kind, beta, labelSmoothing, gamma }),
      likelihood: { weight: settings.cpo_alpha ?? 0, ofAll: false }
    }
  }
  const kind = kinds.find((name) => name !== 'sft') as ReferenceLoss
  const sft = kinds.indexOf('sft')
  return {
    ofPair: (pair, reference) => referenceLoss(kind, pair, reference, { beta, labelSmoothing }),
    likelihood: sft < 0 ? null : { weight: settings.loss_weights?.[sft] ?? 1, ofAll: false }
  }
}

interface Sums {
  readonly chosen: readonly RowLogs[]
  readonly rejected: readonly RowLogs[]
}

function pairsOf(batch: Batch, logs: ArrayLike<number>): Sums {
  const rows = rowLogs(batch, logs)
  return { chosen: rows.slice(0, rows.length / 2), rejected: rows.slice(rows.length / 2) }
}

function givenSums({ given_reference: given }: CaseFile): Sums {
  const rows = (sums: readonly number[] = []): RowLogs[] => sums.map((sum) => ({ sum, tokens: 0 }))
  return { chosen: rows(given?.chosen), rejected: rows(given?.rejected) }
}

function lossOf(
  batch: Batch,
  laid: Batch,
  logs: Float32Array,
  reference: Sums,
  ofPair: OfPair,
  likelihood: Likelihood | null
): { loss: number; gradient: Float32Array } {
  const { chosen, rejected } = pairsOf(batch, logs)
  const n = chosen.length
  const pairs = chosen.map((row, i) =>
    ofPair(
      {
        chosen: row.sum,
        rejected: rejected[i]?.sum ?? NaN,
        chosenTokens: row.tokens,
        rejectedTokens: rejected[i]?.tokens ?? NaN
      },
      { chosen: reference.chosen[i]?.sum ?? NaN, rejected: reference.rejected[i]?.sum ?? NaN }
    )
  )
  const mean = pairs.reduce((sum, { loss }) => sum + loss, 0) / n
  const gradient = spreadRows(
    batch,
    [...pairs.map((pair) => pair.chosen), ...pairs.map((pair) => pair.rejected)].map((d) => d / n)
  )
  if (!likelihood) return { loss: mean, gradient }
  const rows = rowLogs(laid, logs).slice(0, n)
  const tokens = rows.reduce((sum, row) => sum + row.tokens, 0)
  const nll = -rows.reduce((sum, row) => sum + row.sum, 0) / tokens
  const own = spreadRows(laid, [...rows.map(() => -likelihood.weight / tokens), ...rows.map(() => 0)])
  return { loss: mean + likelihood.weight * nll, gradient: gradient.map((d, i) => d + (own[i] ?? 0)) }
}

/** Labels of every token, in the first rows; of the others as they are. */
function allOf({ tokens, labels, lengths }: Batch, rows: number): Int32Array {
  const end = lengths.slice(0, rows).reduce((sum, length) => sum + length, 0)
  return labels.map((label, i) => (i < end ? (tokens[i] as number) : label))
}

function logChecks({ results }: CaseFile, policy: Sums, reference: Sums, note: string): Check[] {
  const trl = results['log_probabilities'] as Readonly<Record<string, readonly number[]>> | undefined
  const own = results['sigmoid'] as Readonly<Record<string, readonly number[]>>
  const wanted: readonly (readonly [string, readonly RowLogs[], readonly number[] | undefined])[] = [
    ['policy chosen', policy.chosen, trl?.['policy_chosen'] ?? own['policy_chosen_logps']],
    ['policy rejected', policy.rejected, trl?.['policy_rejected'] ?? own['policy_rejected_logps']],
    [
      'reference chosen',
      reference.chosen,
      trl?.['reference_chosen'] ?? (results['ref_chosen_logps'] as readonly number[])
    ],
    [
      'reference rejected',
      reference.rejected,
      trl?.['reference_rejected'] ?? (results['ref_rejected_logps'] as readonly number[])
    ]
  ]
  return wanted.map(([name, rows, sums]) => ({
    name: `${name}${note}`,
    error: tensorError(
      rows.map(({ sum }) => sum),
      sums ?? []
    ),
    tolerance: tolerance.logs
  }))
}
