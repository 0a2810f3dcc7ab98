// The lines of a file that somebody else may still be writing, with the byte at which each ends. At its end it waits until
// there is more, or nothing more will come.
import { open, type FileHandle } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { textOfUtf8 } from '../../../files/utf8'

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
  for await (const { bytes, at } of wholeLines(file, isEnded, lastLine)) {
    const lines: WrittenLine[] = []
    for (let from = 0; from < bytes.length;) {
      const end = endOfLine(bytes, from)
      lines.push({ text: bytes.toString('utf8', from, end), end: at + end + 1 })
      from = end + 1
    }
    yield lines
  }
}

/** The same for whoever keeps none of the texts: each is a part of one that holds all lines of its piece, which is decoded
 *  at once. */
export async function* linesPassing(
  file: string,
  isEnded: () => boolean | Promise<boolean>
): AsyncGenerator<readonly WrittenLine[]> {
  for await (const { bytes, at } of wholeLines(file, isEnded, 'torn')) {
    const all = textOfUtf8(bytes) ?? bytes.toString()
    const lines: WrittenLine[] = []
    let start = 0
    for (let from = 0; from < bytes.length;) {
      const end = endOfLine(bytes, from)
      const textEnd = all.indexOf('\n', start)
      lines.push({ text: all.slice(start, textEnd), end: at + end + 1 })
      start = textEnd + 1
      from = end + 1
    }
    yield lines
  }
}

function endOfLine(bytes: Buffer, from: number): number {
  const feed = bytes.indexOf(10, from)
  return feed < 0 ? bytes.length : feed
}

/** What is written of a file, cut behind line ends. at: where the piece begins, in bytes of the file. A piece is over when
 *  the next one is asked for. */
async function* wholeLines(
  file: string,
  isEnded: () => boolean | Promise<boolean>,
  lastLine: 'torn' | 'whole'
): AsyncGenerator<{ readonly bytes: Buffer; readonly at: number }> {
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
          if (lastLine === 'whole' && kept > 0) yield { bytes: bytes.subarray(0, kept), at }
          return
        }
        await sleep(waitMs)
        continue
      }
      const end = kept + bytesRead
      const last = bytes.subarray(kept, end).lastIndexOf(10)
      const whole = last < 0 ? 0 : kept + last + 1
      if (whole > 0) yield { bytes: bytes.subarray(0, whole), at }
      bytes.copyWithin(0, whole, end)
      kept = end - whole
      at += whole
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
