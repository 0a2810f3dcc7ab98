// The compare and take-home rooms: evaluations, chat, exports.
import type { Agreed } from '../asking'
import type { Candidate, CandidateSpec } from '../candidates'
import type { NeiroErrorData } from '../errors'
import type { EvaluationResult, Seen, Unasked } from '../evaluation'
import type { Message } from '../records'
import type { Ballot, BallotSize, Choices, Tally } from '../votes'

/** what the one engine for results is at work on; whoever waits is told */
export type TurnWork = 'evaluation' | 'chat' | 'export' | 'api'

export interface EvaluatedPair {
  readonly index: number
  /** earlier turns that the question stands on, oldest first */
  readonly before: readonly Message[]
  readonly question: string
  readonly reference: string
  readonly base: string
  readonly tuned: string
  /** the built-in sample only: does the answer carry the tone and keep the facts */
  readonly sample: {
    readonly baseTone: boolean
    readonly tunedTone: boolean
    readonly baseFacts: boolean
    readonly tunedFacts: boolean
  } | null
  /** a service would not answer this: its reason, in place of the tuned answer */
  readonly refused?: string
  /** answers of the other candidates, as far as they are there */
  readonly others: readonly {
    readonly id: string
    readonly text: string
    /** file and row of what was put before the question */
    readonly sources: readonly string[]
    /** a service would not answer this: its reason, and no text */
    readonly refused?: string
  }[]
}

/** Base and tuned on the questions that a run has not seen. */
export interface Evaluation {
  readonly run: string
  readonly state: 'none' | 'running' | 'done'
  readonly done: number
  readonly total: number
  readonly unasked: Unasked
  /** of answering; null: nobody knows yet, or nothing is left */
  readonly secondsLeft: number | null
  readonly candidates: readonly Candidate[]
  /** general questions: how many are answered by both; null: nobody has asked them */
  readonly general: { readonly done: number; readonly total: number } | null
  /** questions that both have answered */
  readonly answeredPairs: number
  /** of them, those in which the two do not say the very same: what can be voted on */
  readonly differingPairs: number
  /** the first ones; the others come by evaluation.pairs */
  readonly pairs: readonly EvaluatedPair[]
  readonly baseLoss: number | null
  readonly tunedLoss: number | null
  readonly basePerplexity: number | null
  readonly tunedPerplexity: number | null
  /** a service that is busy, and is asked again after so many seconds; null: nobody waits for one */
  readonly busy: { readonly place: string; readonly seconds: number } | null
  /** ended by the user: it goes on only when told to */
  readonly cancelled: boolean
  /** why it ended before its time; what was answered is kept */
  readonly error: NeiroErrorData | null
}

export interface ChatSettings {
  readonly systemPrompt: string
  readonly temperature: number
  readonly topP: number
  readonly topK: number
  readonly repetitionPenalty: number
  readonly maxNewTokens: number
  readonly seed: number
}

export interface ChatChunk {
  readonly chat: string
  readonly side: 'base' | 'tuned'
  readonly text: string
  /** the text is what it thinks before it answers: no part of the answer */
  readonly thought?: boolean
  /** this side has said everything */
  readonly done: boolean
  /** who is answered first while this one waits; null: its turn has come; absent: nothing new */
  readonly waitsFor?: TurnWork | null
}

/** gguf: one file for LM Studio, Ollama and whatever else has llama.cpp in it; ollama and lm-studio: that file with what
 *  the program needs beside it */
export const exportKindNames = ['ollama', 'lm-studio', 'gguf', 'merged', 'peft', 'gguf-adapter'] as const
export type ExportKind = (typeof exportKindNames)[number]

/** how numbers are written; of a GGUF file most of them */
export const exportFormats = ['F32', 'BF16', 'F16', 'Q8_0', 'Q4_K_M', 'Q4_0'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** formats that a kind can have, the usual one first; none: it has its own */
export const exportFormatsOf: Readonly<Record<ExportKind, readonly ExportFormat[]>> = {
  ollama: ['Q4_K_M', 'Q8_0', 'F16'],
  'lm-studio': ['Q4_K_M', 'Q8_0', 'F16'],
  gguf: ['Q4_K_M', 'Q8_0', 'F16', 'BF16', 'Q4_0', 'F32'],
  merged: ['BF16', 'F16', 'F32'],
  peft: [],
  'gguf-adapter': []
}

export interface ExportPart {
  readonly of: 'bytes' | 'prompts'
  readonly done: number
  readonly total: number
}

/** The numbers of what was exported, calculated once more from its files alone, without the engine: how far they lie
 *  apart, relative to the largest logit; or why that was not done. */
export type SecondNumbers =
  | { readonly checked: true; readonly tokens: number; readonly largest: number }
  | {
      readonly checked: false
      /** size: it would take too long; rounded: the base is open in fewer bits than its files have; form: the base
       *  is not stored as Transformers stores one; sorts: it knows no heads that score; unknown: this reading does not
       *  know `what` */
      readonly why: 'size' | 'rounded' | 'form' | 'sorts' | 'unknown'
      readonly what: string
    }

/** The tensor of a GGUF file whose values are most off the merged ones, and by how much of them. */
export interface GgufValues {
  readonly tensor: string
  readonly difference: number
}

/** How text is cut into tokens by what opens a GGUF file: as here; composed: as here, but for letters whose marks were typed
 *  apart from them; near: by the same pieces, which may be put together otherwise. */
export type TextCut = 'same' | 'composed' | 'near'

export interface ExportRecord {
  readonly id: string
  readonly run: string
  readonly kind: ExportKind
  /** absent in older exports */
  readonly dtype?: ExportFormat
  readonly state: 'writing' | 'checking' | 'done' | 'failed'
  /** 0..1 */
  readonly progress: number
  /** how much of how much of what is being done now; null where that has no measure */
  readonly part: ExportPart | null
  /** who is at work while this one waits for its turn; null: nobody */
  readonly waitsFor: TurnWork | null
  readonly sizeBytes: number
  readonly shownPath: string
  /** file id for files.show */
  readonly fileId: string
  readonly finishedAt: string | null
  /** it is what the run had learnt before it went on: after so many updates, where that is known; absent: of now */
  readonly older?: { readonly step: number | null }
  /** largest difference of logits found on reading back, relative; and on how many prompts */
  readonly check: {
    readonly prompts: number
    readonly largest: number
    /** greedy answers that rounding has changed; absent in older exports */
    readonly answers?: { readonly asked: number; readonly changed: number }
    /** absent in older exports */
    readonly second?: SecondNumbers
    /** of a GGUF file */
    readonly values?: GgufValues
    /** of a GGUF file with a vocabulary */
    readonly text?: TextCut
  } | null
  readonly error: NeiroErrorData | null
}

export interface ResultCalls {
  /** starts answering the held-out questions (at most `limit`); pairs arrive as evaluation.progress */
  'evaluation.start': {
    args: {
      run: string
      limit: number
      /** beside base and tuned these and no others from now on; absent: those that it has. Files of retrieval are file ids */
      candidates?: readonly CandidateSpec[]
      /** with them those that it has, by their ids */
      keep?: readonly string[]
      /** general questions are asked behind the run's own */
      general?: boolean
      /** of what would leave for services (asking.ofEvaluation). CONSENT_NEEDED without it, OTHER_THAN_AGREED, UNMASKED_NOT_SAID */
      agreed?: Agreed
    }
    result: Evaluation
  }
  /** pairs from this place on, a page of them */
  'evaluation.pairs': { args: { run: string; from: number }; result: readonly EvaluatedPair[] }
  /** everything counted, by the words that the check-up of its project's data is told; null: nothing is answered yet */
  'evaluation.result': { args: { run: string }; result: EvaluationResult | null }
  /** tells the check-up which words must not be used: it keeps the only list of them */
  'evaluation.forbid': { args: { run: string; words: readonly string[] }; result: null }
  /** of what was held out, how much was learnt, too; null: nobody knows */
  'evaluation.seen': { args: { run: string }; result: Seen | null }
  'evaluation.get': { args: { run: string }; result: Evaluation }
  /** the open ballot of a voter, or a new one of so many questions */
  'evaluation.ballot': { args: { run: string; voter: string; size: BallotSize }; result: Ballot }
  'evaluation.vote': { args: { run: string; ballot: string; item: number; choices: Choices }; result: Ballot }
  /** the last vote is asked again */
  'evaluation.takeBack': { args: { run: string; ballot: string }; result: Ballot }
  /** of somebody who does not go on: it goes, and holds back no result */
  'evaluation.dropBallot': { args: { run: string; ballot: string }; result: Tally }
  'evaluation.tally': { args: { run: string }; result: Tally }
  /** a ballot for somebody without Neiro: an HTML file */
  'evaluation.ballotFile': {
    args: { run: string; voter: string; size: BallotSize }
    result: { name: string; text: string }
  }
  /** what such a file gave back */
  'evaluation.takeVotes': { args: { run: string; text: string }; result: Tally }
  /** adds what the votes of a run prefer to the data of its project, whose goal they become; answers how many pairs. What the
   *  same run's votes had added before goes */
  'evaluation.learnVotes': { args: { run: string }; result: { pairs: number } }
  /** one self-contained HTML file, or the same printed */
  'evaluation.report': {
    args: {
      run: string
      signature: { by: string; comment: string } | null
      form: 'html' | 'pdf'
    }
    result: { name: string; base64: string }
  }
  /** bytes while each candidate answers the longest of its questions */
  'evaluation.memory': { args: { run: string }; result: Readonly<Record<string, number>> }
  'evaluation.cancel': { args: { run: string }; result: null }
  /** answers with base and tuned in turn, same seed; text arrives as chat.chunk */
  'chat.ask': {
    args: {
      run: string
      chat: string
      messages: { base: readonly Message[]; tuned: readonly Message[] }
      settings: ChatSettings
      /** the newest messages are texts to go on with, as they are */
      continues?: boolean
      /** where the tuned side is at a service (asking.ofChat) */
      agreed?: Agreed
    }
    /** stopped: cancelled before both had said everything */
    result: { base: string; tuned: string; stopped: boolean }
  }
  'chat.cancel': { args: { chat: string }; result: null }
  /** target null: the project's own exports folder */
  'exports.start': {
    args: { run: string; kind: ExportKind; target: string | null; dtype: ExportFormat }
    result: ExportRecord
  }
  'exports.list': { args: { run: string }; result: readonly ExportRecord[] }
  'exports.cancel': { args: { id: string }; result: null }
}
