// Which words stand in the files of a folder, byte for byte: as they are, and as JSON writes them. In a longer number, or a longer
// word, stands another one: 1234567 is not in 123456789012.
import type { WrittenValue } from '../../../contract/leak'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** planted: wherever it stands */
export type WantedWord = Pick<WrittenValue, 'kind' | 'words'>

const pieceSize = 4 << 20
/** bytes before a word that say whether it begins there: a letter may be the end of \n */
const around = 2

/** Of these words, those that some file below holds. Files are read piece by piece. */
export async function wordsWritten(dir: string, words: readonly WantedWord[]): Promise<ReadonlySet<string>> {
  const needles = words.flatMap(({ words: word, kind }) =>
    [...new Set([word, JSON.stringify(word).slice(1, -1)])].map((form) => ({
      word,
      isWhole: kind !== 'planted',
      bytes: Buffer.from(form)
    }))
  )
  const longest = needles.reduce((most, { bytes }) => Math.max(most, bytes.length), 1)
  const found = new Set<string>()
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const handle = await open(join(entry.parentPath, entry.name))
    try {
      const bytes = Buffer.allocUnsafe(pieceSize + longest + around)
      for (let kept = 0; ;) {
        const { bytesRead } = await handle.read(bytes, kept, pieceSize)
        const isLast = bytesRead === 0
        const piece = bytes.subarray(0, kept + bytesRead)
        for (const { word, isWhole, bytes: form } of needles)
          if (!found.has(word) && isIn(piece, form, { isLast, isWhole })) found.add(word)
        if (isLast) break
        kept = Math.min(longest + around, piece.length)
        bytes.copyWithin(0, piece.length - kept, piece.length)
      }
    } finally {
      await handle.close()
    }
  }
  return found
}

function isIn(piece: Buffer, form: Buffer, { isLast = true, isWhole = true }): boolean {
  if (!isWhole) return piece.includes(form)
  for (let at = piece.indexOf(form); at >= 0; at = piece.indexOf(form, at + 1)) {
    const end = at + form.length
    // what follows is read with the next piece
    if (end === piece.length && !isLast) return false
    const isEscape = piece[at - 2] === 0x5c && /[bfnrt]/.test(signAt(piece, at - 1))
    const begins = isEscape || !goOn(signAt(piece, at - 1), signAt(piece, at))
    if (begins && !goOn(signAt(piece, end - 1), signAt(piece, end))) return true
  }
  return false
}

const signAt = (piece: Buffer, at: number): string => String.fromCharCode(piece[at] ?? 0)

/** Two signs of one number, or of one word of plain letters. */
const goOn = (one: string, next: string): boolean =>
  (/\d/.test(one) && /\d/.test(next)) || (/[a-z]/i.test(one) && /[a-z]/i.test(next))

/** The same of a text. */
export const stands = (text: string, { words, kind }: WantedWord): boolean =>
  text.includes(words) && isIn(Buffer.from(text), Buffer.from(words), { isWhole: kind !== 'planted' })
