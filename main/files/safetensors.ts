// The header of a safetensors file: which tensors it holds and where. The engine reads models by itself; this is
// for what the host looks at. Every number in it may come from a stranger and is checked.
import { open, type FileHandle } from 'node:fs/promises'
import { jsonMembers } from './json-members'

export interface TensorPlace {
  readonly dtype: string
  readonly shape: readonly number[]
  /** bytes from the beginning of the file */
  readonly from: number
  readonly to: number
}

/** eight bytes of length come first */
export const lengthBytes = 8
const mostHeaderBytes = 64 * 1024 * 1024

/** of one tensor, characters */
const longestEntry = 4096

interface Entry {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

/** null: it is no safetensors file, or not all of it. */
export async function readTensorPlaces(handle: FileHandle): Promise<ReadonlyMap<string, TensorPlace> | null> {
  const { size } = await handle.stat()
  const length = Number((await readAt(handle, 0, lengthBytes))?.readBigUInt64LE() ?? NaN)
  if (!(length <= mostHeaderBytes && lengthBytes + length <= size)) return null
  const text = await readAt(handle, lengthBytes, length)
  const start = lengthBytes + length
  const places = new Map<string, TensorPlace>()
  try {
    for await (const lot of jsonMembers(text?.toString('utf8') ?? ''))
      for (const { key: name, value } of lot) {
        if (name === '__metadata__') continue
        if (value.length > longestEntry) return null
        const { dtype, shape, data_offsets: range } = JSON.parse(value) as Entry
        const [from, to] = [start + range[0], start + range[1]]
        if (!(start <= from && from <= to && to <= size)) return null
        places.set(name, { dtype, shape, from, to })
      }
  } catch {
    return null
  }
  return places
}

/** Of a file that may not even open. */
export async function tensorPlacesIn(file: string): Promise<ReadonlyMap<string, TensorPlace> | null> {
  const handle = await open(file).catch(() => null)
  try {
    return handle && (await readTensorPlaces(handle))
  } finally {
    await handle?.close()
  }
}

/** In a buffer of its own, so that a typed array may start at its first byte; null: the file ends before. */
export async function readAt(handle: FileHandle, from: number, length: number): Promise<Buffer | null> {
  const bytes = Buffer.allocUnsafeSlow(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, from + done)
    if (bytesRead === 0) return null
    done += bytesRead
  }
  return bytes
}
