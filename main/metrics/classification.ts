// How well texts were sorted into classes, as scikit-learn counts it (a class without a hit or without a guess has 0).
// Classes are numbers 0..n-1. Pure: for the trainer's evaluation, the window, the command line.

export interface ClassFigures {
  /** right among what was said to be of this class */
  readonly precision: number
  /** found among what is of this class */
  readonly recall: number
  readonly f1: number
  /** rows that are of this class */
  readonly support: number
}

export interface ClassReport {
  readonly accuracy: number
  /** mean over the classes that appear, each counting the same */
  readonly macroF1: number
  /** over all decisions together; with one class a row it equals the accuracy */
  readonly microF1: number
  /** mean over the classes, each by its rows */
  readonly weightedF1: number
  readonly classes: readonly ClassFigures[]
  /** [class that it is][class that was said] -> rows */
  readonly confusion: readonly (readonly number[])[]
}

/** One class a row. `truth` and `said` have the same length; classes that never appear are left out of the macro mean,
 *  as scikit-learn does where nobody names them. */
export function classReport(
  truth: ArrayLike<number>,
  said: ArrayLike<number>,
  classCount: number
): ClassReport {
  const confusion = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0))
  for (let row = 0; row < truth.length; row++) {
    const line = confusion[truth[row] ?? -1]
    const column = said[row] ?? -1
    if (line?.[column] !== undefined) line[column]++
  }
  const hits = confusion.reduce((sum, line, at) => sum + (line[at] ?? 0), 0)
  const classes = confusion.map((line, at) =>
    figuresOf(line[at] ?? 0, sum(confusion.map((one) => one[at] ?? 0)), sum(line))
  )
  const guessed = confusion.map((_, at) => sum(confusion.map((one) => one[at] ?? 0)))
  const seen = classes.filter(({ support }, at) => support > 0 || (guessed[at] ?? 0) > 0)
  return {
    accuracy: ratio(hits, truth.length),
    macroF1: ratio(sum(seen.map(({ f1 }) => f1)), seen.length),
    microF1: ratio(hits, truth.length),
    weightedF1: ratio(sum(classes.map(({ f1, support }) => f1 * support)), truth.length),
    classes,
    confusion
  }
}

export interface LabelReport extends Omit<ClassReport, 'confusion'> {
  /** of each class: [right no, wrong yes, wrong no, right yes] */
  readonly decisions: readonly (readonly [number, number, number, number])[]
}

/** Any number of classes a row: `truth[row][class]` and `said[row][class]` are yes or no. Accuracy is the share of rows
 *  whose every decision is right. */
export function labelReport(
  truth: readonly (readonly boolean[])[],
  said: readonly (readonly boolean[])[],
  classCount: number
): LabelReport {
  const decisions = Array.from({ length: classCount }, (_, at) => {
    const rows = (is: boolean, wasSaid: boolean): number =>
      truth.filter((labels, row) => (labels[at] ?? false) === is && (said[row]?.[at] ?? false) === wasSaid)
        .length
    return [rows(false, false), rows(false, true), rows(true, false), rows(true, true)] as const
  })
  const classes = decisions.map(([, wrongYes, wrongNo, yes]) => figuresOf(yes, yes + wrongYes, yes + wrongNo))
  const all = [1, 2, 3].map((at) => sum(decisions.map((one) => one[at] ?? 0)))
  const [wrongYes = 0, wrongNo = 0, yes = 0] = all
  const whole = truth.filter((labels, row) => labels.every((label, at) => label === said[row]?.[at])).length
  return {
    accuracy: ratio(whole, truth.length),
    macroF1: ratio(sum(classes.map(({ f1 }) => f1)), classCount),
    microF1: figuresOf(yes, yes + wrongYes, yes + wrongNo).f1,
    weightedF1: ratio(
      sum(classes.map(({ f1, support }) => f1 * support)),
      sum(classes.map((one) => one.support))
    ),
    classes,
    decisions
  }
}

function figuresOf(hits: number, guesses: number, support: number): ClassFigures {
  const [precision, recall] = [ratio(hits, guesses), ratio(hits, support)]
  return { precision, recall, f1: ratio(2 * precision * recall, precision + recall), support }
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)
