// What is asked of the workshop and what it says: a job at a time in each process, its pieces as they come (not faster
// than they are taken), and its end. Types alone; both sides speak them.
import type { NeiroErrorData } from '../contract/errors'
import type { Language } from '../contract/language'
import type { DataOverrides, Example, Message } from '../contract/records'
import type { DataCalls } from '../contract/window/data'
import type { JobTime } from '../processes/guard'
import type { ReadHead as KeptHead } from '../services/dataset/kept/kept-head'
import type { ReadSource } from '../services/dataset/read/read-source'
import type { ReadPiece } from '../services/dataset/read/read-table'
import type { TableFacts, TableRow } from '../services/dataset/read/table-rows'
import type { Page } from '../services/dataset/view/source-rows'
import type { TextSource } from '../services/tokens/loaded-model-text'
import type { GgufVocabulary } from '../services/tokens/gguf/vocabulary'
import type { SmallFiles } from '../services/tokens/gguf/gguf-files'
import type { Marks } from '../services/tokens/kinds/kind'
import type { Lengths } from '../services/tokens/lengths'
import type { ShownAs, ShownExample } from '../services/tokens/model-text'
import type { PackedOutcomes } from '../services/tokens/packed-outcomes'

/** A file of the set without what its rows became: that came in pieces before. */
export interface ReadHead extends Omit<ReadSource, 'examples' | 'refused' | 'error'> {
  readonly error: NeiroErrorData | null
}

export interface ModelFacts {
  readonly marks: Marks
  readonly ids: ReadonlyMap<string, number>
  readonly unitWeights: Uint16Array | null
}

interface Call<Args, Result, Piece = never> {
  readonly args: Args
  readonly piece: Piece
  readonly result: Result
}

export interface WorkshopCalls {
  readonly readSource: Call<
    {
      readonly source: { readonly id: string; readonly name: string; readonly sample?: true | undefined }
      readonly path: string
      readonly overrides: DataOverrides
    },
    ReadHead,
    ReadPiece
  >
  readonly readInto: Call<
    WorkshopCalls['readSource']['args'] & { readonly into: string },
    Omit<KeptHead, 'error'> & { readonly error: NeiroErrorData | null }
  >
  readonly sourceRows: Call<
    {
      readonly path: string
      readonly name: string
      readonly overrides: DataOverrides
      readonly page: Page & { readonly known: number | null }
      readonly language: Language
    },
    DataCalls['data.source']['result']
  >
  readonly tableRows: Call<
    {
      readonly path: string
      readonly name: string
      readonly overrides: DataOverrides
      /** false: they are only counted */
      readonly gives: boolean
    },
    TableFacts,
    readonly TableRow[]
  >
  /** Small files that a model lacks, by name. */
  readonly derivedFiles: Call<{ readonly place: string }, SmallFiles>
  /** The text that the calls below are about; a process has one. names: tokens whose ids will be asked for. */
  readonly openModelText: Call<{ readonly source: TextSource; readonly names: readonly string[] }, ModelFacts>
  readonly encode: Call<{ readonly texts: readonly string[] }, readonly Int32Array[]>
  readonly decode: Call<{ readonly ids: Int32Array; readonly skipSpecialTokens: boolean }, string>
  readonly endsInBytes: Call<{ readonly ids: Int32Array }, boolean>
  readonly losesCharacters: Call<null, readonly string[]>
  readonly outcomes: Call<
    { readonly examples: readonly Example[]; readonly systemPrompt: string },
    PackedOutcomes
  >
  readonly lengths: Call<WorkshopCalls['outcomes']['args'] & { readonly upTo?: number | undefined }, Lengths>
  readonly prompt: Call<{ readonly messages: readonly Message[] }, Int32Array>
  readonly rendered: Call<
    { readonly messages: readonly Message[]; readonly template?: string | undefined },
    string
  >
  readonly vocabulary: Call<{ readonly rows: number }, GgufVocabulary>
  readonly shown: Call<{ readonly example: Example; readonly as: ShownAs }, ShownExample>
}

export type WorkshopCallName = keyof WorkshopCalls

export type ToWorkshop =
  | {
      readonly kind: 'job'
      readonly id: number
      readonly call: WorkshopCallName
      readonly args: unknown
      readonly time: JobTime
    }
  | { readonly kind: 'cancel'; readonly id: number }
  /** one piece more may be sent */
  | { readonly kind: 'taken'; readonly id: number }

export type FromWorkshop =
  | { readonly kind: 'ready' }
  /** it is alive */
  | { readonly kind: 'beat' }
  | { readonly kind: 'rows'; readonly id: number; readonly count: number }
  | { readonly kind: 'piece'; readonly id: number; readonly piece: unknown }
  | { readonly kind: 'done'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: NeiroErrorData }

/** Pieces that may be on their way and not taken yet. */
export const piecesAhead = 4
