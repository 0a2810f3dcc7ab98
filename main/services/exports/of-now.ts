// Whether what was exported of a run is what the run has learnt as it is now: one that was ended, exported and went on is another
// since.
import { resultMarks } from '../runs/tuned-model'
import type { KeptExport } from './export-ledger'

/** Those of them that are. learntUntil: when the run last learnt, ISO; older exports keep no mark, and are told by it alone. */
export async function exportsOfNow(
  runDir: string,
  exports: readonly KeptExport[],
  learntUntil: () => Promise<string | null>
): Promise<readonly KeptExport[]> {
  if (exports.length === 0) return []
  const [mark] = (await resultMarks(runDir).catch(() => null)) ?? []
  const isMarked = (kept: KeptExport): boolean => mark !== undefined && kept.mark !== undefined
  const until = exports.every(isMarked) ? null : await learntUntil()
  return exports.filter((kept) =>
    isMarked(kept) ? kept.mark === mark : until === null || kept.finishedAt >= until
  )
}
