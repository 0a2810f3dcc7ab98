// What a model learns to say of texts: which of several labels is right, which of them are, or a number. Made of the
// examples that it learns from; the others are told in its terms.
import type { ScoreProblem } from '../../../../addon/index'
import { NeiroError } from '../../../contract/errors'
import type { Example } from '../../../contract/records'
import type { ScoredLabels } from '../../../contract/scores'
import type { Settings } from '../../../contract/settings'
import { byLabel } from './order'

type Labelled = Extract<Example, { kind: 'labelled' }>

export type LabelScheme = ScoredLabels

const numberWord = 'value'
/** whole numbers up to so many different ones are classes */
const mostClassesOfNumbers = 20

/** The labels of many examples: of each its place among the sets of labels that stand together; 0: it has none. */
export interface NumberedLabels {
  readonly numbers: Uint32Array
  readonly sets: readonly (readonly string[])[]
}

/** Labels counted while examples go by: there may be a million. */
export class LabelCounts {
  /** examples of each label */
  readonly counts = new Map<string, number>()
  #examples = 0
  #oneEach = true

  add(examples: readonly Example[]): void {
    for (const example of examples) {
      if (example.kind !== 'labelled') continue
      this.#addSet(example.labels)
    }
  }

  /** Of examples by the numbers of their labels. */
  static of(positions: Iterable<number>, { numbers, sets }: NumberedLabels): LabelCounts {
    const all = new LabelCounts()
    for (const position of positions) {
      const number = numbers[position] as number
      if (number > 0) all.#addSet(sets[number] as readonly string[])
    }
    return all
  }

  #addSet(labels: readonly string[]): void {
    this.#examples++
    if (labels.length !== 1) this.#oneEach = false
    for (const label of labels) this.counts.set(label, (this.counts.get(label) ?? 0) + 1)
  }

  /** Throws NO_LABELS, TOO_FEW_CLASSES {labels}, NOT_NUMBERS {label}. */
  scheme(wanted: Settings['problem']): LabelScheme {
    if (this.#examples === 0) throw new NeiroError('NO_LABELS')
    const labels = [...this.counts.keys()].sort(byLabel)
    const problem = wanted === 'automatic' ? this.guessed : problems[wanted]
    if (problem === 'regression') {
      const other = labels.find((label) => !isNumber(label))
      if (other !== undefined) throw new NeiroError('NOT_NUMBERS', { label: other })
      return { problem, labels: [numberWord] }
    }
    const least = problem === 'single_label_classification' ? 2 : 1
    if (labels.length < least) throw new NeiroError('TOO_FEW_CLASSES', { labels: labels.join(', ') || '-' })
    return { problem, labels }
  }

  get examples(): number {
    return this.#examples
  }

  /** What the labels themselves look like. */
  get guessed(): ScoreProblem {
    const labels = [...this.counts.keys()]
    if (!this.#oneEach) return 'multi_label_classification'
    const fractions = labels.some((label) => !Number.isInteger(Number(label)))
    const numbers = labels.every(isNumber) && (fractions || labels.length > mostClassesOfNumbers)
    return numbers ? 'regression' : 'single_label_classification'
  }
}

const problems = {
  single: 'single_label_classification',
  several: 'multi_label_classification',
  number: 'regression'
} as const

const isNumber = (label: string): boolean => label.trim() !== '' && Number.isFinite(Number(label))

/** What is right for an example, as the engine is told it; an error where the scheme has no words for it. */
export function targetsOf(example: Labelled, { problem, labels }: LabelScheme): Float32Array | NeiroError {
  const [first = ''] = example.labels
  if (problem !== 'multi_label_classification' && example.labels.length !== 1)
    return new NeiroError('SEVERAL_LABELS', { labels: example.labels.join(', ') })
  if (problem === 'regression')
    return isNumber(first) ? Float32Array.of(Number(first)) : new NeiroError('NOT_NUMBERS', { label: first })
  const numbers = example.labels.map((label) => labels.indexOf(label))
  const unknown = numbers.indexOf(-1)
  if (unknown >= 0) return new NeiroError('UNKNOWN_LABEL', { label: example.labels[unknown] ?? '' })
  if (problem === 'single_label_classification') return Float32Array.from(numbers)
  const targets = new Float32Array(labels.length)
  for (const number of numbers) targets[number] = 1
  return targets
}

/** What each class counts so that rare ones weigh as much as frequent ones, by examples / (classes * examples of the
 *  class): 1 in the mean over the examples. Null where examples have not one class each. */
export function balancedWeights(
  counts: ReadonlyMap<string, number>,
  { problem, labels }: LabelScheme
): readonly number[] | null {
  if (problem !== 'single_label_classification') return null
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return labels.map((label) => all / (labels.length * (counts.get(label) ?? all)))
}
