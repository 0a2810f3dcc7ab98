// Records that services, the trainer process, the window and the command line exchange. Imports nothing but
// its neighbours.
import type { NeiroErrorData } from './errors'
import type { Figures } from './figures'
import type { Synthetic } from './synthetic'

/** One turn of a conversation, in OpenAI's words. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
  /** of an answer that is context and not learnt */
  readonly weight?: 0
  /** what was thought before the answer was said, where a source keeps it apart */
  readonly reasoning_content?: string
}

/** One example as read: a conversation whose assistant turns are learnt, or a plain text learnt whole; what leads to an
 *  answer, with one that is preferred to another; a conversation whose last answer is liked or not; or a text with what
 *  it is: its label, several labels or none of several, or a number in its digits. */
export type Example = ExampleContent & {
  /** absent: somebody wrote it */
  readonly synthetic?: Synthetic | undefined
}

type ExampleContent =
  | { readonly kind: 'conversation'; readonly messages: readonly Message[]; readonly source: RowSource }
  | {
      readonly kind: 'text'
      readonly text: string
      /** of a longer document: its next part stands in the next row */
      readonly goesOn?: true
      readonly source: RowSource
    }
  | {
      readonly kind: 'preference'
      readonly messages: readonly Message[]
      readonly chosen: string
      readonly rejected: string
      readonly source: RowSource
    }
  | {
      readonly kind: 'rated'
      readonly messages: readonly Message[]
      readonly liked: boolean
      readonly source: RowSource
    }
  | {
      readonly kind: 'labelled'
      readonly text: string
      readonly labels: readonly string[]
      readonly source: RowSource
    }

/** How many examples of each kind. */
export type KindCounts = Readonly<Record<Example['kind'], number>>

/** Where a row came from: file name, sheet where there is one, 1-based line (csv, jsonl) or item number. */
export interface RowSource {
  readonly file: string
  readonly sheet?: string
  readonly row: number
}

/** What was done with a row of a table of text that does not work out as it stands: a backslash before a mark was
 *  taken as part of it; a line was taken alone, its open mark as text; a mark was closed where the cell ends, text and
 *  marks before it kept; NUL was left out. */
export const mendings = ['backslash', 'own-line', 'inner-mark', 'nul'] as const
export type Mending = (typeof mendings)[number]

/** A row that was read otherwise than its quotation marks say. */
export interface MendedRow {
  readonly source: RowSource
  readonly mending: Mending
  /** its first characters as they stand in the file */
  readonly read: string
  /** the first characters of each cell that it was taken as */
  readonly taken: readonly string[]
}

export interface RefusedRow {
  readonly source: RowSource
  /** code of main/words refusals, e.g. EMPTY_ANSWER, BROKEN_JSON, UNKNOWN_ROLE */
  readonly reason: string
  readonly details: Readonly<Record<string, string>>
  /** the first characters of the row as read, for the list that the user sees */
  readonly excerpt: string
  /** what stands where question and answer belong, as far as it is there; of a plain text, the text as answer. By it the
   *  row can be put right. Absent: nobody knows where they belong */
  readonly pair?: RowPair
  /** more of the row as read, where the excerpt is not all of it */
  readonly text?: string
}

export interface RowPair {
  readonly question: string
  readonly answer: string
  /** text of the system that comes before them */
  readonly system?: string
}

export const dataShapes = [
  'instruction', // instruction, input, output (Alpaca)
  'prompt-completion',
  'question-answer', // columns under Japanese or English names
  'messages', // OpenAI
  'conversations', // ShareGPT
  'text',
  'preference', // one answer preferred to another
  'rated', // an answer, liked or not
  'text-label' // a text and what it is
] as const
export type DataShape = (typeof dataShapes)[number]

/** What is recognised of a file, each with its own certainty. */
export type RecognisedPart = 'encoding' | 'delimiter' | 'header' | 'shape' | 'language'

/** Why the recogniser is not sure. */
export type Doubt =
  | 'two-encodings' // the bytes make sense in another encoding too
  | 'damaged-text' // some bytes mean nothing in the encoding
  | 'misread-before' // the text was read in a wrong encoding once, and saved so
  | 'several-delimiters' // more than one sign could divide the cells
  | 'mended-quotes' // marks did not work out; the number of columns decided
  | 'no-delimiter' // nothing divides the first line
  | 'unknown-names' // taken for column names because they look like it
  | 'no-names' // the first row looks like data
  | 'guessed-columns' // the names only hint at question and answer
  | 'guessed-pairs' // questions and answers told apart by how a document looks
  | 'mixed-languages'
  | 'little-text'

/** high: nothing speaks against it; fair: most likely; low: the user should look. */
export interface Certainty {
  readonly sure: 'high' | 'fair' | 'low'
  /** null where sure is high */
  readonly doubt: Doubt | null
  /** the first words that the doubt is about, as they are read */
  readonly words?: readonly string[]
  /** of an encoding: the one that comes next */
  readonly otherwise?: string
}
export type Certainties = Readonly<Partial<Record<RecognisedPart, Certainty>>>

/** the last two are control characters, with which databases write tables */
export const delimiters = [',', '\t', ';', '|', '~', '^', '\u0001', '\u001f'] as const
/** What stands between the cells of a table of text. */
export type Delimiter = (typeof delimiters)[number]

/** A sheet of an Excel file. */
export interface RecognisedSheet {
  readonly name: string
  /** rows of its table; null where they were not counted */
  readonly rows: number | null
  /** row of the column names; 0: it has none */
  readonly headerRow: number
  /** unusable: no questions and answers in it; left-out: by the user; hidden: by whoever made the file */
  readonly use: 'used' | 'unusable' | 'left-out' | 'hidden'
}

/** questions: by the marks before them (Q: A:); mails: each answer with what it answers; dates: a record by date and
 *  speaker, one who asks and one who answers. */
export const textSplits = ['questions', 'mails', 'dates'] as const
export type TextSplit = (typeof textSplits)[number]

/** What rows hold besides what is learnt: answers that are marked as not to be learnt, thoughts that are kept apart, and
 *  fields whose name says that they change the meaning and which nobody reads; codes of web pages in texts, line ends
 *  written as two signs, texts that are still encoded (%20, \u8fd4, =E8=BF, Base64), signs that nobody sees, formulas,
 *  marks of templates, quoted mails, texts that seem to be cut off (the field is their length), times of subtitles, and
 *  questions within one text (the field is the first of them); a table inside a text; boxes to tick, of which only what is
 *  ticked is learnt (choices), or which are learnt as written (boxes); questions and answers that seem to have changed places, or begin
 *  with marks (Q. and A.); answers that are mere numbers or addresses (bare); several questions in
 *  one cell (several); answers that begin with whoever says them (speaker); another table behind an empty row (the field is its row and its names);
 *  a sheet or a file whose name says that it is an older one (the field), or a file that it was kept for checking; letters
 *  and marks that were kept apart and are put together; labels in several forms; a question with its answer in one text; and what a page may hide by styles that are not followed. */
export interface FieldNote {
  readonly kind:
    | 'not-learnt'
    | 'thinking'
    | 'not-read'
    | 'markup'
    | 'escapes'
    | 'encoded'
    | 'invisible'
    | 'formula'
    | 'subtitles'
    | 'questions'
    | 'template'
    | 'quoted'
    | 'cut'
    | 'table'
    | 'choices'
    | 'boxes'
    | 'swapped'
    | 'marked'
    | 'bare'
    | 'several'
    | 'speaker'
    | 'second-table'
    | 'old-file'
    | 'old-sheet'
    | 'checking-file'
    | 'apart'
    | 'label-forms'
    | 'pair'
    | 'aside'
    | 'comments'
    | 'styles'
  readonly field: string
  readonly count: number
}

/** What was recognised in one file, or in one sheet of it. */
export interface RecognisedFile {
  readonly file: string
  readonly sheet?: string
  /** of a table of text */
  readonly delimiter?: Delimiter
  /** row of the column names of a table; 0: it has none */
  readonly headerRow?: number
  /** what stands above the column names: left out, because it is no data */
  readonly titles?: readonly string[]
  /** rows whose quotation marks did not work out, read in the way that keeps the number of columns; the first hundred */
  readonly mendedRows?: readonly MendedRow[]
  /** how many there are of them */
  readonly mended?: number
  readonly format:
    | 'json'
    | 'jsonl'
    | 'csv'
    | 'tsv'
    | 'txt'
    | 'md'
    | 'xlsx'
    | 'docx'
    | 'ods'
    | 'odt'
    | 'parquet'
    | 'html'
    | 'mail'
  /** '' where the file has none of its own (xlsx, docx) */
  readonly encoding: string
  readonly shape: DataShape
  /** 0..1, how sure the recogniser is of the shape */
  readonly confidence: number
  /** of each part that was recognised, how sure */
  readonly certainty: Certainties
  /** column or key -> role it plays, e.g. { 質問: 'question', 回答: 'answer' } */
  readonly mapping: Readonly<Record<string, string>>
  /** of a plain text or a document: how it could be split into questions and answers, with the pairs that its beginning gives */
  readonly splits?: readonly { readonly kind: TextSplit; readonly pairs: number }[]
  /** absent: nothing besides */
  readonly fields?: readonly FieldNote[]
  readonly rows: number
  readonly examples: number
}

export interface DataReport {
  readonly files: readonly RecognisedFile[]
  readonly examples: number
  readonly refused: readonly RefusedRow[]
}

/** The user's corrections of what was recognised; absent = as recognised. */
export interface DataOverrides {
  readonly encoding?: string
  readonly delimiter?: Delimiter
  /** sheet -> row of its column names, 0: it has none; the sheet of a file without sheets is '', which
   *  also stands for every sheet that is not named */
  readonly headerRows?: Readonly<Record<string, number>>
  /** names of sheets that are not read */
  readonly leftOutSheets?: readonly string[]
  readonly shape?: DataShape
  /** how a plain text is split into questions and answers */
  readonly split?: TextSplit
  /** role -> column or key */
  readonly mapping?: Readonly<Record<string, string>>
  /** role -> more columns that are joined behind the one of the mapping, in this order, to one text */
  readonly joined?: Readonly<Record<string, readonly string[]>>
  /** columns that play no part, whatever would be recognised in them */
  readonly unused?: readonly string[]
}

/** New words of the user about a file: what is not named stays, null is as recognised again; nothing named at
 *  all is everything as recognised. */
export interface OverridesChange {
  readonly encoding?: string | null
  readonly delimiter?: Delimiter | null
  readonly headerRows?: Readonly<Record<string, number | null>>
  readonly leftOutSheets?: readonly string[]
  readonly shape?: DataShape | null
  readonly split?: TextSplit | null
  readonly mapping?: Readonly<Record<string, string>> | null
  /** hangs on the mapping: a new one makes it void unless it is said with it */
  readonly joined?: Readonly<Record<string, readonly string[]>> | null
  /** the same */
  readonly unused?: readonly string[] | null
}

/** One line of a run's metrics.jsonl. Every line carries the step it belongs to and the time (ISO 8601). What was
 *  measured goes by name (contract/figures.ts), so that a new figure is a new name and nothing else. */
export type MetricLine =
  | {
      readonly kind: 'step'
      readonly step: number
      readonly time: string
      readonly epoch: number
      /** NaN where it was no number */
      readonly figures: Figures
      readonly tokens: number
      readonly learntTokens: number
      readonly seconds: number
      readonly skipped: boolean
    }
  | {
      readonly kind: 'evaluation'
      readonly step: number
      readonly time: string
      readonly epoch: number
      /** of the held-out part */
      readonly figures: Figures
      /** name of the figure that decides what is best */
      readonly by: string
      readonly best: boolean
    }
  | {
      readonly kind: 'sample'
      readonly step: number
      readonly time: string
      /** index into the recipe's questions */
      readonly question: number
      /** the answer as token ids; readers decode it with the model's tokenizer */
      readonly answer: readonly number[]
    }
  | {
      readonly kind: 'notice'
      readonly step: number
      readonly time: string
      /** EARLY_STOP, NOT_FINITE, OVERFITTING, DIVERGENCE, NOTHING_LEARNT, RESUMED, CHECKPOINT_TORN, PAUSED ... */
      readonly code: string
      readonly details: Readonly<Record<string, string>>
    }

export type RunState = 'waiting' | 'running' | 'paused' | 'interrupted' | 'stopped' | 'finished' | 'failed'

/** The figure that decides what is best, at the best evaluation. */
export interface BestFigure {
  readonly figure: string
  readonly value: number
  /** all figures of that evaluation; absent where nobody keeps them */
  readonly figures?: Figures
}

/** A run as listed: derived from its folder, never stored whole. */
export interface RunRecord {
  readonly id: string
  readonly dir: string
  readonly name: string
  readonly state: RunState
  readonly createdAt: string
  readonly modelName: string
  readonly step: number
  readonly totalSteps: number
  readonly lastLoss: number | null
  readonly best: BestFigure | null
  readonly error?: NeiroErrorData
}

export interface RunProgress {
  readonly run: string
  readonly state: RunState
  readonly step: number
  readonly totalSteps: number
  /** of the newest update that was not skipped, and of the newest evaluation */
  readonly training: Figures
  readonly heldOut: Figures
  readonly tokensPerSecond: number | null
  readonly secondsLeft: number | null
}
