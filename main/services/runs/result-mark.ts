// What the weights of a result are told by: the same for the same weights, wherever they lie and whenever they were written. So
// that answers, votes and exports stay with the state of a run that they are of, and with no other.
import { createHash } from 'node:crypto'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** pieces of a file that are looked at, spread over it: what has learnt differs nearly everywhere */
const pieces = 16
const pieceSize = 16_384

/** By folder, while its files are the ones that were read. */
const known = new Map<string, { readonly files: string; readonly mark: string }>()

/** '' where there is none. */
export async function weightsMark(dir: string | null): Promise<string> {
  if (dir === null) return ''
  const names = (await readdir(dir)).filter((name) => name.endsWith('.safetensors')).sort()
  const facts = await Promise.all(
    names.map(async (name) => ({ name, ...timed(await stat(join(dir, name))) }))
  )
  const files = JSON.stringify(facts)
  const last = known.get(dir)
  if (last?.files === files) return last.mark
  const hash = createHash('sha256')
  for (const { name, size } of facts) {
    hash.update(`\n${name} ${size}\n`)
    await addPieces(hash, join(dir, name), size)
  }
  const mark = hash.digest('hex').slice(0, 32)
  known.set(dir, { files, mark })
  return mark
}

const timed = ({ size, mtimeMs }: { readonly size: number; readonly mtimeMs: number }) => ({ size, mtimeMs })

async function addPieces(hash: ReturnType<typeof createHash>, file: string, size: number): Promise<void> {
  const handle = await open(file)
  try {
    const bytes = Buffer.alloc(pieceSize)
    const step = Math.max(pieceSize, Math.floor((size - pieceSize) / (pieces - 1)))
    for (let at = 0; at < size; at += step) {
      const { bytesRead } = await handle.read(bytes, 0, pieceSize, at)
      hash.update(bytes.subarray(0, bytesRead))
    }
  } finally {
    await handle.close()
  }
}
