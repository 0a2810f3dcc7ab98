// A file of a set, and the places of its rows among all that were read: its examples, then its refused rows.
import type { KeptFile } from '../kept/kept-file'
import type { SetFile } from './kept-set'

export interface PlacedFile extends SetFile {
  readonly file: KeptFile
  /** places of its examples, of its refused rows, and of the next file */
  readonly base: number
  readonly refusedBase: number
  readonly end: number
}
