// Programs on this PC that use an export at once.
import type { NeiroErrorData } from '../errors'

export interface FoundPrograms {
  readonly ollama: {
    /** null: it does not run here */
    readonly version: string | null
    /** OLLAMA_HOST names another machine: nothing is sent there */
    readonly isElsewhere: boolean
  }
  readonly lmStudio: {
    /** its folder of models; null: there is none */
    readonly shownPath: string | null
  }
}

/** What Ollama would be told. */
export interface OllamaPlan {
  /** proposed */
  readonly name: string
  /** in Ollama's own words: template, ends of answers, system prompt */
  readonly modelfile: string
  /** false: no template of Ollama's says the same, and it goes by the one in the file */
  readonly hasTemplate: boolean
}

export interface OllamaProgress {
  /** of the export */
  readonly id: string
  readonly name: string
  readonly state: 'hash' | 'send' | 'create' | 'done' | 'failed'
  /** 0..1 of the state */
  readonly progress: number
  readonly error: NeiroErrorData | null
}

export interface LmStudioPut {
  readonly shownPath: string
  /** linked: it takes no room of its own */
  readonly how: 'linked' | 'copied'
}

export interface ProgramCalls {
  'programs.find': { args: Record<string, never>; result: FoundPrograms }
  /** id: of a finished export of the run */
  'ollama.plan': { args: { run: string; id: string }; result: OllamaPlan }
  'ollama.create': { args: { run: string; id: string; name: string }; result: OllamaProgress }
  'ollama.cancel': { args: { id: string }; result: null }
  'lmStudio.put': { args: { run: string; id: string }; result: LmStudioPut }
}
