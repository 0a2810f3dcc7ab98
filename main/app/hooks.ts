// What the desktop lends the app.
import type { ChooseKind } from '../contract/window/app'

/** What a shell with a desktop can do and a served window cannot. */
export interface AppHooks {
  /** the system's own dialogs; absent when served */
  choose?: (kind: ChooseKind) => Promise<readonly string[]>
  showInFolder?: (path: string) => boolean | Promise<boolean>
  /** the machine must not sleep while this is true: a run trains */
  keepAwake?: (active: boolean) => void
}
