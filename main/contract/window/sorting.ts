// Texts that are sorted, as the window sees them: labels of the data, how well held-out rows are sorted, texts tried, and
// files sorted whole.
import type { Interval } from '../evaluation'
import type { Figures } from '../figures'
import type { ScoredLabels } from '../scores'

/** Labels of the data of a project. */
export interface LabelsView {
  readonly problem: ScoredLabels['problem']
  /** the most frequent first; of numbers none */
  readonly counts: readonly { readonly label: string; readonly rows: number }[]
  /** far rarer than the most frequent one, the rarest first */
  readonly rare: readonly string[]
  readonly examples: number
}

/** Of one label: how many of those called so are so, how many that are so are called so. */
export interface LabelFigures {
  readonly label: string
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly rows: number
}

/** 95 % interval of the share sorted right, and of how many labels too few rows were held out to be sure of them. */
export interface Sureness extends Interval {
  readonly thin: number
  /** of which any row was held out */
  readonly labels: number
  /** rows of a label that are enough */
  readonly fewest: number
}

/** How well the held-out rows of a run are sorted. */
export interface SortingView {
  readonly run: string
  readonly problem: ScoredLabels['problem']
  readonly labels: readonly string[]
  readonly rows: number
  /** rows that cannot be sorted, or whose label was not learnt */
  readonly leftOut: number
  readonly figures: Figures
  readonly sureness: Sureness | null
  readonly classes: readonly LabelFigures[] | null
  /** [label that it is][label that was said] -> rows; of one label a text only */
  readonly confusion: readonly (readonly number[])[] | null
}

export interface SaidLabel {
  readonly label: string
  /** of a number the number */
  readonly probability: number
  readonly said: boolean
}

export interface SortedRow {
  readonly row: number
  readonly text: string
  /** as the row says it */
  readonly expected: readonly string[]
  /** what is said, else the likeliest */
  readonly said: readonly SaidLabel[]
}

export interface SortingCalls {
  /** null: nothing in the data is sorted */
  'sorting.labels': { args: { project: string }; result: LabelsView | null }
  /** threshold: from which probability a label of several is said */
  'sorting.report': { args: { run: string; threshold: number }; result: SortingView }
  /** rows behind a cell: labels by their number; null: any; wrong: only those that are not right */
  'sorting.rows': {
    args: {
      run: string
      threshold: number
      is: number | null
      said: number | null
      wrong: boolean
      offset: number
      limit: number
    }
    result: { total: number; rows: readonly SortedRow[] }
  }
  'sorting.try': { args: { run: string; text: string; threshold: number }; result: readonly SaidLabel[] }
  /** a table that may be sorted: its columns, and the one that seems to hold the texts */
  'sorting.look': {
    args: { fileId: string }
    result: {
      columns: readonly { readonly name: string; readonly sample: string }[]
      column: string
      rows: number
    }
  }
  /** every row of a file as it is, with its label, as a CSV (UTF-8 with BOM, so that Excel reads it); unread: rows that
   *  say why they have none. Progress comes as sorting.progress; stopped, it rejects with CANCELLED */
  'sorting.file': {
    args: { run: string; fileId: string; column: string; threshold: number }
    result: { name: string; text: string; rows: number; unread: number }
  }
  'sorting.stop': { args: { run: string }; result: null }
}
