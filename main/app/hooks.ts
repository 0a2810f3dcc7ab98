// What the desktop lends the app.
import type { ChooseKind } from '../contract/window/app'
import type { ReachOptions } from '../services/files/reach'

/** What a shell with a desktop can do and a served window cannot. */
export interface AppHooks {
  /** the system's own dialogs; absent when served */
  choose?: (kind: ChooseKind) => Promise<readonly string[]>
  /** where there are no such dialogs, the page draws its own: in these folders, and where the user lets it */
  folders?: Pick<ReachOptions, 'folders' | 'allow'>
  /** asks in a dialog of the system's own, which no page can answer, whether this program may run; absent when served */
  mayRun?: (file: string) => Promise<boolean>
  showInFolder?: (path: string) => boolean | Promise<boolean>
  /** the machine must not sleep while this is true: a run trains */
  keepAwake?: (active: boolean) => void
}
