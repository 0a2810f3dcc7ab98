// The model room and the train room: models, presets, plans, runs and their curves.
import type { RunScores } from '../evaluation'
import type { MemoryPlan } from '../../../addon/index'
import type { RemotePlace } from '../elsewhere'
import type { Details, NeiroErrorData } from '../errors'
import type { MethodKey } from '../methods'
import type { MetricLine, RunRecord } from '../records'
import type { SettingKey, Settings, Weights } from '../settings'
import type { FileRef } from './app'
import type { PutAway } from './projects'

export interface ModelCard {
  readonly id: string
  readonly name: string
  readonly builtIn: boolean
  readonly family: string
  readonly parameters: number
  readonly sizeBytes: number
  readonly storedDtype: string
  readonly licence: string | null
  readonly languages: readonly string[]
  readonly hasTemplate: boolean
  /** false: it reads texts and only sorts them */
  readonly writes: boolean
  /** characters that its tokenizer loses; empty = safe */
  readonly losesCharacters: readonly string[]
  readonly maxPositionEmbeddings: number
  /** linear layers that it has, of those that can be named; empty: not known */
  readonly layers: readonly string[]
  /** what of it is only half known */
  readonly doubts: readonly NeiroErrorData[]
  readonly shownPath: string
  /** set when the folder can no longer be used */
  readonly error: NeiroErrorData | null
}

export type Fit = 'fits' | 'tight' | 'too-large'

/** What a training with these settings takes on this machine. */
export interface TrainingPlan {
  readonly memory: MemoryPlan
  readonly memoryAvailable: number
  readonly memoryTotal: number
  readonly fit: Fit
  /** estimate from a measured calibration of this machine, seconds */
  readonly seconds: number
  /** the same on H100s, calculated by published trainings and measured by nobody here; null: not even eight hold it */
  readonly onGpus: { readonly gpus: number; readonly seconds: number } | null
  readonly steps: number
  readonly trainExamples: number
  readonly heldOutExamples: number
  readonly trainTokens: number
  /** of those that are learnt from, how many lose their end at this length: nothing of it shows where to stop */
  readonly cutExamples: number
  /** tokens of the longest that could be cut, as far as the model can read it */
  readonly longestExample: number
  /** what would make it fit (or at least able to), when it does not: settings to change */
  readonly remedy: Partial<Settings> | null
}

/** Of a model that is not chosen yet, with the balanced preset. */
export interface ModelPlan extends TrainingPlan {
  /** set where it only fits with its weights packed into 4 bits */
  readonly packed?: true
}

export type PresetKey = 'quick' | 'balanced' | 'quality'
/** Why a preset has the values that it has: a code with its figures, as of errors. */
export interface PresetReason {
  readonly code: string
  readonly details: Details
}

export interface Preset {
  readonly key: PresetKey
  readonly settings: Settings
  /** share of the training examples used; 1 = all */
  readonly part: number
  readonly reasons: readonly PresetReason[]
  readonly plan: TrainingPlan
  readonly recommended: boolean
}

export interface TrainedOn {
  /** null: the CPU */
  readonly gpu: string | null
  /** a reason of words/gpu; null: nobody asked for one */
  readonly notOnGpu: string | null
}

/** Another run that a run goes on from. */
export interface OtherRun {
  readonly dir: string
  readonly name: string
  readonly method: MethodKey
}

export interface RunView extends RunRecord {
  /** null: of no project, made on the command line */
  readonly project: string | null
  /** where it is trained; null: here */
  readonly elsewhere: RemotePlace | null
  /** name of the model that a service made of it, and keeps */
  readonly remoteModel?: string
  /** of Azure: the name under which it answers, as it was said last */
  readonly deployment?: string
  readonly preset: PresetKey | 'custom'
  /** one of several that try settings */
  readonly ofSweep?: true
  /** how often what it learns of a file comes in an epoch, by the file's name; absent: each once */
  readonly weights?: Weights
  readonly settings: Settings
  readonly questions: readonly string[]
  /** the instruction that it learnt with, and is asked with; absent: none, or nobody wrote it down */
  readonly systemPrompt?: string
  /** the newest checkpoint: what a resumed run goes on from, whatever happens */
  readonly savedStep: number
  readonly epochsDone: number
  readonly epochs: number
  readonly secondsLeft: number | null
  readonly tokensPerSecond: number | null
  readonly memory: number | null
  /** what trained it last: a GPU by its name, or the CPU and why it is not on the GPU; absent: not known yet */
  readonly trainedOn?: TrainedOn
  /** what that run learnt whole is the base of this one; absent: the base is a model that somebody chose */
  readonly baseRun?: OtherRun
  /** whose adapter it learnt on with; absent: it began with the base, or with an adapter from elsewhere */
  readonly startRun?: OtherRun
  readonly startedAt: string | null
  readonly endedAt: string | null
  /** place in the queue, 0 = running, null = not waiting */
  readonly queue: number | null
  readonly trainExamples: number
  readonly heldOutExamples: number
  /** of those for training, how many lose their end at the length limit; absent: none, or nobody wrote it down */
  readonly cutExamples?: number
  /** of those that it learns from, made from others; absent: none */
  readonly syntheticExamples?: number
  /** its answers were laid beside those of its base, all that were asked */
  readonly compared: boolean
  /** questions that both have answered */
  readonly answered: number
  /** verified exports of it that are where they were put */
  readonly exported: number
  /** when the newest of them was done; absent: there is none */
  readonly exportedAt?: string
  readonly notices: readonly Extract<MetricLine, { kind: 'notice' }>[]
}

export interface CurvePoint {
  readonly step: number
  readonly value: number
}
/** One figure over the steps of a run, as its updates or its evaluations gave it. */
export interface Curve {
  readonly part: 'training' | 'heldOut'
  /** its name in metrics.jsonl */
  readonly figure: string
  /** as measured */
  readonly points: readonly CurvePoint[]
  /** the same without its noise; absent where there is none */
  readonly course?: readonly CurvePoint[]
}
/** The newest evaluation that was the best so far. */
export interface BestPoint extends CurvePoint {
  readonly figure: string
}
/** Curves thinned to about `points` values each; every one has its own steps. */
export interface RunCurves {
  readonly run: string
  readonly curves: readonly Curve[]
  readonly best: BestPoint | null
}

/** What the model answered to the user's own questions at an evaluation. step 0 = base model. */
export interface RunAnswer {
  readonly step: number
  readonly question: string
  readonly answer: string
}

/** Each list of values has one for each run, in their order. */
export interface RunDifferences {
  readonly settings: readonly { readonly key: SettingKey; readonly values: readonly string[] }[]
  readonly models: readonly string[]
  /** marks of the held-out parts, the same for the same examples; null: none */
  readonly heldOut: readonly (string | null)[]
}

export interface TrainingCalls {
  'models.list': { args: Record<string, never>; result: readonly ModelCard[] }
  'models.add': { args: { fileId: string }; result: ModelCard }
  'models.remove': { args: { id: string }; result: null }
  /** back on the list, where it was */
  'models.restore': { args: { id: string }; result: null }
  /** meter for one model with the project's data and balanced settings */
  'models.plan': { args: { id: string; project: string }; result: ModelPlan }
  /** start: the run that it goes on from; absent: it begins with the model as it is */
  'train.presets': { args: { project: string; start?: string }; result: readonly Preset[] }
  /** to watch while it trains: some of the held-out part, when so much is held out */
  'train.questions': { args: { project: string; heldOutRatio: number }; result: readonly string[] }
  'train.plan': {
    args: {
      project: string
      settings: Settings
      part: number
      start?: string
      weights?: Weights
      /** the run whose model gives answers points */
      rewardRun?: string
    }
    result: TrainingPlan
  }
  /** a program of the user's own that is to give answers marks: whether this version of it was agreed to, and whether that
   *  can be asked here: never by a page, but in a dialog of the system's own */
  'train.program': { args: { fileId: string }; result: { file: string; agreed: boolean; asksHere: boolean } }
  /** who gave the answers of this run marks beside its rules: to be asked again. Throws where one of them is gone */
  'train.judges': { args: { run: string }; result: { run?: string; program?: FileRef } }
  'train.agreeProgram': { args: { fileId: string }; result: { agreed: boolean } }
  /** creates the run and starts it, or queues it when another one is active */
  'runs.startRun': {
    args: {
      project: string
      preset: PresetKey | 'custom'
      settings: Settings
      part: number
      questions: readonly string[]
      start?: string
      name?: string
      weights?: Weights
      rewardRun?: string
      /** a file that was chosen, and agreed to */
      rewardProgram?: string
    }
    result: RunView
  }
  'runs.list': { args: { project?: string }; result: readonly RunView[] }
  'runs.get': { args: { id: string }; result: RunView }
  'runs.curves': { args: { id: string; points: number }; result: RunCurves }
  'runs.answers': { args: { id: string }; result: readonly RunAnswer[] }
  'runs.pauseRun': { args: { id: string }; result: RunView }
  'runs.resumeRun': { args: { id: string }; result: RunView }
  'runs.stopRun': { args: { id: string }; result: RunView }
  'runs.rename': { args: { id: string; name: string }; result: RunView }
  'runs.remove': { args: { id: string }; result: { undo: string } }
  'runs.bin': { args: Record<string, never>; result: readonly PutAway[] }
  'runs.restore': { args: { undo: string }; result: RunView }
  /** in what runs differ */
  /** their answers to the questions that they did not learn from, beside those of the first */
  'runs.scores': { args: { ids: readonly string[] }; result: readonly RunScores[] }
  'runs.differences': { args: { ids: readonly string[] }; result: RunDifferences }
}
