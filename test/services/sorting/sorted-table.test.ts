// A table whose rows are sorted: every column stays, each row has its label or says why not, it goes lot by lot, and it can be
// stopped.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import { pulled } from '../../../main/services/dataset/read/pulled'
import { readingHere } from '../../../main/services/dataset/read/reading-here'
import type { TunedModel } from '../../../main/services/runs/tuned-model'
import { SortingDesk } from '../../../main/services/sorting/desk'
import {
  lookAtTables,
  sortedRows,
  sortedTable,
  type SortTables
} from '../../../main/services/sorting/sorted-table'
import type { Sorting } from '../../../main/services/sorting/sorting'

const dir = mkdtempSync(join(tmpdir(), 'neiro-sorted-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const fileOf = (name: string, text: string) => {
  writeFileSync(join(dir, name), text)
  return { path: join(dir, name), name }
}
const labels = ['要望', '苦情']
const score = { problem: 'single_label_classification', labels } as const
const tuned = { score } as unknown as TunedModel
const lots: number[] = []
/** 苦情 is what has 怒 in it; 不明 cannot be read */
const sorting: Pick<Sorting, 'sort'> = {
  sort: async (_, texts, { onText } = {}) => {
    lots.push(texts.length)
    onText?.(texts.length, texts.length)
    return texts.map((text) => {
      if (text.includes('不明')) return new NeiroError('UNKNOWN_TEXT')
      const said = text.includes('怒') ? 1 : 0
      return { said: [said], probabilities: said === 1 ? [0.25, 0.75] : [0.9, 0.1] }
    })
  }
}
const told: [number, number][] = []
const options: SortTables = {
  ...{ reader: readingHere, sorting, tuned },
  onRow: (done, total) => void told.push([done, total])
}
async function sorted(...args: Parameters<typeof lookAtTables>): Promise<string[]> {
  const tables = await lookAtTables(...args)
  let text = ''
  for await (const piece of sortedTable(sortedRows(tables, options), tables, labels, 'ja')) text += piece
  return text.replace('\uFEFF', '').trim().split('\r\n')
}

describe('a table', () => {
  test('keeps its columns; a label that it has already is another column', async () => {
    const file = fileOf(
      'a.csv',
      '番号,本文,ラベル\n7,とても怒っています,旧\n8,ありがとう,\n9,,x\n10,不明です,x\n'
    )
    const lines = await sorted(readingHere, [file], {})
    expect(lines.slice(0, 3)).toEqual([
      '"番号","本文","ラベル","ラベル (2)","確率","仕分けられなかった理由"',
      '"7","とても怒っています","旧","苦情","0.7500",""',
      '"8","ありがとう","","要望","0.9000",""'
    ])
    expect(lines[3]).toMatch(/^"9","","x","","","文章/)
    expect(lines[4]).toMatch(/^"10","不明です","x","","",".+"$/)
    expect(told.at(-1)).toEqual([4, 4])
  })

  test('is sorted by the column that is said, and by none that is not there', async () => {
    const file = fileOf('b.csv', '題,本文\n怒,長い長い文章です\n')
    expect((await lookAtTables(readingHere, [file], {})).column).toBe('本文')
    expect((await sorted(readingHere, [file], {}, '題'))[1]).toContain('"苦情"')
    expect((await sorted(readingHere, [file], { mapping: { text: '題' } }))[1]).toContain('"苦情"')
    await expect(lookAtTables(readingHere, [file], {}, 'なし')).rejects.toMatchObject({
      code: 'NO_SUCH_COLUMN'
    })
  })

  test('of conversations is sorted by what was asked first; several files say which', async () => {
    const chat = {
      messages: [
        { role: 'user', content: '怒' },
        { role: 'assistant', content: 'はい' }
      ],
      id: 3
    }
    const one = fileOf('c.jsonl', `${JSON.stringify(chat)}\n{"messages": [], "id": 4}\n{broken\n`)
    const [head, first, second, third] = await sorted(
      readingHere,
      [one, fileOf('d.jsonl', '{"messages":[]}\n')],
      {}
    )
    expect(head).toBe('"ファイル","messages","id","ラベル","確率","仕分けられなかった理由"')
    expect(first).toMatch(/^"c.jsonl",.*"3","苦情","0.7500",""$/)
    expect(second).toMatch(/"4","","",".+"$/)
    expect(third).toMatch(/^"c.jsonl",.*broken.*,"","",".+"$/)
  })

  test('goes lot by lot, however long it is', async () => {
    lots.length = 0
    const file = fileOf('e.csv', `本文\n${Array.from({ length: 1000 }, (_, i) => `怒 ${i}`).join('\n')}\n`)
    expect(await sorted(readingHere, [file], {})).toHaveLength(1001)
    expect(lots.length).toBeGreaterThan(2)
    expect(lots.reduce((sum, lot) => sum + lot, 0)).toBe(1000)
  })
})

test('the window is told how far it is, and a stop ends it with nothing', async () => {
  const file = fileOf('f.csv', `本文\n${'怒っています\n'.repeat(1000)}`)
  const place = { id: 'r', dir: '/r', project: null }
  const seen: number[] = []
  const desk: SortingDesk = new SortingDesk({
    ...{ reader: readingHere, sorting: sorting as Sorting, language: () => 'ja' },
    tuned: async () => tuned,
    onProgress: ({ done }) => {
      seen.push(done)
      if (stops && done > 300) desk.stop(place)
    }
  })
  let stops = false
  expect(await desk.look(file)).toMatchObject({ column: '本文', rows: 1000 })
  const whole = await desk.file(place, file, { column: '本文', threshold: 0.5 })
  expect(whole).toMatchObject({ name: 'f-仕分け.csv', rows: 1000, unread: 0 })
  expect(seen.at(-1)).toBe(1000)
  stops = true
  seen.length = 0
  await expect(desk.file(place, file, { column: '本文', threshold: 0.5 })).rejects.toMatchObject({
    code: 'CANCELLED'
  })
  expect(Math.max(...seen)).toBeLessThan(1000)
})

test('whoever leaves the loop stops the giver; its error ends the loop', async () => {
  let given = 0
  const counting = pulled<number>(async (take) => {
    for (;;) await take(given++)
  })
  for await (const one of counting) if (one === 2) break
  const after = given
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(given - after).toBeLessThanOrEqual(1)
  const failing = pulled<number>(async (take) => {
    await take(1)
    throw new Error('gone')
  })
  const seen: number[] = []
  await expect(
    (async () => {
      for await (const one of failing) seen.push(one)
    })()
  ).rejects.toThrow('gone')
  expect(seen).toEqual([1])
})
