// Calls while the storage place is being moved: what would write there for long has to wait for the end of the move,
// everything else only for its last moment.
import type { CallName } from '../contract/channels'
import { NeiroError } from '../contract/errors'
import type { StorageMove } from '../services/storage/storage-move'
import { longCalls } from './activity'

const others: ReadonlySet<CallName> = new Set<CallName>([
  'runs.resumeRun',
  'runs.stopRun',
  'sweep.resume',
  'models.fetch',
  'models.resumeFetch',
  'models.moveStore',
  'models.emptyStore',
  'models.deleteFiles',
  'api.start'
])

/** Throws STORAGE_MOVING. */
export async function admitWhileMoving(
  name: CallName,
  move: Pick<StorageMove, 'going' | 'lastMoment'>
): Promise<void> {
  if (!move.going || name.startsWith('storage.') || name.startsWith('app.')) return
  if (longCalls.has(name) || others.has(name)) throw new NeiroError('STORAGE_MOVING')
  await move.lastMoment
}
