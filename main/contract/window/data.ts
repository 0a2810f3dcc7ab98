// The data room: what was recognised, how it reads, what the model will see. The data set is a folder of the
// project: copies of the source files untouched, and an append-only log of choices and edits.
import type { SyntheticKind } from '../synthetic'
import type { KeepChoice } from '../check-up'
import type { NeiroErrorData } from '../errors'
import type { FindingKind } from '../findings'
import type {
  DataOverrides,
  Example,
  KindCounts,
  OverridesChange,
  RecognisedFile,
  RecognisedSheet,
  RefusedRow
} from '../records'

export interface DataFileView extends RecognisedFile {
  readonly id: string
  /** of an Excel file, every one in it */
  readonly sheets: readonly RecognisedSheet[]
  /** what the user has said otherwise */
  readonly overrides: DataOverrides
  /** columns or keys with a first value, for the mapper */
  readonly columns: readonly { readonly name: string; readonly sample: string }[]
  readonly refused: number
  /** set when the whole file could not be used */
  readonly error: NeiroErrorData | null
  readonly language: 'ja' | 'en' | 'mixed' | 'other'
}

/** Differences of writing offered as normalisations, never applied silently. */
export type Normalisation = 'half-width-kana' | 'full-width-ascii' | 'nfkc' | 'trailing-space'

export interface DataView {
  readonly files: readonly DataFileView[]
  readonly examples: number
  /** different ones among them: what is asked again, in whatever file, counts once */
  readonly questions: number
  /** of them: a goal may learn from some kinds alone */
  readonly kinds: KindCounts
  /** of those that the goal learns from */
  readonly train: number
  readonly heldOut: number
  /** examples that were made from others */
  readonly synthetic: number
  readonly refused: number
  readonly normalisations: readonly {
    readonly kind: Normalisation
    readonly places: number
    readonly applied: boolean
    readonly example: { readonly before: string; readonly after: string } | null
  }[]
  /** of source and log: the same fingerprint means the same set */
  readonly fingerprint: string
  /** changes so far, those that were taken back among them: of two views of a project the newer one has more */
  readonly changes: number
  /** copies of files that were removed: kept so that it can be taken back, until they are emptied */
  readonly removedCopies: { readonly files: number; readonly bytes: number }
  /** what can be undone last; null = nothing */
  readonly lastChange: DataChange | null
  /** what was undone last and can be done again, under the number of the entry that undid it; null = nothing */
  readonly takenBack: DataChange | null
}

/** One entry of the log. */
export interface DataChange {
  readonly entry: number
  readonly kind:
    | 'add'
    | 'remove'
    | 'overrides'
    /** a file was read as the goal of its project means it */
    | 'as-meant'
    | 'normalisation'
    | 'edit'
    | 'put-right'
    | 'leave-out'
    | 'rows'
    | 'repair'
    | 'check'
  /** every file that it is about, as the user knows them */
  readonly files: readonly string[]
}

export interface ExampleRow {
  readonly index: number
  readonly file: string
  readonly sheet: string | null
  readonly row: number
  /** a plain text has no question; its answer is the text */
  readonly kind: Example['kind']
  readonly question: string
  readonly answer: string
  /** the answer that it was preferred to */
  readonly other?: string
  readonly verdict?: Verdict
  readonly edited: boolean
  readonly heldOut: boolean
  /** by what it was made from another; absent: somebody wrote it */
  readonly synthetic?: SyntheticKind
}

/** What was said of an answer: it is preferred to another, or the other; it is liked by itself, or not. */
export type Verdict = 'chosen' | 'rejected' | 'liked' | 'disliked'

/** A refused row as it is listed. */
export interface RefusedView extends RefusedRow {
  readonly sentence: string
  /** the file that it belongs to, and what it becomes once it is put right; null: it is no row of its own */
  readonly mendable: { readonly file: string; readonly kind: Example['kind'] } | null
}

/** A row as it stands in the file, before anybody says what it means. */
export interface SourceRow {
  readonly sheet: string | null
  /** as counted in the file */
  readonly row: number
  /** in the order of the columns */
  readonly cells: readonly string[]
  /** why the row could not be taken apart; its text is the first cell. null: it could */
  readonly problem: string | null
}

/** One example exactly as the model will see it: the template applied, the learnt part marked. */
export interface ExamplePreview {
  /** a goal may not learn from it */
  readonly kind: Example['kind']
  readonly index: number
  readonly count: number
  readonly turns: readonly {
    readonly role: 'system' | 'user' | 'assistant'
    readonly text: string
    readonly learnt: boolean
    /** of an answer that was judged */
    readonly verdict?: Verdict
  }[]
  /** the rendered text in pieces */
  readonly pieces: readonly { readonly text: string; readonly learnt: boolean }[]
  readonly tokens: number
  readonly cut: number
}

export interface TokenHistogram {
  readonly bins: readonly { readonly from: number; readonly to: number; readonly examples: number }[]
  readonly longest: number
  readonly median: number
  readonly total: number
  readonly maxSeqLength: number
  readonly cutExamples: number
}

/** Of all rows, those that hold the words and that a finding is about. */
export interface RowsAmong {
  readonly search: string
  /** absent: whatever was found in them */
  readonly finding?: { readonly kind: FindingKind; readonly keep: KeepChoice }
}

/** In the order of the files, of the questions as words, or of the lengths of answers in characters. */
export const rowOrders = ['file', 'question', 'shortest', 'longest'] as const
export type RowOrder = (typeof rowOrders)[number]

/** What is done with many rows in one step. */
export type RowsChange =
  | { readonly how: 'leave-out' }
  /** in questions and answers; a text that would become empty stays */
  | { readonly how: 'replace'; readonly from: string; readonly to: string }

export interface DataCalls {
  /** reads the files into the project; progress arrives as data.progress; cancel with data.cancel */
  'data.add': { args: { project: string; fileIds: readonly string[] }; result: DataView }
  'data.cancel': { args: { project: string }; result: null }
  'data.get': { args: { project: string }; result: DataView }
  'data.removeFile': { args: { project: string; file: string }; result: DataView }
  'data.setOverrides': {
    args: { project: string; file: string; overrides: OverridesChange }
    result: DataView
  }
  'data.setNormalisation': {
    args: { project: string; kind: Normalisation; applied: boolean }
    result: DataView
  }
  'data.editExample': {
    args: {
      project: string
      index: number
      question?: string
      answer?: string
      /** of two answers the one that is not preferred */
      other?: string
      removed?: boolean
    }
    result: DataView
  }
  /** takes back the entry of that number; refused when it is no longer the last */
  'data.undo': { args: { project: string; entry: number }; result: DataView }
  'data.redo': { args: { project: string; entry: number }; result: DataView }
  'data.rows': {
    args: { project: string; offset: number; limit: number; order?: RowOrder } & RowsAmong
    result: { total: number; rows: readonly ExampleRow[] }
  }
  /** one step of undo; `indices` of them, or all of them but some */
  'data.changeRows': {
    args: {
      project: string
      indices?: readonly number[]
      except?: readonly number[]
      change: RowsChange
    } & RowsAmong
    result: DataView
  }
  /** rows of one file as they stand in it, with all columns */
  'data.source': {
    args: { project: string; file: string; offset: number; limit: number }
    result: { total: number; columns: readonly string[]; rows: readonly SourceRow[] }
  }
  'data.refused': {
    args: { project: string; offset: number; limit: number }
    result: { total: number; rows: readonly RefusedView[] }
  }
  /** makes an example of a refused row; of a plain text, the answer is the text */
  'data.putRight': {
    args: {
      project: string
      file: string
      sheet: string | null
      row: number
      question: string
      answer: string
    }
    result: DataView
  }
  /** throws away the copies of files that were removed; what needed them cannot be taken back any more */
  'data.emptyCopies': { args: { project: string }; result: DataView }
  /** the refused rows as a CSV (UTF-8 with BOM, so that Excel reads it) */
  'data.refusedFile': { args: { project: string }; result: { name: string; text: string } }
  'data.preview': { args: { project: string; file: string | null; index: number }; result: ExamplePreview }
  'data.histogram': { args: { project: string; maxSeqLength: number }; result: TokenHistogram }
}
