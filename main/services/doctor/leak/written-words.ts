// Which words stand in the files of a folder, byte for byte: as they are, and as JSON writes them.
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

const pieceSize = 4 << 20

/** Of these words, those that some file below holds. Files are read piece by piece. */
export async function wordsWritten(dir: string, words: readonly string[]): Promise<ReadonlySet<string>> {
  const needles = words.flatMap((word) =>
    [...new Set([word, JSON.stringify(word).slice(1, -1)])].map((form) => ({
      word,
      bytes: Buffer.from(form)
    }))
  )
  const longest = needles.reduce((most, { bytes }) => Math.max(most, bytes.length), 1)
  const found = new Set<string>()
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const handle = await open(join(entry.parentPath, entry.name))
    try {
      const bytes = Buffer.allocUnsafe(pieceSize + longest)
      for (let kept = 0; ;) {
        const { bytesRead } = await handle.read(bytes, kept, pieceSize)
        if (bytesRead === 0) break
        const piece = bytes.subarray(0, kept + bytesRead)
        for (const { word, bytes: form } of needles)
          if (!found.has(word) && piece.includes(form)) found.add(word)
        kept = Math.min(longest - 1, piece.length)
        bytes.copyWithin(0, piece.length - kept, piece.length)
      }
    } finally {
      await handle.close()
    }
  }
  return found
}
