// The head of a stranger's GGUF file: its keys and values, within limits, for the workshop alone. Where tensors lie is
// the engine's to read.
import { isUtf8 } from 'node:buffer'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { NeiroError } from '../../../contract/errors'
import { ggufMagic, ggufValueTypes } from './format'

export type GgufScalar = number | boolean | string
export type GgufValue = GgufScalar | readonly GgufScalar[]
export type GgufHead = ReadonlyMap<string, GgufValue>

const mostEntries = 65_536
const mostKey = 1024
const mostText = 16 * 2 ** 20
const mostItems = 8 * 2 ** 20
const mostBytes = 512 * 2 ** 20
/** read at a time */
const piece = 4 * 2 ** 20
const { array, text: textType } = ggufValueTypes

/** Throws BROKEN_GGUF, GGUF_VERSION, FILE_TRUNCATED, LFS_POINTER, MODEL_NOT_READABLE. */
export function readGgufHead(file: string): GgufHead {
  let handle: number
  try {
    handle = openSync(file, 'r')
  } catch (error) {
    throw new NeiroError('MODEL_NOT_READABLE', { file, reason: (error as NodeJS.ErrnoException).code ?? '' })
  }
  try {
    return new Reader(file, handle).head()
  } finally {
    closeSync(handle)
  }
}

class Reader {
  readonly #size: number
  #bytes = Buffer.alloc(0)
  /** of #bytes in the file, and what was read of them */
  #from = 0
  #at = 0

  constructor(
    private readonly file: string,
    private readonly handle: number
  ) {
    this.#size = fstatSync(handle).size
  }

  head(): GgufHead {
    const start = this.#take(Math.min(this.#size, 24)).toString('latin1')
    if (start.startsWith('version https://git-lfs')) throw new NeiroError('LFS_POINTER', { file: this.file })
    if (!start.startsWith(ggufMagic)) this.#fail('it does not begin with GGUF')
    this.#at = ggufMagic.length
    const version = this.#take(4).readUInt32LE()
    if (version !== 2 && version !== 3) {
      const turned = version > 0 && (version & 0xffffff) === 0
      throw new NeiroError('GGUF_VERSION', {
        file: this.file,
        version: turned ? `${version >>> 24}, big-endian` : String(version)
      })
    }
    this.#take(8)
    const entries = this.#count(mostEntries, 'entries')
    const head = new Map<string, GgufValue>()
    for (let i = 0; i < entries; i++) {
      const key = this.#text(mostKey)
      if (head.has(key)) this.#fail(`"${key}" stands twice`)
      head.set(key, this.#value())
    }
    return head
  }

  #value(): GgufValue {
    const type = this.#take(4).readUInt32LE()
    if (type !== array) return this.#scalar(type)
    const item = this.#take(4).readUInt32LE()
    const count = this.#count(mostItems, 'values in a list')
    const list: GgufScalar[] = []
    for (let i = 0; i < count; i++) list.push(this.#scalar(item))
    return list
  }

  #scalar(type: number): GgufScalar {
    switch (type) {
      case ggufValueTypes.u8:
        return this.#take(1).readUInt8()
      case ggufValueTypes.i8:
        return this.#take(1).readInt8()
      case ggufValueTypes.bool:
        return this.#take(1).readUInt8() !== 0
      case ggufValueTypes.u16:
        return this.#take(2).readUInt16LE()
      case ggufValueTypes.i16:
        return this.#take(2).readInt16LE()
      case ggufValueTypes.u32:
        return this.#take(4).readUInt32LE()
      case ggufValueTypes.i32:
        return this.#take(4).readInt32LE()
      case ggufValueTypes.f32:
        return this.#take(4).readFloatLE()
      case ggufValueTypes.u64:
        return Number(this.#take(8).readBigUInt64LE())
      case ggufValueTypes.i64:
        return Number(this.#take(8).readBigInt64LE())
      case ggufValueTypes.f64:
        return this.#take(8).readDoubleLE()
      case textType:
        return this.#text(mostText)
      default:
        return this.#fail(`a value of the unknown kind ${type}`)
    }
  }

  #text(most: number): string {
    const bytes = this.#take(this.#count(most, 'bytes of a text'))
    if (!isUtf8(bytes)) this.#fail('a text that is not UTF-8')
    return bytes.toString('utf8')
  }

  #count(most: number, what: string): number {
    const count = this.#take(8).readBigUInt64LE()
    if (count > BigInt(most)) this.#fail(`${count} ${what}`)
    return Number(count)
  }

  /** The next bytes: a view that holds until the next call. */
  #take(count: number): Buffer {
    const place = this.#from + this.#at
    if (place + count > this.#size)
      throw new NeiroError('FILE_TRUNCATED', {
        file: this.file,
        expected: String(place + count),
        actual: String(this.#size)
      })
    if (place + count > mostBytes) this.#fail('a head that is too long')
    if (this.#at + count > this.#bytes.length) {
      const length = Math.min(Math.max(piece, count), this.#size - place)
      this.#bytes = Buffer.alloc(length)
      const read = readSync(this.handle, this.#bytes, 0, length, place)
      if (read < count) this.#fail('an end while it was read')
      this.#bytes = this.#bytes.subarray(0, read)
      this.#from = place
      this.#at = 0
    }
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }

  #fail(reason: string): never {
    throw new NeiroError('BROKEN_GGUF', {
      file: this.file,
      reason: `${reason}, byte ${this.#from + this.#at}`
    })
  }
}
