// Zip files as programs write them, and as attackers and broken disks leave them.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ZipFile, ZipProblem } from '../../../../main/services/reading/packed/zip-file'
import { zipOf } from '../../../fixtures/write-zip'
import { Chance } from '../../random'
import { newFolder, writeData } from '../write-file'

async function contents(path: string): Promise<Record<string, Buffer>> {
  const zip = await ZipFile.open(path)
  try {
    const all: Record<string, Buffer> = {}
    for (const entry of zip.entries.values()) {
      const pieces: Buffer[] = []
      for await (const piece of zip.read(entry)) pieces.push(piece)
      all[entry.name] = Buffer.concat(pieces)
    }
    return all
  } finally {
    await zip.close()
  }
}

const chance = new Chance(21)
const parts = {
  'empty.xml': '',
  '日本/名.xml': '質問'.repeat(1000),
  'random.bin': randomBytes(300_000),
  'long.xml': Array.from({ length: 50_000 }, () => chance.below(1000)).join(' ')
}

test.each([true, false])('entries come back byte by byte, stored: %s', async (stored) => {
  const read = await contents(writeData('a.zip', zipOf(parts, { stored })))
  expect(Object.keys(read)).toEqual(Object.keys(parts))
  for (const [name, content] of Object.entries(parts)) {
    expect(read[name]?.equals(Buffer.from(content as string)), name).toBe(true)
  }
})

test('bytes before and behind do no harm', async () => {
  const zip = zipOf({ 'a.txt': 'one' })
  expect(
    (await contents(writeData('a.zip', Buffer.concat([zip, Buffer.from('\n\n')]))))['a.txt']?.toString()
  ).toBe('one')
})

const hasPython = ((): boolean => {
  try {
    execFileSync('python3', ['--version'])
    return true
  } catch {
    return false
  }
})()

test.skipIf(!hasPython)(
  'a zip64 file of another program',
  async () => {
    const path = join(newFolder(), 'a.zip')
    const script = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED, allowZip64=True) as z:
    with z.open('big.txt', 'w', force_zip64=True) as f: f.write('質問'.encode() * 5000)
    for i in range(70000): z.writestr(f'{i}.txt', '')
`
    execFileSync('python3', ['-c', script, path])
    const zip = await ZipFile.open(path)
    expect(zip.entries.size).toBe(70_001)
    await zip.close()
  },
  30_000
)

describe('broken ones', () => {
  const whole = zipOf({ 'a.txt': 'one'.repeat(5000), 'b.txt': 'two' })

  test('wherever the file breaks off, it is a problem with a name', async () => {
    for (let length = 0; length < whole.length; length += 7) {
      await expect(contents(writeData('a.zip', whole.subarray(0, length)))).rejects.toThrow(ZipProblem)
    }
  })

  test('whatever byte is wrong, nothing but a problem with a name comes of it', async () => {
    for (let round = 0; round < 300; round++) {
      const bytes = Buffer.from(whole)
      bytes[chance.below(bytes.length)] = chance.below(256)
      const outcome: unknown = await contents(writeData('a.zip', bytes)).catch((error: unknown) => error)
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(ZipProblem)
    }
  })

  test('an entry stops at its bound, however much it unpacks to', async () => {
    const path = writeData('a.zip', zipOf({ 'bomb.xml': Buffer.alloc(80 * 2 ** 20) }))
    const zip = await ZipFile.open(path)
    const [entry] = [...zip.entries.values()]
    let size = 0
    const reading = (async () => {
      for await (const piece of zip.read(entry as NonNullable<typeof entry>)) size += piece.length
    })()
    await expect(reading).rejects.toMatchObject({ kind: 'too-large' })
    expect(size).toBeLessThanOrEqual(64 * 2 ** 20)
    await zip.close()
  })

  test('encrypted entries are named so', async () => {
    const bytes = Buffer.from(zipOf({ 'a.txt': 'one' }))
    const at = bytes.indexOf('PK\x01\x02')
    bytes.writeUInt16LE(bytes.readUInt16LE(at + 8) | 1, at + 8)
    await expect(ZipFile.open(writeData('a.zip', bytes))).rejects.toMatchObject({ kind: 'encrypted' })
  })
})
