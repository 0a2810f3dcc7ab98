// A kept folder opened, or its index made while its lines are written. What is not whole is KEPT_BROKEN.
import { buildIndex } from './build-index'
import { orBroken } from './kept-broken'
import { KeptFile } from './kept-file'
import { loadIndex } from './kept-index'

export const openKept = (dir: string): Promise<KeptFile> =>
  orBroken(dir, async () => new KeptFile(dir, await loadIndex(dir)))

/** Ends when whoever writes the lines has ended. signal: nobody wants it any more. */
export const indexKept = (dir: string, signal?: AbortSignal): Promise<void> =>
  orBroken(dir, () => buildIndex(dir, signal))
