// Runs that begin with what another run has learnt whole: they need its folder for as long as they are there.
import { resolve } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { liesIn } from '../../files/within'
import { readJob } from './run-folder'
import type { RunPlace } from './run-view'

/** Throws RUN_NEEDED {runs} where others of these are built on it. nameOf: of a run, as the user knows it. */
export async function checkNothingIsBuiltOn(
  place: RunPlace,
  all: readonly RunPlace[],
  nameOf: (place: RunPlace) => Promise<string>
): Promise<void> {
  const names: string[] = []
  for (const other of all) {
    if (other.dir === place.dir) continue
    // one that cannot be read needs nothing
    const job = await readJob(other.dir).catch(() => null)
    if (!job) continue
    if (liesIn(place.dir, resolve(other.dir, job.open.modelDir))) names.push(await nameOf(other))
  }
  if (names.length > 0) throw new NeiroError('RUN_NEEDED', { runs: names.join(', ') })
}
