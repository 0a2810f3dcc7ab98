// Records that services, the trainer process, the window and the command line exchange. Imports nothing but
// its neighbours.
import type { NeiroErrorData } from './errors'

/** One turn of a conversation, in OpenAI's words. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** One example as read: a conversation whose assistant turns are learnt, or a plain text learnt whole. */
export type Example =
  | { readonly kind: 'conversation'; readonly messages: readonly Message[]; readonly source: RowSource }
  | { readonly kind: 'text'; readonly text: string; readonly source: RowSource }

/** Where a row came from: file name, sheet where there is one, 1-based line (csv, jsonl) or item number. */
export interface RowSource {
  readonly file: string
  readonly sheet?: string
  readonly row: number
}

export interface RefusedRow {
  readonly source: RowSource
  /** code of main/contract/words refusals, e.g. EMPTY_ANSWER, BROKEN_JSON, UNKNOWN_ROLE */
  readonly reason: string
  readonly details: Readonly<Record<string, string>>
  /** the first characters of the row as read, for the list that the user sees */
  readonly excerpt: string
}

export type DataShape =
  | 'instruction' // instruction, input, output (Alpaca)
  | 'prompt-completion'
  | 'question-answer' // columns under Japanese or English names
  | 'messages' // OpenAI
  | 'conversations' // ShareGPT
  | 'text'

/** What was recognised in one file, or in one sheet of it. */
export interface RecognisedFile {
  readonly file: string
  readonly sheet?: string
  /** row of the column names, where it need not be the first (xlsx) */
  readonly headerRow?: number
  /** what stands above the column names: left out, because it is no data */
  readonly titles?: readonly string[]
  readonly format: 'json' | 'jsonl' | 'csv' | 'tsv' | 'txt' | 'md' | 'xlsx' | 'docx'
  /** '' where the file has none of its own (xlsx, docx) */
  readonly encoding: string
  readonly shape: DataShape
  /** 0..1, how sure the recogniser is of the shape */
  readonly confidence: number
  /** column or key -> role it plays, e.g. { 質問: 'question', 回答: 'answer' } */
  readonly mapping: Readonly<Record<string, string>>
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
  readonly shape?: DataShape
  /** role -> column or key */
  readonly mapping?: Readonly<Record<string, string>>
}

/** One line of a run's metrics.jsonl. Every line carries the step it belongs to and the time (ISO 8601). */
export type MetricLine =
  | {
      readonly kind: 'step'
      readonly step: number
      readonly time: string
      readonly epoch: number
      readonly loss: number
      readonly gradNorm: number
      readonly learningRate: number
      readonly tokens: number
      readonly learntTokens: number
      readonly seconds: number
      /** resident memory of the trainer process, bytes */
      readonly memory: number
      readonly skipped: boolean
    }
  | {
      readonly kind: 'evaluation'
      readonly step: number
      readonly time: string
      readonly epoch: number
      /** mean over learnt tokens of the held-out part */
      readonly loss: number
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
  readonly bestEvalLoss: number | null
  readonly error?: NeiroErrorData
}

export interface RunProgress {
  readonly run: string
  readonly state: RunState
  readonly step: number
  readonly totalSteps: number
  readonly loss: number | null
  readonly evalLoss: number | null
  readonly tokensPerSecond: number | null
  readonly secondsLeft: number | null
}
