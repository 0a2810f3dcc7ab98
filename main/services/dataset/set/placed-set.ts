// Where everything of a set is: each row that was read has a place that no change moves (the examples of a file, then its
// refused rows, file after file), and the examples of the set are some of these places, in order.
import type { Example } from '../../../contract/records'
import type { KeptFile } from '../kept/kept-file'
import { Pauses } from '../../reading/pauses'
import { changesOf, type Changes } from './changes'
import type { SetSource } from './kept-set'
import { normaliseExample } from './normalise'
import type { PlacedFile } from './placed-file'

export class PlacedSet {
  private constructor(
    readonly source: SetSource,
    readonly files: readonly PlacedFile[],
    readonly changes: Changes,
    /** of the examples of the set, in order */
    readonly places: Uint32Array
  ) {}

  static async make(source: SetSource, kept: readonly KeptFile[]): Promise<PlacedSet> {
    let base = 0
    const files = source.files.map((one, i): PlacedFile => {
      const file = kept[i] as KeptFile
      const refusedBase = base + file.examples
      const own = { ...one, file, base, refusedBase, end: refusedBase + file.refused }
      base = own.end
      return own
    })
    const changes = await changesOf(source.edits, source.repairs ?? [], files)
    const most = files.reduce((sum, { file }) => sum + file.examples, changes.putRight.length)
    const places = new Uint32Array(most)
    const pauses = new Pauses()
    let count = 0
    for (const { base, refusedBase, end } of files) {
      for (let place = base; place < refusedBase; place++) {
        if (!changes.removed.has(place)) places[count++] = place
        if (place % 10_000 === 0) await pauses.whenDue()
      }
      for (const place of changes.putRight)
        if (place >= refusedBase && place < end && !changes.removed.has(place)) places[count++] = place
    }
    return new PlacedSet(source, files, changes, places.subarray(0, count))
  }

  /** Where in the set this place is, or would be. */
  positionOf(place: number): number {
    let low = 0
    let high = this.places.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.places[middle] as number) < place) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Positions of a file's examples in the set. */
  rangeOf({ base, end }: PlacedFile): { readonly from: number; readonly to: number } {
    return { from: this.positionOf(base), to: this.positionOf(end) }
  }

  /** The example of this place as it is learnt. */
  learnt(place: number, example: Example): Example {
    const mends = this.changes.mends.get(place) ?? []
    const mended = mends.reduce((one, { change }) => change(one), example)
    return normaliseExample(mended, this.source.normalisations)
  }
}
