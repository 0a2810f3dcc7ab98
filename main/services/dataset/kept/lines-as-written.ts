// The lines of a file that somebody else may still be writing, with the byte at which each ends. At its end it waits until
// there is more, or nothing more will come.
import { open, type FileHandle } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** bytes: few lines at once, so that none outlives many others */
const pieceSize = 1 << 18
const waitMs = 15

export interface WrittenLine {
  readonly text: string
  /** behind its line feed, in bytes of the file */
  readonly end: number
}

/** isEnded: asked before each look, so that what was written before it is still read. lastLine: without an end it is torn
 *  and none, or it is one all the same. */
export async function* linesAsWritten(
  file: string,
  isEnded: () => boolean | Promise<boolean>,
  lastLine: 'torn' | 'whole' = 'torn'
): AsyncGenerator<readonly WrittenLine[]> {
  const handle = await opened(file, isEnded)
  if (!handle) return
  try {
    let bytes = Buffer.allocUnsafe(2 * pieceSize)
    let kept = 0
    let at = 0
    for (;;) {
      const ended = await isEnded()
      if (bytes.length - kept < pieceSize) {
        const larger = Buffer.allocUnsafe(2 * bytes.length)
        bytes.copy(larger, 0, 0, kept)
        bytes = larger
      }
      const { bytesRead } = await handle.read(bytes, kept, pieceSize, at + kept)
      if (bytesRead === 0) {
        if (ended) {
          if (lastLine === 'whole' && kept > 0)
            yield [{ text: bytes.toString('utf8', 0, kept), end: at + kept }]
          return
        }
        await sleep(waitMs)
        continue
      }
      const end = kept + bytesRead
      const lines: WrittenLine[] = []
      let from = 0
      for (let feed = bytes.indexOf(10, kept); feed >= 0 && feed < end; feed = bytes.indexOf(10, from)) {
        lines.push({ text: bytes.toString('utf8', from, feed), end: at + feed + 1 })
        from = feed + 1
      }
      bytes.copyWithin(0, from, end)
      kept = end - from
      at += from
      if (lines.length > 0) yield lines
    }
  } finally {
    await handle.close()
  }
}

async function opened(file: string, isEnded: () => boolean | Promise<boolean>): Promise<FileHandle | null> {
  for (;;) {
    const ended = await isEnded()
    try {
      return await open(file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      if (ended) return null
      await sleep(waitMs)
    }
  }
}
