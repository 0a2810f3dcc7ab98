// Row 16 of issue 10: 150 MB for all processes together, by the system's own limit. What fits is done; what does not ends
// in a sentence that names the file, and never in an endless wait.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canLimitMemory, inLittleMemory, noGroupNote, type Ended } from '../fixtures/little-memory'
import { xlsx } from '../fixtures/write-xlsx'
import { faq } from '../services/dataset/project'

const cli = resolve(import.meta.dirname, '../../out/main/cli.js')
const limit = 150
const mostSeconds = 100

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
    // a workbook that shares eight million texts: honest in its form, and far more than 150 MB
    const rows = Array.from({ length: 60_000 }, (_, i) => [
      `質問${i}${'あ'.repeat(700)}`,
      `答え${i}${'い'.repeat(700)}`
    ])
    const large = file('large.xlsx', xlsx([{ name: 'FAQ', rows: [['質問', '回答'], ...rows] }]))
    const { status, signal, output } = await neiro('data', large, file('beside.csv', faq(30)))
    expect({ signal, output }).toMatchObject({ signal: null })
    expect(output).toContain('large.xlsx')
    expect(output).toMatch(/memory/)
    expect(output).toContain('30 examples')
    expect(status).toBe(1)
  }, 150_000)
})
