// The model room beyond this machine: the catalogue, what the hub says of an address, what is being fetched, and models
// that other programs keep here. Nothing is fetched before models.fetch is called.
import type { NeiroErrorData } from '../errors'
import type { ModelCard, ModelPlan } from './training'

/** May a company use it: freely, under conditions that are agreed to once, not at all, or it is not known. */
export type CompanyUse = 'free' | 'conditional' | 'none' | 'unknown'

/** What a licence asks for, each one sentence in main/words. */
export type LicenceDuty =
  'built-with-llama' | 'gemma-terms' | 'lfm' | 'plamo' | 'nemotron' | 'non-commercial' | 'research'

export interface LicenceView {
  /** of the catalogue; null: as its page states it, and nothing is known of it */
  readonly key: string | null
  readonly name: string
  readonly url: string | null
  readonly use: CompanyUse
  readonly duties: readonly LicenceDuty[]
  /** day on which its conditions were agreed to here */
  readonly agreedOn: string | null
}

/** What a model is good for: one sentence each in main/words. */
export type ModelUse =
  | 'ja-chat'
  | 'ja-tiny'
  | 'ja-thinking'
  | 'world-chat'
  | 'world-thinking'
  | 'en-chat'
  | 'en-tiny'
  | 'zh-chat'
  | 'tiny'
  | 'base'
  | 'classify'
  | 'search'

/** ready: this version trains it; coming: shown, and never offered. */
export type Standing = 'ready' | 'coming'

export interface CatalogueEntry {
  /** owner/name on the hub */
  readonly id: string
  readonly name: string
  readonly maker: string
  readonly use: ModelUse
  readonly standing: Standing
  /** false: it can only score texts */
  readonly writes: boolean
  readonly parameters: number | null
  /** to fetch, bytes; null where nobody has said it */
  readonly sizeBytes: number | null
  readonly licence: LicenceView
  readonly languages: readonly string[]
  /** where they are only counted */
  readonly languageCount: number | null
  readonly contextLength: number | null
  /** null: not known */
  readonly thinking: boolean | null
  readonly gated: boolean | null
  /** 2025, or a day */
  readonly released: string
  /** its id on the shelf, once it is on this machine */
  readonly modelId: string | null
}

/** Why a model is the one for this PC, these data and this goal: codes with a sentence each. */
export type SuggestionReason =
  'polite-japanese' | 'multilingual' | 'sorts' | 'free' | 'fits' | 'tight' | 'minutes' | 'hours' | 'enough'

export interface Suggestion {
  readonly id: string
  readonly plan: ModelPlan
  readonly reasons: readonly SuggestionReason[]
}

/** What the hub says of an address, before anything is fetched. */
export interface HubModel {
  readonly id: string
  /** the commit that will be fetched */
  readonly revision: string
  readonly files: readonly { readonly path: string; readonly size: number }[]
  /** of the files that will be fetched */
  readonly totalBytes: number
  readonly licence: LicenceView
  readonly family: string | null
  readonly standing: Standing
  /** false: it can only score texts */
  readonly writes: boolean
  /** on this machine already */
  readonly modelId: string | null
}

export type FetchState = 'looking' | 'fetching' | 'waiting' | 'checking' | 'paused' | 'done' | 'failed'

export interface FetchView {
  /** owner/name on the hub */
  readonly id: string
  readonly revision: string | null
  readonly state: FetchState
  readonly doneBytes: number
  /** 0 while it is looked up */
  readonly totalBytes: number
  readonly bytesPerSecond: number | null
  readonly secondsLeft: number | null
  /** where the bytes come from: the hub's name */
  readonly from: string
  /** why it waits, was paused or failed; what was fetched is kept */
  readonly error: NeiroErrorData | null
  /** when it tries again, seconds from now; null: it does not wait */
  readonly retrySeconds: number | null
  /** its id on the shelf, once done */
  readonly modelId: string | null
}

export type FoundIn = 'lm-studio' | 'ollama' | 'hugging-face'

/** A model that another program keeps on this machine. It is read where it lies, and never moved. */
export interface FoundModel {
  readonly id: string
  readonly name: string
  readonly from: FoundIn
  readonly kind: 'folder' | 'gguf'
  readonly sizeBytes: number
  readonly shownPath: string
}

export interface HubSettings {
  /** where models come from */
  readonly address: string
  readonly officialAddress: string
  /** of the company's network; '' = as the environment says */
  readonly proxy: string
  /** a file of certificates of one's own (PEM); '' = none */
  readonly certificates: string
  readonly token: 'none' | 'kept' | 'environment'
  /** where a token is kept: the system's key store, or a file that only this user can read */
  readonly tokenPlace: 'system' | 'file'
  readonly store: {
    readonly shownPath: string
    readonly fileId: string | null
    readonly bytes: number
    readonly models: number
    /** the Hugging Face cache itself: Python's tools find the same files */
    readonly shared: boolean
  }
}

/** The store on its way to another place. */
export interface StoreMoving {
  readonly doneBytes: number
  readonly totalBytes: number
}

export interface ModelCalls {
  'models.catalogue': { args: Record<string, never>; result: readonly CatalogueEntry[] }
  /** null: none of them fits */
  'models.suggest': { args: { project: string }; result: Suggestion | null }
  /** meter of a catalogue's model that is not here, from its shape alone */
  'models.planEntry': { args: { id: string; project: string }; result: ModelPlan }
  /** an id or an address of the hub, as somebody typed it; asks the hub */
  'models.look': { args: { address: string }; result: HubModel }
  /** agreed: the key of a licence whose conditions were shown and agreed to */
  'models.fetch': { args: { address: string; agreed: string | null }; result: FetchView }
  'models.pauseFetch': { args: { id: string }; result: null }
  'models.resumeFetch': { args: { id: string }; result: FetchView }
  /** what was fetched of it is deleted */
  'models.cancelFetch': { args: { id: string }; result: null }
  'models.fetches': { args: Record<string, never>; result: readonly FetchView[] }
  'models.found': { args: Record<string, never>; result: readonly FoundModel[] }
  'models.addFound': { args: { id: string }; result: ModelCard }
  /** off the list and off the disk: only what was fetched into the store */
  'models.deleteFiles': { args: { id: string }; result: null }
  'models.hub': { args: Record<string, never>; result: HubSettings }
  'models.setHub': {
    args: { address: string; proxy: string; certificates: string }
    result: HubSettings
  }
  /** '' forgets it */
  'models.setToken': { args: { token: string }; result: HubSettings }
  /** moves what was fetched to another folder; null: to the app's own, or, shared, into the Hugging Face cache */
  'models.moveStore': { args: { fileId: string | null; shared: boolean }; result: HubSettings }
  'models.emptyStore': { args: Record<string, never>; result: HubSettings }
}
