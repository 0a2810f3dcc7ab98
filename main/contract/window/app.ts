// What the window asks about the app itself, its settings and files. Imports nothing but the contract.
import type { Probe } from '../../../addon/index'
import type { Language } from '../language'

export type Theme = 'system' | 'light' | 'dark'

/** system: as the PC, or the browser, in which the window is looked at */
export type LanguageChoice = 'system' | Language

/** What is changed of them; what is not named stays. */
export interface SettingsChange extends Partial<Pick<AppSettings, 'theme' | 'threads' | 'looksForUpdates'>> {
  readonly language?: LanguageChoice
}

/** The user's own choices, kept in settings.json of the data folder. */
export interface AppSettings {
  /** that is spoken: the chosen one, else that of the place where the window is looked at */
  readonly language: Language
  readonly languageChoice: LanguageChoice
  readonly theme: Theme
  /** processors used for training; 0 = all */
  readonly threads: number
  /** each start asks whether there is a new version */
  readonly looksForUpdates: boolean
}

export interface AppInfo {
  readonly version: string
  readonly settings: AppSettings
  /** null while the trainer process has not answered yet; then null means it could not start: see reason */
  readonly machine: Probe | null
  readonly machineProblem: string | null
  /** native: the system's own dialogs; page: the window draws its own browser of the machine's folders */
  readonly dialogs: 'native' | 'page'
  /** whether files.show has a file manager to open */
  readonly showsFolders: boolean
  /** files dropped on the window reach main by path (native) or by upload (page) */
  readonly platform: 'linux' | 'darwin' | 'win32'
}

/** A file or folder the user chose or dropped. Paths never travel to the page as something to send back. */
export interface FileRef {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly folder: boolean
  /** for showing only */
  readonly shownPath: string
}

export type ChooseKind =
  | 'data-files'
  | 'data-folder'
  | 'model-folder'
  | 'model-file'
  | 'project-folder'
  | 'export-folder'
  | 'training-folder'
  | 'program'

/** One held-out question of the built-in sample as the starter answers it, before and after the demo's tuning. */
export interface SampleAnswers {
  readonly question: string
  readonly base: string
  readonly tuned: string
}

/** a folder that a person looks in first */
export type UsualFolder = 'home' | 'desktop' | 'documents' | 'downloads' | 'drive'

/** One folder as the window's own browser shows it (dialogs: 'page'). */
export interface FolderListing {
  readonly here: FileRef
  readonly parent: FileRef | null
  readonly entries: readonly FileRef[]
  /** entries beyond those that are shown */
  readonly more: number
  /** this folder is of the kind that is being chosen */
  readonly fits: boolean
  readonly places: readonly { readonly kind: UsualFolder; readonly ref: FileRef }[]
}

export interface AppCalls {
  'app.info': { args: Record<string, never>; result: AppInfo }
  /** null where the built-in sample was never measured */
  'app.sampleAnswers': { args: { language: Language }; result: SampleAnswers | null }
  'app.setSettings': { args: SettingsChange; result: AppSettings }
  /** what the place speaks where the window is looked at: it counts where nobody has chosen a language */
  'app.seenIn': { args: { language: Language }; result: AppSettings }
  /** the newest part of the log for the user to look through and send; `masked` things stand behind placeholders */
  'app.log': { args: Record<string, never>; result: { text: string; masked: number } }
  /** native dialogs only; empty list = cancelled */
  'files.choose': { args: { kind: ChooseKind }; result: readonly FileRef[] }
  /** where the id points; with `path`, what the user typed into the window's own browser; neither: the home folder */
  'files.browse': {
    args: { id: string | null; kind: ChooseKind; path?: string; hidden?: boolean }
    result: FolderListing
  }
  /** a new folder in the one that the id points to; served windows only, as files.browse */
  'files.makeFolder': { args: { id: string; name: string }; result: FileRef }
  /** opens the folder in the system's file manager; false where there is none */
  'files.show': { args: { id: string }; result: { shown: boolean } }
}
