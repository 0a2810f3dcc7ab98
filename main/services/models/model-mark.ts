// A mark by which a model is known again in another folder, under another name: of the beginnings, ends and sizes of
// its weights and of its tokenizer. Two models that differ in either have different marks; nobody's name is in it.
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { findWeights } from './model-files'
import { isGguf } from './small-files'

/** bytes looked at of each end of a file: headers and the first and last tensors, of gigabytes of weights */
const looked = 256 * 1024

export async function modelMark(dir: string): Promise<string> {
  const hash = createHash('sha256')
  for (const file of await looksAt(dir)) {
    const handle = await open(file).catch(() => null)
    try {
      const size = (await handle?.stat())?.size ?? 0
      hash.update(`${size}\n`)
      for (const at of [0, Math.max(0, size - looked)]) {
        const found = await handle?.read(Buffer.alloc(looked), 0, looked, at)
        if (found) hash.update(found.buffer.subarray(0, found.bytesRead))
      }
    } finally {
      await handle?.close()
    }
  }
  return hash.digest('hex').slice(0, 32)
}

async function looksAt(place: string): Promise<readonly string[]> {
  if (isGguf(place)) return [place]
  const names = [...(await findWeights(place)), 'tokenizer.json']
  return names.map((name) => join(place, name))
}
