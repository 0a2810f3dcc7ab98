// What a run kept out of its training: the questions that it can be held to.
import { NeiroError } from '../../contract/errors'
import type { Example } from '../../contract/records'
import { readKept } from '../runs/run-data'

/** What a run kept out. NO_HELD_OUT, or HELD_OUT_NOT_KEPT where its folder does not say what that was. */
export async function heldOutOf(runDir: string): Promise<readonly Example[]> {
  const kept = await readKept(runDir, 'held-out')
  if (kept === null) throw new NeiroError('HELD_OUT_NOT_KEPT')
  if (kept.length === 0) throw new NeiroError('NO_HELD_OUT')
  return kept
}
