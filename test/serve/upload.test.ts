// Uploads: the name is made safe for a file system, the bytes are kept, what breaks off leaves nothing.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { emptyUploads, receiveUpload, UploadsRoom } from '../../main/serve/upload'
import { ownFolder } from '../fixtures/own-folder'
import { canMount, onSmallDisk } from '../fixtures/small-disk'

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
    expect(basename(await receiveUpload(body('x'), { name: given }, ownFolder()))).toBe(name)
  })

  test.each(['長い名前'.repeat(60), '😀'.repeat(80), 'x'.repeat(500)])(
    'that no file system takes is cut, its ending kept',
    async (stem) => {
      const path = await receiveUpload(body('x'), { name: `${stem}.xlsx` }, ownFolder())
      expect(Buffer.byteLength(basename(path))).toBeLessThanOrEqual(255)
      expect(path.endsWith('.xlsx')).toBe(true)
      expect(basename(path)).not.toContain('\uFFFD')
      expect(stem.startsWith(basename(path, '.xlsx'))).toBe(true)
    }
  )

  test.each(['', '.', '..', '/', '\\', 'a/..'])('%j is none, and nothing is made', async (name) => {
    const folder = join(ownFolder(), 'uploads')
    await expect(receiveUpload(body('x'), { name }, folder)).rejects.toMatchObject({ code: 'BAD_FILE_NAME' })
    expect(existsSync(folder)).toBe(false)
  })
})

test('the bytes are kept as they are; the same name twice is two files', async () => {
  const folder = ownFolder()
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7) % 256))
  const first = await receiveUpload(
    body(bytes.subarray(0, 1000), bytes.subarray(1000)),
    { name: 'a.csv' },
    folder
  )
  const second = await receiveUpload(body('other'), { name: 'a.csv' }, folder)
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
  await expect(receiveUpload(sent(broken), { name: 'a.csv' }, folder)).rejects.toThrow('aborted')
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
  await expect(receiveUpload(sent(endless), { name: '大.csv' }, folder, 50_000)).rejects.toMatchObject({
    code: 'UPLOAD_TOO_LARGE',
    details: { file: '大.csv' }
  })
  expect(given).toBeLessThan(1_000_000)
  expect(readdirSync(folder)).toEqual([])
  expect(await receiveUpload(body('x'.repeat(50_000)), { name: 'a.csv' }, folder, 50_000)).toContain('a.csv')
})

test('one that says it is too large is not even begun, so that its sender hears why', async () => {
  const folder = join(ownFolder(), 'uploads')
  const large = Readable.from([Buffer.from('x')])
  await expect(receiveUpload(sent(large, 50_001), { name: 'a.csv' }, folder, 50_000)).rejects.toMatchObject({
    code: 'UPLOAD_TOO_LARGE'
  })
  expect(large.destroyed).toBe(false)
  expect(existsSync(folder)).toBe(false)
})

describe('what was in a folder', () => {
  const batch = '0b0e7a9c-1d2f-4a3b-8c4d-5e6f708192a3'

  test('is whole again over there, and each file answers with the folder', async () => {
    const uploads = ownFolder()
    const first = await receiveUpload(body('1'), { name: 'faq.csv', folder: '返信', batch }, uploads)
    const second = await receiveUpload(body('2'), { name: 'faq.csv', folder: '返信/2026', batch }, uploads)
    expect([first, second]).toEqual([join(uploads, batch, '返信'), join(uploads, batch, '返信')])
    expect(readFileSync(join(first, 'faq.csv'), 'utf8')).toBe('1')
    expect(readFileSync(join(first, '2026/faq.csv'), 'utf8')).toBe('2')
  })

  test('two names that become one are two files', async () => {
    const uploads = ownFolder()
    for (const name of ['a:b.csv', 'a?b.csv'])
      await receiveUpload(body(name), { name, folder: 'f', batch }, uploads)
    const dir = join(uploads, batch, 'f')
    expect(readdirSync(dir).sort()).toEqual(['a_b 2.csv', 'a_b.csv'])
    expect(readFileSync(join(dir, 'a_b 2.csv'), 'utf8')).toBe('a?b.csv')
  })

  test.each([
    ['..', batch],
    ['a/../../b', batch],
    ['/etc', batch],
    ['a//b', batch],
    ['a\\..\\b', batch],
    ['x/'.repeat(40), batch],
    ['a', '../..'],
    ['a', `${batch}/x`],
    ['a', '']
  ])('cannot leave its place: %j in %j', async (folder, place) => {
    const uploads = join(ownFolder(), 'uploads')
    await expect(
      receiveUpload(body('x'), { name: 'a.csv', folder, batch: place }, uploads)
    ).rejects.toMatchObject({ code: 'BAD_FILE_NAME' })
    expect(existsSync(uploads)).toBe(false)
  })

  test('one that breaks off takes nothing of the others along', async () => {
    const uploads = ownFolder()
    await receiveUpload(body('1'), { name: 'a.csv', folder: 'f', batch }, uploads)
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half')
        throw new Error('aborted')
      })()
    )
    await expect(receiveUpload(sent(broken), { name: 'b.csv', folder: 'f', batch }, uploads)).rejects.toThrow(
      'aborted'
    )
    expect(readdirSync(join(uploads, batch, 'f'))).toEqual(['a.csv'])
  })
})

test.skipIf(!canMount)('a full disk is said as such, and the half is taken away', () =>
  onSmallDisk(64, async ({ dir }) => {
    const large = body(Buffer.alloc(256 * 1024))
    await expect(receiveUpload(large, { name: 'a.csv' }, join(dir, 'uploads'))).rejects.toMatchObject({
      code: 'DISK_FULL'
    })
    expect(readdirSync(join(dir, 'uploads'))).toEqual([])
  })
)

test('what was handed over a day ago is let go', async () => {
  const folder = ownFolder()
  const [old, fresh] = [
    await receiveUpload(body('x'), { name: 'a.csv' }, folder),
    await receiveUpload(body('x'), { name: 'b.csv' }, folder)
  ]
  const before = new Date(Date.now() - 25 * 3_600_000)
  utimesSync(dirname(old), before, before)
  await emptyUploads(folder)
  expect([existsSync(old), existsSync(fresh)]).toEqual([false, true])
  await emptyUploads(join(folder, 'missing'))
})

describe('a way that no system takes', () => {
  const batch = '00000000-0000-4000-8000-000000000000'

  test.each(['x'.repeat(200), 'あ'.repeat(200), '😀'.repeat(100)])(
    'of thirty long names is shortened, and the file arrives',
    async (name) => {
      const uploads = join(ownFolder(), '深い場所'.repeat(10), 'uploads')
      const folder = Array.from({ length: 30 }, () => name).join('/')
      const top = await receiveUpload(body('x'), { name: `${name}.csv`, folder, batch }, uploads)
      const [file = ''] = readdirSync(top, { recursive: true, encoding: 'utf8' }).filter((one) =>
        one.endsWith('.csv')
      )
      expect(readFileSync(join(top, file), 'utf8')).toBe('x')
    }
  )

  test('of more folders than there can be is refused by a sentence', async () => {
    const folder = Array.from({ length: 31 }, () => 'x').join('/')
    await expect(
      receiveUpload(body('x'), { name: 'a.csv', folder, batch }, ownFolder())
    ).rejects.toMatchObject({
      code: 'BAD_FILE_NAME'
    })
  })

  test('with a file where a folder should be, and the other way round, is said or finds its place', async () => {
    const uploads = ownFolder()
    const send = (name: string, folder?: string): Promise<string> =>
      receiveUpload(body('x'), { name, batch, ...(folder && { folder }) }, uploads)
    await send('a', 'top')
    await expect(send('b.csv', 'top/a')).rejects.toMatchObject({ code: 'WRONG_KIND_OF_PLACE' })
    await expect(send('b.csv', 'top/a/deeper')).rejects.toMatchObject({ code: 'WRONG_KIND_OF_PLACE' })
    // what came before is whole
    expect(readFileSync(join(uploads, batch, 'top', 'a'), 'utf8')).toBe('x')
    await send('c.csv', 'top/folder')
    await send('folder', 'top')
    expect(readFileSync(join(uploads, batch, 'top', 'folder 2'), 'utf8')).toBe('x')
  })
})

test('all together have a limit, which counts from the disk what was cleared away', async () => {
  const folder = ownFolder()
  const room = new UploadsRoom(folder, 20_000)
  const drop = (size: number): Promise<string> =>
    receiveUpload(body(Buffer.alloc(size)), { name: 'a.csv' }, folder, undefined, room)
  const first = await drop(8000)
  const said = sent(Readable.from([Buffer.alloc(12_000)]), 12_000)
  await expect(receiveUpload(said, { name: 'b.csv' }, folder, undefined, room)).rejects.toMatchObject({
    code: 'UPLOADS_FULL'
  })
  // also one that does not say how much it is
  await expect(drop(9000)).rejects.toMatchObject({ code: 'UPLOADS_FULL' })
  expect(readdirSync(folder)).toEqual([basename(dirname(first))])
  rmSync(first)
  expect(statSync(await drop(12_000)).size).toBe(12_000)
})
