// The head of a stranger's GGUF file: every kind of value is read as it was written; what is cut, wrong or endless has its
// word, and no length that a file claims is believed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readGgufHead } from '../../../../main/services/tokens/gguf/read-head'
import { GgufBytes } from '../../../fixtures/gguf-bytes'

const place = mkdtempSync(join(tmpdir(), 'gguf-heads-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))
const file = join(place, 'a.gguf')

const head = (bytes: Buffer): ReadonlyMap<string, unknown> => {
  writeFileSync(file, bytes)
  return readGgufHead(file)
}
const codeOf = (bytes: Buffer): string => {
  try {
    head(bytes)
    return ''
  } catch (error) {
    return (error as { code: string }).code
  }
}

const whole = (): GgufBytes =>
  new GgufBytes()
    .entry('u8', 0, 200)
    .entry('i8', 1, -100)
    .entry('u16', 2, 65_000)
    .entry('i16', 3, -32_000)
    .entry('u32', 4, 4e9)
    .entry('i32', 5, -2e9)
    .entry('f32', 6, 0.5)
    .entry('bool', 7, 1)
    .entry('text', 8, '日本語')
    .entry('u64', 10, 2 ** 40)
    .entry('i64', 11, -(2 ** 40))
    .entry('f64', 12, 1 / 3)
    .list('texts', 8, ['a', '', 'い'])
    .list('numbers', 5, [1, -2, 3])

describe('a head', () => {
  test.each([2, 3])('of version %i gives every kind of value', (version) => {
    expect(Object.fromEntries(head(whole().bytes({ version })))).toEqual({
      ...{ u8: 200, i8: -100, u16: 65_000, i16: -32_000, u32: 4e9, i32: -2e9, f32: 0.5, bool: true },
      ...{ text: '日本語', u64: 2 ** 40, i64: -(2 ** 40), f64: 1 / 3 },
      ...{ texts: ['a', '', 'い'], numbers: [1, -2, 3] }
    })
  })

  test('cut anywhere is refused with one word', () => {
    const bytes = whole().bytes()
    const sizes = Array.from({ length: bytes.length }, (_, size) => size).filter(
      (size) => size < 40 || size % 7 === 0
    )
    const codes = new Set(sizes.map((size) => codeOf(bytes.subarray(0, size))))
    expect([...codes].sort()).toEqual(['BROKEN_GGUF', 'FILE_TRUNCATED'])
  })

  test('with any byte turned is read or refused, and never waits or grows', () => {
    const bytes = whole().bytes()
    for (let at = 0; at < bytes.length; at += 2) {
      const turned = Buffer.from(bytes)
      turned[at] = (turned[at] ?? 0) ^ 0xff
      expect(['', 'BROKEN_GGUF', 'FILE_TRUNCATED', 'GGUF_VERSION']).toContain(codeOf(turned))
    }
  })
})

describe('refused by name', () => {
  const one = (): GgufBytes => new GgufBytes().entry('a', 4, 1)
  test.each([
    ['another file', Buffer.from('PK\u0003\u0004 not a model, but long enough to be one'), 'BROKEN_GGUF'],
    ['an empty one', Buffer.alloc(0), 'BROKEN_GGUF'],
    [
      'a pointer of Git LFS',
      Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0\n'),
      'LFS_POINTER'
    ],
    ['version 1', one().bytes({ version: 1 }), 'GGUF_VERSION'],
    ['a version that is to come', one().bytes({ version: 4 }), 'GGUF_VERSION'],
    ['numbers turned round', one().bytes({ version: 3 << 24 }), 'GGUF_VERSION'],
    ['more entries than any', one().bytes({ entries: 2n ** 60n }), 'BROKEN_GGUF'],
    ['more entries than there are', one().bytes({ entries: 2n }), 'FILE_TRUNCATED'],
    ['a key of a terabyte', new GgufBytes().raw(u64(2n ** 40n)).bytes({ entries: 1n }), 'BROKEN_GGUF'],
    ['a kind of value that is none', new GgufBytes().entry('a', 99, 0).bytes(), 'BROKEN_GGUF'],
    [
      'a text of 2^63 bytes',
      new GgufBytes()
        .key('a', 8)
        .raw(u64(2n ** 63n))
        .bytes({ entries: 1n }),
      'BROKEN_GGUF'
    ],
    [
      'a list of 2^62 items',
      new GgufBytes()
        .key('a', 9)
        .raw(u32(4), u64(2n ** 62n))
        .bytes({ entries: 1n }),
      'BROKEN_GGUF'
    ],
    [
      'a list of lists',
      new GgufBytes().key('a', 9).raw(u32(9), u64(1n)).bytes({ entries: 1n }),
      'BROKEN_GGUF'
    ],
    [
      'a text that is no UTF-8',
      new GgufBytes()
        .key('a', 8)
        .raw(u64(2n), Buffer.from([0xff, 0xfe]))
        .bytes({ entries: 1n }),
      'BROKEN_GGUF'
    ],
    ['a key twice', one().entry('a', 4, 2).bytes(), 'BROKEN_GGUF']
  ])('%s', (_, bytes, code) => {
    expect(codeOf(bytes)).toBe(code)
  })

  test('one that is not there', () => {
    expect(() => readGgufHead(join(place, 'none.gguf'))).toThrow(
      expect.objectContaining({ code: 'MODEL_NOT_READABLE' })
    )
  })
})

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return bytes
}
