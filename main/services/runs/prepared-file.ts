// Writes tokenised examples as a safetensors file: tokens I32 [N], labels I32 [N], offsets I64 [examples + 1].
// Read by the trainer (prepared-data.ts); see PreparedData of the protocol.
import { open } from 'node:fs/promises'
import { endianness } from 'node:os'
import type { TokenExample } from '../../batches/example-set'

export async function writePrepared(file: string, examples: readonly TokenExample[]): Promise<void> {
  // safetensors is little-endian, and so is every machine this runs on
  if (endianness() !== 'LE') throw new Error('big-endian machines are not supported')
  const offsets = new BigInt64Array(examples.length + 1)
  examples.forEach(({ tokens }, index) => {
    offsets[index + 1] = (offsets[index] as bigint) + BigInt(tokens.length)
  })
  const total = Number(offsets.at(-1))
  const header = headerBytes(total, offsets.length)
  const handle = await open(file, 'wx')
  try {
    await handle.writeFile(header)
    await handle.writeFile(bytesOf(offsets))
    for (const part of ['tokens', 'labels'] as const) {
      const all = new Int32Array(total)
      examples.forEach((example, index) => all.set(example[part], Number(offsets[index])))
      await handle.writeFile(bytesOf(all))
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Eight bytes of length, then JSON padded with spaces, so that the tensors start on a multiple of eight. */
function headerBytes(tokens: number, offsets: number): Uint8Array {
  let end = 0
  const tensor = (dtype: 'I32' | 'I64', length: number): object => {
    const first = end
    end += length * (dtype === 'I32' ? 4 : 8)
    return { dtype, shape: [length], data_offsets: [first, end] }
  }
  // the widest first keeps every tensor aligned
  const json = JSON.stringify({
    offsets: tensor('I64', offsets),
    tokens: tensor('I32', tokens),
    labels: tensor('I32', tokens)
  })
  const text = new TextEncoder().encode(json.padEnd(Math.ceil(json.length / 8) * 8))
  const header = new Uint8Array(8 + text.length)
  new DataView(header.buffer).setBigUint64(0, BigInt(text.length), true)
  header.set(text, 8)
  return header
}

const bytesOf = (values: Int32Array | BigInt64Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

/** Tokens of each example of such a file, from its header and offsets alone. */
export async function preparedLengths(file: string): Promise<readonly number[]> {
  const handle = await open(file)
  try {
    const read = async (from: number, length: number): Promise<Buffer> =>
      (await handle.read(Buffer.alloc(length), 0, length, from)).buffer
    const start = 8 + Number((await read(0, 8)).readBigUInt64LE())
    const header = JSON.parse((await read(8, start - 8)).toString('utf8')) as {
      offsets: { data_offsets: [number, number] }
    }
    const [from, to] = header.offsets.data_offsets
    const bytes = await read(start + from, to - from)
    const offsets = Array.from({ length: bytes.length / 8 }, (_, at) => Number(bytes.readBigInt64LE(at * 8)))
    return offsets.slice(1).map((end, at) => end - (offsets[at] as number))
  } finally {
    await handle.close()
  }
}
