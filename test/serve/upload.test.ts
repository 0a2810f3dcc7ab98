// Uploads: the name is made safe for a file system, the bytes are kept, what breaks off leaves nothing.
import { existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { emptyUploads, receiveUpload } from '../../main/serve/upload'
import { ownFolder } from '../fixtures/own-folder'

/** A request with this body; what a browser says of its length, where it says it. */
const sent = (body: Readable, length?: number): IncomingMessage =>
  Object.assign(body, { headers: length === undefined ? {} : { 'content-length': String(length) } }) as never
const body = (...pieces: (string | Buffer)[]): IncomingMessage =>
  sent(Readable.from(pieces.map((piece) => Buffer.from(piece))))

describe('the name', () => {
  test.each([
    ['問い合わせ 1.xlsx', '問い合わせ 1.xlsx'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\taro\\a.csv', 'a.csv'],
    ['a:b*c?.csv', 'a_b_c_.csv'],
    ['a\u0000b\n.csv', 'a_b_.csv'],
    ['.bashrc', '.bashrc']
  ])('%j becomes %j', async (given, name) => {
    expect(basename(await receiveUpload(body('x'), given, ownFolder()))).toBe(name)
  })

  test.each(['長い名前'.repeat(60), '😀'.repeat(80), 'x'.repeat(500)])(
    'that no file system takes is cut, its ending kept',
    async (stem) => {
      const path = await receiveUpload(body('x'), `${stem}.xlsx`, ownFolder())
      expect(Buffer.byteLength(basename(path))).toBeLessThanOrEqual(255)
      expect(path.endsWith('.xlsx')).toBe(true)
      expect(basename(path)).not.toContain('\uFFFD')
      expect(stem.startsWith(basename(path, '.xlsx'))).toBe(true)
    }
  )

  test.each(['', '.', '..', '/', '\\', 'a/..'])('%j is none, and nothing is made', async (name) => {
    const folder = join(ownFolder(), 'uploads')
    await expect(receiveUpload(body('x'), name, folder)).rejects.toMatchObject({ code: 'BAD_FILE_NAME' })
    expect(existsSync(folder)).toBe(false)
  })
})

test('the bytes are kept as they are; the same name twice is two files', async () => {
  const folder = ownFolder()
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7) % 256))
  const first = await receiveUpload(body(bytes.subarray(0, 1000), bytes.subarray(1000)), 'a.csv', folder)
  const second = await receiveUpload(body('other'), 'a.csv', folder)
  expect(readFileSync(first).equals(bytes)).toBe(true)
  expect(readFileSync(second, 'utf8')).toBe('other')
  expect(dirname(dirname(second))).toBe(folder)
})

test('an upload that breaks off leaves nothing', async () => {
  const folder = ownFolder()
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('half')
      throw new Error('aborted')
    })()
  )
  await expect(receiveUpload(sent(broken), 'a.csv', folder)).rejects.toThrow('aborted')
  expect(readdirSync(folder)).toEqual([])
})

test('one that is too large is refused as soon as it is, and leaves nothing', async () => {
  const folder = ownFolder()
  let given = 0
  const endless = Readable.from(
    (async function* () {
      for (;;) yield Buffer.alloc(((given += 1000), 1000))
    })()
  )
  await expect(receiveUpload(sent(endless), '大.csv', folder, 50_000)).rejects.toMatchObject({
    code: 'UPLOAD_TOO_LARGE',
    details: { file: '大.csv' }
  })
  expect(given).toBeLessThan(1_000_000)
  expect(readdirSync(folder)).toEqual([])
  expect(await receiveUpload(body('x'.repeat(50_000)), 'a.csv', folder, 50_000)).toContain('a.csv')
})

test('one that says it is too large is not even begun, so that its sender hears why', async () => {
  const folder = join(ownFolder(), 'uploads')
  const large = Readable.from([Buffer.from('x')])
  await expect(receiveUpload(sent(large, 50_001), 'a.csv', folder, 50_000)).rejects.toMatchObject({
    code: 'UPLOAD_TOO_LARGE'
  })
  expect(large.destroyed).toBe(false)
  expect(existsSync(folder)).toBe(false)
})

test('what was handed over a day ago is let go', async () => {
  const folder = ownFolder()
  const [old, fresh] = [
    await receiveUpload(body('x'), 'a.csv', folder),
    await receiveUpload(body('x'), 'b.csv', folder)
  ]
  const before = new Date(Date.now() - 25 * 3_600_000)
  utimesSync(dirname(old), before, before)
  await emptyUploads(folder)
  expect([existsSync(old), existsSync(fresh)]).toEqual([false, true])
  await emptyUploads(join(folder, 'missing'))
})
