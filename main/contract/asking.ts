// Models that services keep, asked from the window: what would leave this machine for them, said before anything does, and the
// user's word on it, which comes along with what is asked.
import type { RemotePlace } from './elsewhere'

/** What would leave, as it is said. */
export interface AskingView {
  /** by which it is agreed to */
  readonly id: string
  readonly to: RemotePlace
  /** that answers there */
  readonly model: string
  readonly title: string
  readonly said: readonly string[]
  /** texts in which personal data was found */
  readonly personal: number
}

/** The user has read these, and agrees: kept with the run before anything is asked. */
export interface Agreed {
  readonly ids: readonly string[]
  /** also with the personal data that was found */
  readonly unmasked: boolean
}
