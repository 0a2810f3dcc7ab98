// How much of what files hold may lie in memory at once, for those who look at all of it together: an evaluation, advice,
// documents that are looked through. More is a sentence before the memory is full; a training reads lot by lot instead.
import { NeiroError } from '../../../contract/errors'
import { kindOf } from '../kinds'
import type { ReadPiece } from './read-table'

/** Characters, with something for each row: about half a gigabyte as objects, and weeks of answers. */
export const mostInMemory = 64_000_000
const eachWeighs = 200

export class MemoryRoom {
  #left: number

  constructor(
    private readonly file: string,
    /** absent: as much as there is */
    most = Infinity
  ) {
    this.#left = most
  }

  /** Throws MORE_THAN_FITS. */
  take({ examples, refused }: ReadPiece): void {
    for (const example of examples)
      this.#left -= kindOf(example)
        .texts(example)
        .reduce((sum, { length }) => sum + length, eachWeighs)
    for (const { excerpt } of refused) this.#left -= eachWeighs + excerpt.length
    if (this.#left < 0)
      throw new NeiroError('MORE_THAN_FITS', { file: this.file, most: String(mostInMemory) })
  }

  get left(): number {
    return this.#left
  }
}
