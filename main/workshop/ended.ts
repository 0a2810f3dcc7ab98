// Why a process of the workshop is no more, as an error of the job that it had. Whoever asked names the file or the
// model in a sentence.
export type EndedHow =
  /** it gave no sign of life, or the job took longer than it may */
  | 'silent'
  | 'memory'
  /** the library or the engine under it gave up */
  | 'crash'
  /** somebody else ended it, again and again */
  | 'killed'
  | 'not-started'

export class Ended extends Error {
  override readonly name = 'Ended'
  constructor(
    readonly how: EndedHow,
    /** for the log */
    readonly last: string
  ) {
    super(`the process has ended: ${how}${last === '' ? '' : ` (${last})`}`)
  }
}
