// The word "sample": its rows keep their own held-out part, and nothing of it leaks into training.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readSample, resolveData } from '../../../main/services/recipes/built-in-sample'

const sampleDir = resolve(import.meta.dirname, '../../../resources/sample')
const intoDir = mkdtempSync(join(tmpdir(), 'sample-'))
afterAll(() => rmSync(intoDir, { recursive: true, force: true }))

const questions = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).question)

describe('resolveData', () => {
  const places = { sampleDir, intoDir }

  test('the sample becomes its two parts, each row in one of them', async () => {
    const rows = await readSample(sampleDir)
    const { dataPaths, heldOutPaths } = await resolveData({ data: ['sample'] }, places)
    const train = questions(dataPaths[0] ?? '')
    const heldOut = questions(heldOutPaths?.[0] ?? '')
    expect([...train, ...heldOut].sort()).toEqual(rows.map((row) => row.question).sort())
    expect(heldOut).toEqual(rows.filter((row) => row.split === 'held_out').map((row) => row.question))
    expect(heldOut.length).toBeGreaterThan(0)
  })

  test('other files stay as they are; a named held-out part is kept', async () => {
    expect(await resolveData({ data: ['/a.csv'] }, places)).toEqual({ dataPaths: ['/a.csv'] })
    expect(await resolveData({ data: ['/a.csv'], heldOut: ['/h.csv'] }, places)).toEqual({
      dataPaths: ['/a.csv'],
      heldOutPaths: ['/h.csv']
    })
    const mixed = await resolveData({ data: ['/a.csv', 'sample'], heldOut: ['/h.csv'] }, places)
    expect(mixed.dataPaths[0]).toBe('/a.csv')
    expect(mixed.heldOutPaths).toEqual(['/h.csv'])
  })
})
