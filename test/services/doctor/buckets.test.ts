// Places of the same key are found by sorting, whatever their number.
import { expect, test } from 'vitest'
import { randomFrom } from '../../../main/batches/shuffle'
import { bucketsOf, Keys } from '../../../main/services/doctor/alike/buckets'
import { Signatures } from '../../../main/services/doctor/alike/signatures'
import { piecesOf } from '../../../main/services/doctor/alike/pieces'
import { isRepeating } from '../../../main/services/doctor/rests/phrases'
import { Pauses } from '../../../main/services/reading/pauses'

test('those of one key come together and in order; those without a key never', async () => {
  const keys = [7, null, 0xffffffff, 7, 0, 0xffffffff, 7]
  const found: number[][] = []
  for await (const bucket of bucketsOf(keys.length, (at) => keys[at] ?? null, new Pauses()))
    found.push([...bucket])
  expect(found).toEqual([
    [0, 3, 6],
    [2, 5]
  ])
})

test('the same half of a key is not the same key', async () => {
  const keys = new Keys(4)
  keys.set(0, [5, 1])
  keys.set(1, [5, 2])
  keys.set(3, [5, 1])
  const found: (readonly number[])[] = []
  for await (const group of keys.same(new Pauses())) found.push(group)
  expect(found).toEqual([[0, 3]])
})

test('of many texts, each pair that is alike is met once, and hardly another', async () => {
  const text = (i: number): string =>
    `${i * 7919}番の品は${(i * 31) % 977}の棚に${(i * 131) % 499}個ございます。`
  const texts = Array.from({ length: 300 }, (_, i) => text(i))
  for (let i = 0; i < 30; i++) texts.push(`${text(i)}どうぞ。`)
  const signatures = new Signatures(texts.length)
  texts.forEach((one, at) => signatures.set(at, piecesOf(one)))
  const met: string[] = []
  for await (const [a, b] of signatures.pairs(() => true)) met.push(`${a} ${b}`)
  expect(new Set(met).size).toBe(met.length)
  const wanted = Array.from({ length: 30 }, (_, i) => `${i} ${300 + i}`)
  expect(wanted.filter((pair) => !met.includes(pair)).length).toBeLessThan(2)
})

test.each([6, 20, 90, 400])('texts of %i pieces agree about as often as they are alike', (size) => {
  const random = randomFrom(size)
  const pieces = (count: number): number[] => Array.from({ length: count }, () => random())
  const tries = 200
  const share = (likeness: number): number => {
    const signatures = new Signatures(2 * tries)
    for (let i = 0; i < tries; i++) {
      // of both together, so many are in both
      const both = pieces(Math.round(size * likeness))
      const [own, other] = [pieces((size - both.length) / 2), pieces((size - both.length) / 2)]
      signatures.set(2 * i, Uint32Array.from([...both, ...own]))
      signatures.set(2 * i + 1, Uint32Array.from([...other, ...both]))
    }
    const alike = Array.from({ length: tries }, (_, i) => signatures.mayBeAlike(2 * i, 2 * i + 1))
    return alike.filter(Boolean).length / tries
  }
  // the least share of equal hashes is 54 of 96
  expect(share(1)).toBe(1)
  expect(share(0.85)).toBeGreaterThan(size < 20 ? 0.8 : 0.97)
  expect(share(0.2)).toBeLessThan(0.03)
})

test.each([
  ['はいはいはいはいはいはいはい', true],
  [`これは普通の文です。${'わかりました、'.repeat(6)}以上です。`, true],
  [`ab${'x1y2'.repeat(4)}`, false],
  [`${'手紙を書く'.repeat(4)}ことは楽しい`, false],
  ['1111111111111111111111111111', false]
])('%s goes on and on: %s', (text, is) => {
  expect(isRepeating(text)).toBe(is)
})
