// What the host and the trainer process say to each other, over child_process IPC with serialization
// 'advanced' (typed arrays survive; a utility process clones the same way). Imports nothing but types.
import type {
  Batch,
  Calibration,
  CombineOptions,
  ConversationOptions,
  EvaluateResult,
  GenerateChunk,
  GenerateOptions,
  GgufEntry,
  GgufType,
  MemoryPlan,
  ModelInfo,
  OpenOptions,
  Probe,
  Said,
  SaveAdapterOptions
} from '../../addon/index'
import type { NeiroErrorData } from './errors'
import type { MetricLine, RunProgress } from './records'
import type { ScoredLabels, ScoreJob } from './scores'
import type { Settings } from './settings'

/** job.json of a run folder: all the trainer needs, written once by the runs service. */
export interface Job {
  readonly version: 1
  readonly open: OpenOptions
  readonly settings: Settings
  /** written as base_model_name_or_path of the adapter */
  readonly baseModelName: string
  /** by which the base is known again in another folder; runs from before it have none */
  readonly baseModelMark?: string
  /** where the model's small files lie; absent: in its folder */
  readonly filesDir?: string
  /** files inside the run folder; see files/prepared-file.ts */
  readonly train: 'prepared/train.safetensors'
  readonly heldOut: 'prepared/held-out.safetensors' | null
  readonly stopTokens: readonly number[]
  /** prompts of the recipe's questions as token ids, in order */
  readonly questions: readonly (readonly number[])[]
  readonly maxAnswerTokens: number
  /** of a model that scores: its labels */
  readonly score?: ScoreJob
  /** of a model that says words, and beside them labels */
  readonly beside?: ScoredLabels
  /** who gives its own answers marks, beside the rules of its settings */
  readonly judges?: JudgesOfJob
}

export interface JudgesOfJob {
  /** a model that gives replies points, its adapter in the run's own folder; without a folder of its own it is the model that
   *  learns, as it was */
  readonly run?: Omit<OpenOptions, 'modelDir'> & { readonly modelDir?: string }
  readonly program?: ProgramOfJob
}

/** A program of the user's own, as they agreed to it. */
export interface ProgramOfJob {
  readonly file: string
  readonly sha256: string
  /** it may take for one answer */
  readonly seconds: number
}

/** How the states of a text's tokens become one: their mean, or that of the first. */
export type Pooling = 'mean' | 'cls'

/** What can be asked of the trainer. One entry: arguments and answer. */
export interface TrainerCalls {
  probe: { args: undefined; result: Probe }
  inspectModel: { args: { modelDir: string }; result: ModelInfo }
  planMemory: { args: OpenOptions; result: MemoryPlan }
  calibrate: {
    /** device: absent, the CPU */
    args: { threads: number; device?: 'cpu' | 'cuda' }
    result: Calibration
  }
  combineAdapters: { args: CombineOptions; result: undefined }

  /** Starts or resumes the run in this folder; answers when it ended. */
  startRun: { args: { runDir: string }; result: { outcome: 'finished' | 'stopped' | 'paused'; step: number } }
  /** Saves a checkpoint at the next step boundary and ends `startRun` with 'paused' (or 'stopped'). */
  pauseRun: { args: undefined; result: undefined }
  stopRun: { args: undefined; result: undefined }
  /** The answer to a message `read` of this number. */
  tellTexts: { args: { read: number; texts: readonly string[] | NeiroErrorData }; result: undefined }

  /** A session for evaluation, chat and export; one at a time. */
  open: { args: OpenOptions; result: ModelInfo }
  evaluate: { args: { batch: Batch; adapter: boolean }; result: EvaluateResult }
  logits: {
    args: { tokens: Int32Array; lengths: Int32Array; adapter: boolean }
    result: Float32Array
  }
  headScores: {
    args: { tokens: Int32Array; lengths: Int32Array; head: string }
    result: Float32Array
  }
  /** One vector for each text [texts, hidden size], of a model that reads both ways. */
  embed: { args: { tokens: Int32Array; lengths: Int32Array; pooling: Pooling }; result: Float32Array }
  generateBegin: { args: GenerateOptions; result: undefined }
  generateNext: { args: { count: number }; result: GenerateChunk }
  /** Of a session that was opened for conversations: the place that it takes. */
  beginConversation: { args: ConversationOptions; result: number }
  advance: { args: undefined; result: readonly Said[] }
  endConversation: { args: { place: number }; result: undefined }
  saveAdapter: { args: SaveAdapterOptions; result: undefined }
  saveMerged: { args: { dir: string; dtype: 'F32' | 'BF16' | 'F16' }; result: undefined }
  saveGguf: { args: { file: string; type: GgufType; entries: GgufEntry[] }; result: undefined }
  saveGgufAdapter: { args: { file: string; entries: GgufEntry[] }; result: undefined }
  checkGguf: { args: { file: string }; result: { tensor: string; difference: number } }
  checkGgufAdapter: { args: { file: string }; result: { tensor: string; difference: number } }
  ggufBytes: { args: { type: GgufType }; result: number }
  /** Ends a running evaluate / logits / generate with CANCELLED. Never queued. */
  cancel: { args: undefined; result: undefined }
  close: { args: undefined; result: undefined }
}
export type TrainerCallName = keyof TrainerCalls

/** What services need of the trainer host, and no more: to ask. */
export interface TrainerCaller {
  call<C extends TrainerCallName>(call: C, args: TrainerCalls[C]['args']): Promise<TrainerCalls[C]['result']>
}

export interface TrainerRequest {
  readonly id: number
  readonly call: TrainerCallName
  readonly args: unknown
}
export type TrainerMessage =
  | { readonly kind: 'ready'; readonly probe: Probe }
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  /** id 0: the start itself failed, before `ready` */
  | { readonly kind: 'failure'; readonly id: number; readonly error: NeiroErrorData }
  /** A training asks what these tokens say; `tellTexts` is the answer. */
  | { readonly kind: 'read'; readonly read: number; readonly tokens: readonly (readonly number[])[] }
  | { readonly kind: 'metric'; readonly line: MetricLine }
  | { readonly kind: 'progress'; readonly progress: RunProgress }
