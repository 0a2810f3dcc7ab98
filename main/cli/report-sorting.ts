// An evaluation of sorted texts in lines for people and events: figures, a table by label, and which labels are taken for
// which.
import type { Settings } from '../contract/settings'
import type { LabelsOfRun } from '../services/runs/encode-run'
import { imbalanceOf, type LabelCount } from '../services/tokens/labels/balance'
import { classesOf, confusionOf, surenessOf } from '../services/sorting/report'
import { namesOf } from '../services/sorting/sorted-table'
import type { SortingReport, Verdict } from '../services/sorting/sorting'
import { figureWords } from '../words/figures'
import { sortingWords } from '../words/sorting'
import type { Context } from './context'
import { decimal, percentage, printable } from './format'
import { table } from './table'

/** more labels than this, and only those that are confused are listed */
const widestMatrix = 12
const mostConfusions = 20

/** most labels whose counts are listed */
const mostCounted = 12

/** Which labels are learnt from how many rows, and which of them are too rare. */
export function reportLabels(
  { out, words }: Pick<Context, 'out' | 'words'>,
  { problem, counts }: LabelsOfRun,
  weights: Settings['classWeights']
): void {
  out.line(words.sorting.problems[problem](counts.length))
  const shown = counts.slice(0, mostCounted)
  const lines = shown.map(({ label, train, heldOut }) => [printable(label), String(train), String(heldOut)])
  const head = [words.sorting.label, words.sorting.toLearn, words.sorting.heldOut]
  if (lines.length > 0)
    for (const line of table([head, ...lines], ['left', 'right', 'right'])) out.line(`  ${line}`)
  if (counts.length > shown.length) out.line(`  ${words.sorting.moreLabels(counts.length - shown.length)}`)
  const unequal = imbalanceOf(counts)
  if (!unequal) return
  const rarest = unequal.rare[0] as LabelCount
  out.warning(
    words.sorting.rare(
      unequal.rare.length,
      { label: printable(rarest.label), rows: rarest.train },
      { label: printable(unequal.most.label), rows: unequal.most.train }
    )
  )
  if (weights === 'none' && problem === 'single_label_classification') out.line(words.sorting.weightsOffered)
}

export function reportSorting({ out, words, language }: Context, report: SortingReport): void {
  const { score, figures, rows, refused } = report
  const { labels, problem } = score
  for (const row of rows) {
    const { text, labels: expected, source } = row.example
    out.event('sorted', {
      text,
      expected,
      said: namesOf(row, labels),
      ...probabilityOf(row),
      row: source.row
    })
  }
  const confusion = problem === 'single_label_classification' ? confusionOf(report) : null
  const classes = classesOf(report)
  const sureness = surenessOf(report)
  out.event('scores', {
    figures,
    classes: classes?.map((one, label) => ({ label: labels[label], ...one })) ?? null,
    sureness,
    confusion,
    labels,
    refused: refused.length
  })
  out.line(out.style(words.sorting.title(rows.length), 'bold'))
  const shown = Object.entries(figures).map(([name, value]) => [
    figureWords(name, language, 'classification').plain,
    decimal(value)
  ])
  for (const line of table(shown, ['left', 'right'])) out.line(`  ${line}`)
  const { sure, thin } = sortingWords[language]
  const share = (value: number): string => percentage(100 * value)
  if (sureness) out.line(sure(share(sureness.low), share(sureness.high)))
  if (sureness && sureness.thin > 0)
    out.warning(thin(String(sureness.thin), String(sureness.labels), String(sureness.fewest)))
  if (classes) {
    const head = [
      words.sorting.label,
      words.sorting.precision,
      words.sorting.recall,
      'F1',
      words.sorting.rows
    ]
    const lines = classes.map(({ precision, recall, f1, support }, label) => [
      printable(labels[label] ?? ''),
      ...[precision, recall, f1].map(decimal),
      String(support)
    ])
    out.line()
    for (const line of table([head, ...lines], ['left', 'right', 'right', 'right', 'right']))
      out.line(`  ${line}`)
  }
  if (confusion) reportConfusion({ out, words }, confusion, labels)
  if (refused.length > 0) out.warning(words.sorting.leftOut(refused.length))
}

function reportConfusion(
  { out, words }: Pick<Context, 'out' | 'words'>,
  confusion: readonly (readonly number[])[],
  labels: readonly string[]
): void {
  out.line()
  if (labels.length <= widestMatrix) {
    out.line(out.style(words.sorting.confusion, 'bold'))
    const head = ['', ...labels.map((label) => printable(label))]
    const lines = confusion.map((row, label) => [printable(labels[label] ?? ''), ...row.map(String)])
    for (const line of table([head, ...lines], ['left', ...labels.map(() => 'right' as const)]))
      out.line(`  ${line}`)
    return
  }
  const wrong = confusion.flatMap((row, is) =>
    row.flatMap((count, said) => (is !== said && count > 0 ? [{ is, said, count }] : []))
  )
  const most = wrong.sort((a, b) => b.count - a.count).slice(0, mostConfusions)
  out.line(out.style(words.sorting.confused, 'bold'))
  const lines = most.map(({ is, said, count }) => [
    printable(labels[is] ?? ''),
    '→',
    printable(labels[said] ?? ''),
    String(count)
  ])
  for (const line of table(lines, ['left', 'left', 'left', 'right'])) out.line(`  ${line}`)
}

/** How sure each of what is said is; of a number the number. */
export const probabilityOf = ({
  said,
  probabilities
}: Verdict): { readonly probabilities: readonly number[] } => ({
  probabilities: said.length > 0 ? said.map((label) => probabilities[label] ?? 0) : probabilities.slice(0, 1)
})
