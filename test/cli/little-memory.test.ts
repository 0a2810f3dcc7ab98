// Row 16 of issue 10: 150 MB for all processes together, by the system's own limit. What fits is done; what does not ends
// in a sentence that names the file, and never in an endless wait.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FolderListing } from '../../main/contract/window/app'
import type { DataView } from '../../main/contract/window/data'
import { startServed } from '../e2e/served'
import {
  canLimitMemory,
  inLittleMemory,
  littleMemory,
  noGroupNote,
  type Ended
} from '../fixtures/little-memory'
import { xlsx } from '../fixtures/write-xlsx'
import { signedIn } from '../serve/signed-in'
import { faq } from '../services/dataset/project'

const cli = resolve(import.meta.dirname, '../../out/main/cli.js')
const limit = 150
const servedLimit = 250
const mostSeconds = 100

/** A workbook that shares its texts: honest in its form, and far more than there is. */
function largeBook(): Buffer {
  const rows = Array.from({ length: 60_000 }, (_, i) => [
    `質問${i}${'あ'.repeat(700)}`,
    `答え${i}${'い'.repeat(700)}`
  ])
  return xlsx([{ name: 'FAQ', rows: [['質問', '回答'], ...rows] }])
}

describe.skipIf(!canLimitMemory)(canLimitMemory ? `${limit} MB` : noGroupNote, () => {
  let dir = ''
  beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'neiro-little-'))))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  const neiro = (...args: string[]): Promise<Ended> =>
    inLittleMemory(limit, [cli, ...args, '--lang', 'en'], { NEIRO_HOME: join(dir, 'home') }, mostSeconds)
  const file = (name: string, content: string | Buffer): string => {
    writeFileSync(join(dir, name), content)
    return join(dir, name)
  }

  test('a file and the starter model fit', async () => {
    const { status, output } = await neiro('data', file('faq.csv', faq(50)), '--model', 'starter')
    expect(output).toContain('50 examples')
    expect(status).toBe(0)
  }, 120_000)

  test('what needs more than there is is named; the file beside it is read', async () => {
    const large = file('large.xlsx', largeBook())
    const { status, signal, output } = await neiro('data', large, file('beside.csv', faq(30)))
    expect({ signal, output }).toMatchObject({ signal: null })
    expect(output).toContain('large.xlsx')
    expect(output).toMatch(/memory/)
    expect(output).toContain('30 examples')
    expect(status).toBe(1)
  }, 150_000)

  // three processes of a served window share it: app, examples, reader
  test('a served window names what is too large for it, reads what is beside it, and goes on', async () => {
    const { before, end } = littleMemory(servedLimit)
    const served = await startServed(join(dir, 'served'), { language: 'en', before })
    try {
      const page = await signedIn(served.url)
      const { id: project } = await page.call<{ id: string }>('projects.create', {
        ...{ name: 'x', company: '', sample: false }
      })
      const chosen = async (path: string): Promise<string> => {
        const browsed = { id: null, kind: 'data-files', path: join(dir, 'served') }
        const { entries } = await page.call<FolderListing>('files.browse', browsed)
        return entries.find(({ name }) => name === path)?.id ?? ''
      }
      file('served/large.xlsx', largeBook())
      file('served/beside.csv', faq(30))
      const fileIds = [await chosen('large.xlsx'), await chosen('beside.csv')]
      const { files } = await page.call<DataView>('data.add', { project, fileIds })
      expect(files.map(({ examples, error }) => [examples, error?.code])).toEqual([
        [0, 'FILE_MEMORY'],
        [30, undefined]
      ])
      expect(await page.call('app.info', {})).toBeDefined()
      page.close()
    } finally {
      await served.stop()
      end()
    }
  }, 150_000)
})
