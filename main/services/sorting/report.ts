// Tables of an evaluation of sorted texts: by label, and which label is taken for which.
import type { Sureness } from '../../contract/window/sorting'
import { wilson } from '../../metrics/intervals'
import { classReport, labelReport, type ClassFigures } from '../../metrics/classification'
import { isRight, type SortingReport } from './sorting'

/** [label that it is][label that was said] -> rows */
export const confusionOf = ({ rows, score }: SortingReport): readonly (readonly number[])[] =>
  classReport(
    rows.map(({ truth }) => truth[0] ?? -1),
    rows.map(({ said }) => said[0] ?? -1),
    score.labels.length
  ).confusion

/** Of each label, how well it is found; of a number nothing. */
export function classesOf({ rows, score }: SortingReport): readonly ClassFigures[] | null {
  const count = score.labels.length
  switch (score.problem) {
    case 'regression':
      return null
    case 'single_label_classification':
      return classReport(
        rows.map(({ truth }) => truth[0] ?? -1),
        rows.map(({ said }) => said[0] ?? -1),
        count
      ).classes
    case 'multi_label_classification': {
      const flags = (numbers: readonly number[]): boolean[] =>
        Array.from({ length: count }, (_, label) => numbers.includes(label))
      return labelReport(
        rows.map(({ truth }) => flags(truth)),
        rows.map(({ said }) => flags(said)),
        count
      ).classes
    }
  }
}

/** with fewer held-out rows of a label, one of them is more than a tenth */
const fewestOfLabel = 10

/** How far the share sorted right may be believed; of a number nothing. */
export function surenessOf(report: SortingReport): Sureness | null {
  const { rows, score } = report
  if (score.problem === 'regression' || rows.length === 0) return null
  const right = rows.filter((row) => isRight(row, score.problem)).length
  // one that no held-out row has is the least known of all
  const held = classesOf(report) ?? []
  return {
    ...wilson(right, rows.length),
    thin: held.filter(({ support }) => support < fewestOfLabel).length,
    labels: held.length,
    fewest: fewestOfLabel
  }
}
