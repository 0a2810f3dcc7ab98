// A zip file (xlsx and docx are such files): its entries by name, and each as a stream of bytes that never
// grows beyond its bound. Reads only what is asked for; knows nothing of what the entries mean.
import type { FileHandle } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { openOrdinary } from '../../../files/ordinary-file'
import { limits } from '../limits'

/** Why a zip file cannot be read; the caller names the file. */
export class ZipProblem extends Error {
  constructor(
    readonly kind: 'broken' | 'too-large' | 'encrypted',
    message: string
  ) {
    super(message)
  }
}

export interface ZipEntry {
  readonly name: string
  /** 0 = stored, 8 = deflated */
  readonly method: number
  readonly packedSize: number
  /** of the local header, from the start of the file */
  readonly offset: number
}

const endMark = 0x06054b50
const end64Mark = 0x06064b50
const locator64Mark = 0x07064b50
const entryMark = 0x02014b50
const localMark = 0x04034b50

export class ZipFile {
  private constructor(
    private readonly handle: FileHandle,
    readonly entries: ReadonlyMap<string, ZipEntry>
  ) {}

  /** Throws ZipProblem where the file is no zip file, or its directory makes no sense. */
  static async open(path: string): Promise<ZipFile> {
    const handle = await openOrdinary(path)
    try {
      return new ZipFile(handle, await readDirectory(handle))
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  close(): Promise<void> {
    return this.handle.close()
  }

  /** The bytes of an entry, unpacked piece by piece. */
  async *read(entry: ZipEntry): AsyncGenerator<Buffer> {
    const start = entry.offset + (await this.headerLength(entry))
    const limit = Math.min(limits.partSize, Math.max(limits.freeSize, entry.packedSize * limits.packedTimes))
    let size = 0
    for await (const piece of this.unpacked(entry, start)) {
      size += piece.length
      if (size > limit) throw new ZipProblem('too-large', `${entry.name} unpacks to more than ${limit} bytes`)
      yield piece
    }
  }

  private async *unpacked(entry: ZipEntry, start: number): AsyncGenerator<Buffer> {
    if (entry.packedSize === 0) return
    const packed = this.packedBytes(start, entry.packedSize)
    if (entry.method === 0) {
      yield* packed
      return
    }
    if (entry.method !== 8) throw new ZipProblem('broken', `${entry.name} is packed in an unknown way`)
    yield* inflated(packed, entry.name)
  }

  private async *packedBytes(start: number, length: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < length;) {
      const buffer = Buffer.allocUnsafe(Math.min(1 << 16, length - at))
      const { bytesRead } = await this.handle.read(buffer, 0, buffer.length, start + at)
      if (bytesRead === 0) throw new ZipProblem('broken', 'the file breaks off')
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  }

  /** The local header repeats the name and may have an extra part of another length than the directory's. */
  private async headerLength(entry: ZipEntry): Promise<number> {
    const header = await readAt(this.handle, entry.offset, 30)
    if (header.readUInt32LE(0) !== localMark)
      throw new ZipProblem('broken', `${entry.name} is not where it should be`)
    return 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  }
}

async function* inflated(packed: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  // whoever stops asking closes both ends
  const unpacked = pipeline(Readable.from(packed), createInflateRaw({ chunkSize: 1 << 16 }), () => {})
  try {
    for await (const piece of unpacked) yield piece as Buffer
  } catch (error) {
    if (error instanceof ZipProblem) throw error
    throw new ZipProblem('broken', `${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function readDirectory(handle: FileHandle): Promise<ReadonlyMap<string, ZipEntry>> {
  const { size } = await handle.stat()
  const tail = await readAt(handle, Math.max(0, size - 65_557), Math.min(size, 65_557))
  const end = findEnd(tail)
  if (end < 0) throw new ZipProblem('broken', 'no zip directory at the end of the file')
  const directory = await placeOfDirectory(handle, tail, end, Math.max(0, size - 65_557))
  if (directory.length > limits.directory)
    throw new ZipProblem('too-large', 'the directory is larger than any honest one')
  if (directory.start + directory.length > size)
    throw new ZipProblem('broken', 'the directory lies outside the file')
  return entriesOf(await readAt(handle, directory.start, directory.length))
}

function findEnd(tail: Buffer): number {
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) === endMark) return at
  }
  return -1
}

async function placeOfDirectory(
  handle: FileHandle,
  tail: Buffer,
  end: number,
  tailStart: number
): Promise<{ start: number; length: number }> {
  const length = tail.readUInt32LE(end + 12)
  const start = tail.readUInt32LE(end + 16)
  if (start !== 0xffffffff && length !== 0xffffffff) return { start, length }
  const locator = end - 20
  if (locator < 0 || tail.readUInt32LE(locator) !== locator64Mark)
    throw new ZipProblem('broken', 'no zip64 directory')
  const at = Number(tail.readBigUInt64LE(locator + 8))
  if (at + 56 > tailStart + end) throw new ZipProblem('broken', 'the zip64 directory lies outside the file')
  const end64 = await readAt(handle, at, 56)
  if (end64.readUInt32LE(0) !== end64Mark) throw new ZipProblem('broken', 'no zip64 directory')
  return { start: Number(end64.readBigUInt64LE(48)), length: Number(end64.readBigUInt64LE(40)) }
}

function entriesOf(directory: Buffer): ReadonlyMap<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>()
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === entryMark;) {
    const nameLength = directory.readUInt16LE(at + 28)
    const extraLength = directory.readUInt16LE(at + 30)
    const behind = at + 46 + nameLength + extraLength + directory.readUInt16LE(at + 32)
    if (behind > directory.length) throw new ZipProblem('broken', 'the directory breaks off')
    if ((directory.readUInt16LE(at + 8) & 1) !== 0)
      throw new ZipProblem('encrypted', 'the entries are encrypted')
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/')
    const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength)
    const [packedSize, offset] = sizesOf(directory, at, extra)
    if (entries.size >= limits.parts) throw new ZipProblem('too-large', 'more parts than any honest file has')
    entries.set(name, { name, method: directory.readUInt16LE(at + 10), packedSize, offset })
    at = behind
  }
  return entries
}

/** Sizes and places over 4 GB stand in an extra field, in this order, only those that do not fit. */
function sizesOf(directory: Buffer, at: number, extra: Buffer): [packedSize: number, offset: number] {
  const small = [24, 20, 42].map((field) => directory.readUInt32LE(at + field))
  const large = fieldOf(extra, 1)
  let next = 0
  const [, packedSize = 0, offset = 0] = small.map((value) => {
    if (value !== 0xffffffff || !large || next + 8 > large.length) return value
    next += 8
    return Number(large.readBigUInt64LE(next - 8))
  })
  return [packedSize, offset]
}

function fieldOf(extra: Buffer, wanted: number): Buffer | null {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === wanted) return extra.subarray(at + 4, at + 4 + length)
    at += 4 + length
  }
  return null
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await handle.read(buffer, 0, length, position)
  if (bytesRead < length) throw new ZipProblem('broken', 'the file breaks off')
  return buffer
}
