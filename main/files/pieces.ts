// The bytes of a file, piece by piece, in two memories that take turns: the next piece is read while one is worked on. Fresh
// memory for each would lie about until somebody clears it away, which is tens of megabytes for a large file.
import type { FileHandle } from 'node:fs/promises'
import { openOrdinary } from './ordinary-file'

/** A piece is over when the next one is asked for. Throws NOT_A_FILE, or what the system says. */
export async function* piecesOf(file: string, size = 1 << 20): AsyncGenerator<Buffer> {
  const handle = await openOrdinary(file)
  const memories = [Buffer.allocUnsafeSlow(size), Buffer.allocUnsafeSlow(size)] as const
  let coming = pieceIn(handle, memories[0])
  try {
    for (let next: 0 | 1 = 1; ; next = next === 0 ? 1 : 0) {
      const piece = await coming
      if (piece.length === 0) return
      coming = pieceIn(handle, memories[next])
      yield piece
    }
  } finally {
    // nothing comes into a memory that is gone
    await coming.catch(() => undefined)
    await handle.close()
  }
}

function pieceIn(handle: FileHandle, bytes: Buffer): Promise<Buffer> {
  const piece = handle
    .read(bytes, 0, bytes.length, null)
    .then(({ bytesRead }) => bytes.subarray(0, bytesRead))
  // whoever asks for the piece is told
  piece.catch(() => undefined)
  return piece
}
