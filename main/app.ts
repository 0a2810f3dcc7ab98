// The app behind every window: one handler a call, one stream of events. Electron and serve both drive this;
// it knows neither.
import type { CallName, Calls, EventName, Events } from './contract/channels'
import type { Language } from './contract/words/language'
import type { Log } from './log'
import type { TrainerHostOptions } from './trainer-host'
import type { ChooseKind, FileRef } from './contract/window/app'

/** What a shell with a desktop can do and a served window cannot. */
export interface AppHooks {
  /** the system's own dialogs; absent when served */
  choose?: (kind: ChooseKind) => Promise<readonly string[]>
  showInFolder?: (path: string) => boolean
  openExternal?: (url: string) => void
}

export interface AppOptions {
  /** main/paths.ts, handed in */
  readonly paths: typeof import('./paths')
  readonly log: Log
  readonly hooks: AppHooks
  /** until the user has chosen one */
  readonly language: Language
  /** how trainer processes start: a utility process under Electron; absent: forked */
  readonly startTrainer?: TrainerHostOptions['startProcess']
}

export interface App {
  call<C extends CallName>(name: C, args: Calls[C]['args']): Promise<Calls[C]['result']>
  on(listener: <E extends EventName>(event: E, value: Events[E]) => void): () => void
  /** paths that entered through a dialog, a drop or an upload leave as references */
  addPaths(paths: readonly string[]): Promise<readonly FileRef[]>
  runActive(): boolean
  close(): Promise<void>
}
