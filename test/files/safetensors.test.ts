// The header of a safetensors file as the host reads it: what others wrote, and what nobody should believe.
import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { tensorPlacesIn } from '../../main/files/safetensors'
import { writeSafetensors } from '../fixtures/safetensors'
import { temporaryFolder } from '../trainer/run-fixture'

let file = ''
beforeEach(() => {
  file = join(temporaryFolder(), 'x.safetensors')
})
const raw = (header: string, data = 0): void => {
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)))
  writeFileSync(file, Buffer.concat([length, Buffer.from(header), Buffer.alloc(data)]))
}

test('says of each tensor what it is and where it lies', async () => {
  const bytes = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8])
  writeSafetensors(
    file,
    new Map([
      ['a', { dtype: 'I32', shape: [2], bytes }],
      ['b', { dtype: 'U8', shape: [8], bytes }]
    ])
  )
  const places = await tensorPlacesIn(file)
  expect([...(places?.keys() ?? [])]).toEqual(['a', 'b'])
  const [a, b] = [places?.get('a'), places?.get('b')]
  expect(a).toMatchObject({ dtype: 'I32', shape: [2] })
  expect((a?.to ?? 0) - (a?.from ?? 0)).toBe(8)
  expect(b?.from).toBe(a?.to)
  truncateSync(file, (b?.to ?? 0) - 1)
  expect(await tensorPlacesIn(file)).toBeNull()
})

test.each([
  ['no JSON', '{', 8],
  [
    'a tensor that begins before its header ends',
    '{"a":{"dtype":"U8","shape":[1],"data_offsets":[-1,1]}}',
    8
  ],
  ['a tensor that ends before it begins', '{"a":{"dtype":"U8","shape":[1],"data_offsets":[2,1]}}', 8],
  ['a tensor beyond the end', '{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}', 8],
  ['a tensor without a place', '{"a":{"dtype":"U8","shape":[9]}}', 8]
])('%s is none', async (_, header, data) => {
  raw(header, data)
  expect(await tensorPlacesIn(file)).toBeNull()
})

test('a header longer than the file, an empty file and none at all are none', async () => {
  writeFileSync(file, Buffer.alloc(8, 255))
  expect(await tensorPlacesIn(file)).toBeNull()
  writeFileSync(file, '')
  expect(await tensorPlacesIn(file)).toBeNull()
  expect(await tensorPlacesIn(`${file}.no`)).toBeNull()
})
