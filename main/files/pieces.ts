// The bytes of a file, piece by piece, in one and the same memory: fresh memory for each would lie about until somebody
// clears it away, which is tens of megabytes for a large file.
import { open } from 'node:fs/promises'

/** A piece is over when the next one is asked for. Throws what the system says. */
export async function* piecesOf(file: string, size = 1 << 20): AsyncGenerator<Buffer> {
  const handle = await open(file)
  try {
    const bytes = Buffer.allocUnsafeSlow(size)
    for (;;) {
      const { bytesRead } = await handle.read(bytes, 0, size, null)
      if (bytesRead === 0) return
      yield bytes.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}
