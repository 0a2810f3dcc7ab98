// A file read into a folder whose index is made while the lines come.
import type { ReadHead } from '../kept/kept-head'
import type { Keeper } from './kept-set'

/** read writes the lines. Rejects with what read throws, before the index is waited for any longer; likewise when nobody
 *  wants it any more. */
export async function indexWhileRead(
  keeper: Keeper,
  into: string,
  read: () => Promise<ReadHead>,
  signal?: AbortSignal
): Promise<ReadHead> {
  const failed = new AbortController()
  const indexed = keeper.index(into, signal ? AbortSignal.any([signal, failed.signal]) : failed.signal)
  indexed.catch(() => undefined)
  try {
    const head = await read()
    await indexed
    return head
  } catch (error) {
    failed.abort(error)
    await indexed.catch(() => undefined)
    throw error
  }
}
