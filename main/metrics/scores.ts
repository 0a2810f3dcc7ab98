// From the scores of texts to probabilities, decisions, losses and figures. Scores are [rows, labels] end to end, as the
// engine gives them. Pure.
import type { Figures } from '../contract/figures'
import type { ScoredLabels } from '../contract/scores'
import { classReport, labelReport } from './classification'

/** Where a label of several is said. */
export const usualThreshold = 0.5

/** Softmax over the labels, or each label's own probability; a number stays itself. */
export function probabilitiesOf(scores: ArrayLike<number>, { problem }: ScoredLabels): number[] {
  const row = Array.from(scores)
  switch (problem) {
    case 'regression':
      return row
    case 'multi_label_classification':
      return row.map(sigmoid)
    case 'single_label_classification': {
      const top = Math.max(...row)
      const powers = row.map((score) => Math.exp(score - top))
      const sum = powers.reduce((all, power) => all + power, 0)
      return powers.map((power) => power / sum)
    }
  }
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z))

/** Numbers of the labels that are said: the likeliest, or of several all from the threshold on. */
export function saidOf(
  probabilities: readonly number[],
  { problem }: ScoredLabels,
  threshold = usualThreshold
): readonly number[] {
  if (problem === 'regression') return [0]
  if (problem === 'multi_label_classification')
    return probabilities.flatMap((probability, label) => (probability >= threshold ? [label] : []))
  return [probabilities.indexOf(Math.max(...probabilities))]
}

/** Mean loss as the training has it, and what of the figures fits the problem. `targets` as the engine is told them. */
export function scoreFigures(scores: Float32Array, targets: Float32Array, score: ScoredLabels): Figures {
  const width = score.labels.length
  const rows = scores.length / width
  const rowOf = (row: number): Float32Array => scores.subarray(width * row, width * (row + 1))
  const all = Array.from({ length: rows }, (_, row) => row)
  switch (score.problem) {
    case 'regression': {
      const errors = all.map((row) => (scores[row] ?? NaN) - (targets[row] ?? NaN))
      const mean = (values: readonly number[]): number => sum(values) / rows
      return { loss: mean(errors.map((e) => e * e)), meanError: mean(errors.map(Math.abs)) }
    }
    case 'multi_label_classification': {
      const losses = Array.from(scores, (z, at) => binaryLoss(z, targets[at] ?? NaN))
      const truth = all.map((row) =>
        Array.from({ length: width }, (_, at) => targets[width * row + at] === 1)
      )
      const said = all.map((row) => {
        const yes = new Set(saidOf(probabilitiesOf(rowOf(row), score), score))
        return Array.from({ length: width }, (_, at) => yes.has(at))
      })
      const { accuracy, macroF1, microF1, weightedF1 } = labelReport(truth, said, width)
      return { loss: sum(losses) / losses.length, accuracy, macroF1, microF1, weightedF1 }
    }
    case 'single_label_classification': {
      const probabilities = all.map((row) => probabilitiesOf(rowOf(row), score))
      const losses = probabilities.map(
        (row, at) => -Math.log(Math.max(row[targets[at] ?? -1] ?? NaN, 1e-300))
      )
      const said = probabilities.map((row) => saidOf(row, score)[0] ?? -1)
      const { accuracy, macroF1, microF1, weightedF1 } = classReport(targets, said, width)
      return { loss: sum(losses) / rows, accuracy, macroF1, microF1, weightedF1 }
    }
  }
}

/** log(1 + e^z) - t z, where no exponential can overflow. */
const binaryLoss = (z: number, t: number): number =>
  Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - t * z

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)
