// The log is only ever added to; whatever a crash tears off its end, every whole line before it holds. A log from
// elsewhere is checked like any input: names in it become paths.
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DataLog, type Change } from '../../../../main/services/dataset/log/data-log'
import { fingerprintOf, stateOf } from '../../../../main/services/dataset/log/log-state'
import { SourceFiles, storedName } from '../../../../main/services/dataset/store/source-files'
import { Chance } from '../../random'
import { newFolder } from '../../reading/write-file'

const source = (id: number, name = `${id}.csv`) => ({
  id: `s${id}`,
  name,
  size: 3,
  sha256: `${id % 10}`.repeat(64)
})
const add = (...ids: number[]): Change => ({
  kind: 'add',
  sources: ids.map((id) => source(id)),
  problems: [],
  leftOut: []
})
const edit = (row: number, answer: string): Change => ({ kind: 'edit', file: 's1', row, answer })

async function written(...changes: Change[]): Promise<{ file: string; log: DataLog }> {
  const file = join(newFolder(), 'data', 'log.jsonl')
  const log = new DataLog(file)
  for (const change of changes) await log.add(change)
  return { file, log }
}

describe('lines', () => {
  test('torn off at any byte, the whole lines before it are there, and the next change follows them', async () => {
    const { file } = await written(add(1), edit(2, '改行\nも、絵文字😀も'), edit(3, 'b'))
    const whole = readFileSync(file)
    const ends = [...whole.entries()].flatMap(([at, byte]) => (byte === 10 ? [at + 1] : []))
    for (let length = 0; length <= whole.length; length++) {
      truncateSync(file, 0)
      writeFileSync(file, whole.subarray(0, length))
      const log = new DataLog(file)
      const kept = ends.filter((end) => end <= length).length
      expect(await log.read()).toHaveLength(kept)
      if (length % 9 > 0) continue
      await log.add(edit(9, 'next'))
      const again = await new DataLog(file).read()
      expect(again.map(({ n }) => n)).toEqual(Array.from({ length: kept + 1 }, (_, i) => i + 1))
      expect(again.at(-1)).toMatchObject({ row: 9, answer: 'next' })
    }
  })

  test('zeros, as a power cut leaves them, are torn too', async () => {
    const { file } = await written(add(1))
    appendFileSync(file, Buffer.alloc(4096))
    const log = new DataLog(file)
    expect(await log.read()).toHaveLength(1)
    await log.add(edit(2, 'x'))
    expect(readFileSync(file, 'utf8')).not.toContain('\0')
    expect(await new DataLog(file).read()).toHaveLength(2)
  })

  test('a line that is broken in the middle is an error that says which; nothing is thrown away', async () => {
    const { file } = await written(add(1), edit(2, 'a'), edit(3, 'b'))
    const lines = readFileSync(file, 'utf8').split('\n')
    writeFileSync(file, [lines[0], '{"kind":"ed', lines[2], ''].join('\n'))
    const before = readFileSync(file, 'utf8')
    const log = new DataLog(file)
    await expect(log.read()).rejects.toMatchObject({ code: 'DATA_LOG_BROKEN', details: { line: '2' } })
    await expect(log.add(edit(4, 'c'))).rejects.toMatchObject({ code: 'DATA_LOG_BROKEN' })
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  test.each([
    [{ kind: 'add', sources: [{ ...source(1), id: '../../etc' }], problems: [], leftOut: [] }],
    [{ kind: 'add', sources: [{ ...source(1), sha256: 'x' }], problems: [], leftOut: [] }],
    [{ kind: 'edit', file: 's1', row: -1, answer: 'x' }],
    [{ kind: 'normalisation', normalisation: 'rot13', applied: true }],
    [{ kind: 'overrides', file: 's1', overrides: { shape: 'x' } }],
    [{ kind: 'explode' }]
  ])('what no log says is not believed: %j', async (entry) => {
    const file = join(newFolder(), 'log.jsonl')
    const line = (n: number, what: object): string => `${JSON.stringify({ n, time: 't', ...what })}\n`
    writeFileSync(file, line(1, add(1)) + line(2, entry) + line(3, edit(2, 'x')))
    await expect(new DataLog(file).read()).rejects.toMatchObject({ code: 'DATA_LOG_BROKEN' })
  })

  test('a problem written with its sentences, as Neiro once did, is read without them', async () => {
    const { file } = await written()
    const error = { code: 'EMPTY_DATA', details: { file: 'a.csv' } }
    const problems = [{ id: 's1', name: 'a.csv', error: { ...error, message: 'is empty', hint: 'Choose.' } }]
    await new DataLog(file).add(edit(1, 'makes the folder'))
    const first = JSON.parse(readFileSync(file, 'utf8')) as object
    const { row: _, answer: __, file: ___, ...stamp } = first as Record<string, unknown>
    writeFileSync(file, `${JSON.stringify({ ...stamp, kind: 'add', sources: [], problems, leftOut: [] })}\n`)
    expect(await new DataLog(file).read()).toMatchObject([{ problems: [{ error }] }])
    expect(JSON.stringify(await new DataLog(file).read())).not.toContain('Choose.')
  })

  test('changes of two programs follow one another', async () => {
    const { file, log } = await written(add(1))
    const other = new DataLog(file)
    await other.add(edit(2, 'other'))
    await log.add(edit(3, 'mine'))
    expect((await other.read()).map(({ n }) => n)).toEqual([1, 2, 3])
  })
})

test.each([
  ['faq.csv', 'faq.csv'],
  ['a/b/faq.csv', 'faq.csv'],
  ['a\\b\\faq.csv', 'faq.csv'],
  ['../../passwd', 'passwd'],
  ['..', '_'],
  ['', '_'],
  ['a:b|c?.csv', 'a_b_c_.csv'],
  ['\u0000.csv', '_.csv']
])('a copy of %j is called %j', (name, stored) => {
  expect(storedName(name)).toBe(stored)
})

test('a copy never lies outside its folder, and its name fits every disk', () => {
  const chance = new Chance(4)
  const files = new SourceFiles('/data/sources')
  const some = ['..', '/', '\\', '.', 'a', '質', '😀', '\n', ':', ' ', 'x'.repeat(90), '長'.repeat(90)]
  for (let round = 0; round < 500; round++) {
    const name = chance.list(8, () => chance.pick(some)).join('')
    const path = files.pathOf({ id: 's1', name })
    expect(path.startsWith('/data/sources/s1/')).toBe(true)
    expect(Buffer.byteLength(storedName(name))).toBeLessThanOrEqual(255)
  }
})

describe('what a log adds up to', () => {
  const entries = (...changes: Change[]) =>
    changes.map((change, i) => ({ n: i + 1, time: String(i), ...change }))

  test('undone entries have never been, in whatever order they were undone', () => {
    const chance = new Chance(8)
    for (let round = 0; round < 300; round++) {
      const changes: Change[] = [add(1, 2)]
      const open = [1]
      for (let i = 0; i < 12; i++) {
        if (open.length > 0 && chance.next() < 0.4)
          changes.push({ kind: 'undo', entry: open.pop() as number })
        else {
          const made: Change[] = [
            edit(chance.below(3), String(chance.below(3))),
            { kind: 'normalisation', normalisation: 'nfkc', applied: chance.next() < 0.5 },
            { kind: 'overrides', file: 's2', overrides: chance.next() < 0.5 ? {} : { shape: 'text' } },
            { kind: 'remove', file: chance.pick(['s1', 's2']) },
            add(3 + i)
          ]
          changes.push(chance.pick(made))
          open.push(changes.length)
        }
      }
      const all = entries(...changes)
      const effective = all.filter(({ n }) => open.includes(n))
      expect(fingerprintOf(stateOf(all))).toBe(fingerprintOf(stateOf(effective)))
      expect(stateOf(all).last?.n ?? 0).toBe(open.at(-1) ?? 0)
    }
  })

  test('hundreds of thousands of names that were left out, and of files, are no trouble', () => {
    const row = (i: number) => ({
      source: { file: `${i}`, row: 0 },
      reason: 'ABOUT_FILE',
      details: {},
      excerpt: ''
    })
    const leftOut = Array.from({ length: 200_000 }, (_, i) => row(i))
    const sources = Array.from({ length: 200_000 }, (_, i) => source(i + 1))
    const state = stateOf(entries({ kind: 'add', sources, problems: [], leftOut }))
    expect(state.leftOut).toHaveLength(200_000)
    expect(state.highestId).toBe(200_000)
  })

  test('the fingerprint knows sources and choices, not times, numbers or the way there', () => {
    const print = (...changes: Change[]): string => fingerprintOf(stateOf(entries(...changes)))
    const base = print(add(1, 2), edit(2, 'x'))
    expect(print(add(1), add(2), edit(2, 'y'), edit(2, 'x'))).toBe(base)
    expect(print(add(1), add(9), add(2), { kind: 'remove', file: 's9' }, edit(2, 'x'))).toBe(base)
    const others = [
      print(add(1, 2)),
      print(add(2), add(1), edit(2, 'x')),
      print(add(1, 2), edit(2, 'z')),
      print(add(1, 2), edit(3, 'x')),
      print(add(1, 2), edit(2, 'x'), { kind: 'normalisation', normalisation: 'nfkc', applied: true }),
      print(add(1, 2), edit(2, 'x'), { kind: 'overrides', file: 's2', overrides: { encoding: 'cp932' } })
    ]
    expect(new Set([base, ...others]).size).toBe(others.length + 1)
  })
})
