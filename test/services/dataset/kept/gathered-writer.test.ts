// A file written in large pieces: byte for byte what was added, also while a piece is on its way to the disk.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { piecesOf } from '../../../../main/files/pieces'
import { GatheredWriter } from '../../../../main/services/dataset/kept/gathered-writer'
import { Chance } from '../../random'
import { newKept } from './write-kept'

test('holds what was added, in its order', async () => {
  const chance = new Chance(9)
  const file = join(newKept(), 'a.txt')
  const writer = await GatheredWriter.open(file)
  const added: Buffer[] = []
  let flushed = Promise.resolve()
  for (let i = 0; i < 300; i++) {
    const text = chance.pick(['あ', 'x', '😀', '\ud800', 'é']).repeat(chance.below(20_000))
    // more comes before the last piece is written
    const flushing = writer.flush(chance.pick([1, 1 << 20]))
    writer.add(text)
    writer.addByte(0xff)
    added.push(Buffer.from(text), Buffer.of(0xff))
    await flushed
    flushed = flushing
    expect(writer.end).toBe(added.reduce((sum, { length }) => sum + length, 0))
  }
  await flushed
  await writer.close()
  const whole = Buffer.concat(added)
  expect(readFileSync(file).equals(whole)).toBe(true)
  const read: Buffer[] = []
  for await (const piece of piecesOf(file)) read.push(Buffer.from(piece))
  expect(read.length).toBeGreaterThan(1)
  expect(Buffer.concat(read).equals(whole)).toBe(true)
})

test('holds nothing of what was taken back', async () => {
  const file = join(newKept(), 'a.txt')
  const writer = await GatheredWriter.open(file)
  writer.add('gone')
  await writer.flush(1)
  writer.add('gone too')
  await writer.clear()
  writer.add('here')
  await writer.close()
  expect(readFileSync(file, 'utf8')).toBe('here')
})
