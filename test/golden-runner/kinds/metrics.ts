// Scores of texts and of sorting as sacreBLEU, rouge-score and scikit-learn give them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bleuCounts, bleuOf, sentenceBleu } from '../../../main/metrics/bleu'
import type { BleuTokens } from '../../../main/metrics/bleu-tokens'
import { chrf } from '../../../main/metrics/chrf'
import { classReport } from '../../../main/metrics/classification'
import { latinWords, rouge, type RougeKind } from '../../../main/metrics/rouge'
import { addUp } from '../../../main/metrics/text-score'
import type { Case } from '../cases'
import { worst, type Check } from '../compare'
import type { KindResult } from '../run-case'

interface Texts {
  readonly score: number
  readonly precisions?: readonly number[]
  readonly bp?: number
  readonly sentence: readonly number[]
}

interface Pair {
  readonly hypothesis: string
  readonly reference: string
}

interface MetricsFile {
  readonly pairs: readonly Pair[]
  readonly rouge: readonly Readonly<Record<RougeKind, { p: number; r: number; f: number }>>[]
  readonly classification: {
    readonly y_true: readonly number[]
    readonly y_pred: readonly number[]
    readonly accuracy: number
    readonly f1_macro: number
    readonly f1_micro: number
    readonly f1_weighted: number
    readonly confusion: readonly (readonly number[])[]
    readonly per_class: readonly (readonly number[])[]
  }
}

const tolerance = 1e-9

export function runMetrics(item: Case): Promise<KindResult> {
  const file = JSON.parse(readFileSync(join(item.dir, 'metrics.json'), 'utf8')) as MetricsFile
  const checks: Check[] = []
  const partsNotYet: string[] = []
  for (const [key, expected] of Object.entries(file) as [string, Texts][]) {
    if (['pairs', 'rouge', 'classification'].includes(key)) continue
    const ours = textsOf(key, file.pairs)
    if (ours) checks.push(apart(key, flat(ours), flat(expected)))
    else partsNotYet.push(key)
  }
  for (const kind of ['rouge1', 'rouge2', 'rougeL'] as const) {
    const ours = file.pairs.map(({ hypothesis, reference }) =>
      rouge(latinWords(hypothesis), latinWords(reference), kind)
    )
    checks.push(
      apart(
        kind,
        ours.flatMap(({ precision, recall, f }) => [precision, recall, f]),
        file.rouge.flatMap((one) => [one[kind].p, one[kind].r, one[kind].f])
      )
    )
  }
  return Promise.resolve({ checks: [...checks, sorting(file.classification)], partsNotYet })
}

function textsOf(key: string, pairs: readonly Pair[]): Texts | null {
  if (key.startsWith('bleu_')) {
    const tokens = key.slice('bleu_'.length) as BleuTokens
    const { score, precisions, brevityPenalty } = bleuOf(
      addUp(pairs.map(({ hypothesis, reference }) => bleuCounts(hypothesis, reference, tokens)))
    )
    const sentence = pairs.map(({ hypothesis, reference }) => sentenceBleu(hypothesis, reference, tokens))
    return { score, precisions, bp: brevityPenalty, sentence }
  }
  if (key !== 'chrf' && key !== 'chrf++') return null
  const { counts, value } = chrf(key === 'chrf' ? 0 : 2)
  const all = pairs.map(({ hypothesis, reference }) => counts(hypothesis, reference))
  return { score: value(addUp(all)), sentence: all.map(value) }
}

function sorting(expected: MetricsFile['classification']): Check {
  const { y_true: truth, y_pred: said, confusion, per_class: perClass } = expected
  const ours = classReport(truth, said, confusion.length)
  const column = (of: 'precision' | 'recall' | 'f1' | 'support'): number[] =>
    ours.classes.map((one) => one[of])
  return apart(
    'classification',
    [
      ...[ours.accuracy, ours.macroF1, ours.microF1, ours.weightedF1],
      ...ours.confusion.flat(),
      ...[...column('precision'), ...column('recall'), ...column('f1'), ...column('support')]
    ],
    [
      ...[expected.accuracy, expected.f1_macro, expected.f1_micro, expected.f1_weighted],
      ...confusion.flat(),
      ...perClass.flat()
    ]
  )
}

const flat = ({ score, precisions = [], bp, sentence }: Texts): readonly number[] => [
  score,
  ...precisions,
  ...(bp === undefined ? [] : [bp]),
  ...sentence
]

function apart(name: string, ours: readonly number[], expected: readonly number[]): Check {
  if (ours.length !== expected.length) return { name, error: Infinity, tolerance }
  const { name: where, error } = worst(
    expected.map((value, at) => [String(at), Math.abs((ours[at] ?? NaN) - value)] as const)
  )
  return { name, error, tolerance, ...(error > tolerance && { note: `figure ${where}` }) }
}
