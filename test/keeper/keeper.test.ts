// The process that holds the examples, a real one: killed at any moment, it comes back and nobody hears of it; what it
// holds is made again from the copies wherever it is missing, cut, changed or of another form.
import {
  appendFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NeiroError } from '../../main/contract/errors'
import { HostedKeeper } from '../../main/keeper/hosted-keeper'
import { indexKept } from '../../main/services/dataset/kept/kept-folder'
import { keptPlaces } from '../../main/services/dataset/kept/place'
import type { Keeper } from '../../main/services/dataset/set/kept-set'
import { KeepingHere } from '../../main/services/dataset/set/keeping-here'
import { faq, learnt, room, type Room } from '../services/dataset/project'
import { kept, newKept, randomExample, writeLines, writeSlowly } from '../services/dataset/kept/write-kept'
import { Chance } from '../services/random'
import { writeData } from '../services/reading/write-file'
import { builtKeeper } from '../trainer/built'
import { lives, until } from '../workshop/bench-places'

const kills = Number(process.env['NEIRO_KILLS'] ?? 12)
const opened: HostedKeeper[] = []

async function open(): Promise<HostedKeeper> {
  const keeper = new HostedKeeper({ program: await builtKeeper() })
  opened.push(keeper)
  return keeper
}

beforeAll(builtKeeper)
afterAll(async () => {
  const pids = opened.flatMap(({ pid }) => pid ?? [])
  for (const keeper of opened) keeper.close()
  await until(() => pids.every((pid) => !lives(pid)))
})

const rows = ({ data, dir }: Room, search = '') => data.rows({ dir, offset: 3, limit: 5, search })
const keptIn = ({ dir }: Room): string[] =>
  readdirSync(join(dir, 'data/read')).map((name) => join(dir, 'data/read', name))

/** One that is killed faster than it can start is said to be; nothing has happened then. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      expect(NeiroError.of(error).code).toBe('KEEPER_LOST')
    }
  }
}

/** All that the window and a training are told of a set. */
async function everything(here: Room) {
  const page = { dir: here.dir, offset: 0, limit: 50 }
  return {
    view: await here.data.get({ dir: here.dir }),
    rows: await rows(here),
    found: await rows(here, '１番'),
    refused: await here.data.refused(page),
    learnt: await learnt(here)
  }
}

test(`killed ${kills} times while files come in and pages are asked for`, async () => {
  const chance = new Chance(3)
  const keeper = await open()
  const here = room({ keeper })
  let killed = 0
  const killing = (async () => {
    while (killed < kills) {
      await sleep(50 + chance.below(600))
      if (keeper.pid === undefined) continue
      try {
        process.kill(keeper.pid, 'SIGKILL')
        killed++
      } catch {
        // it went by itself
      }
    }
  })()
  let count = 0
  for (let n = 0; killed < kills || n < 3; n++) {
    const added = 300 + 400 * (n % 3)
    const path = writeData(`f${n}.csv`, faq(added, 10_000 * n))
    const view = await patiently(() => here.add(path))
    count += added
    expect(view.examples).toBe(count)
    await patiently(() => here.data.editExample({ dir: here.dir, index: 5 + n, answer: `直した${n}` }))
    expect((await patiently(() => rows(here, `直した${n}`))).total).toBe(1)
    expect((await patiently(() => rows(here))).rows.map(({ index }) => index)).toEqual([3, 4, 5, 6, 7])
  }
  await killing
  const plain = room({ dir: here.dir, keeper: new KeepingHere() })
  expect(await everything(here)).toEqual(await everything(plain))
  expect(readdirSync(join(here.dir, 'data/read')).filter((name) => name.startsWith('.'))).toEqual([])
}, 120_000)

test('several sets are held side by side, and those that it has let go are made again', async () => {
  const keeper = await open()
  const rooms: Room[] = []
  for (let n = 0; n < 6; n++) {
    const here = room({ keeper })
    await here.add(writeData('faq.csv', faq(20 + n)))
    rooms.push(here)
  }
  const totals = await Promise.all(rooms.map(async (here) => (await rows(here)).total))
  expect(totals).toEqual([20, 21, 22, 23, 24, 25])
})

test('a reading that fails leaves no call behind', async () => {
  const keeper: Keeper = await open()
  const stop = new AbortController()
  const indexing = keeper.index(newKept(), stop.signal)
  await sleep(150)
  stop.abort(new Error('no more'))
  await expect(indexing).rejects.toThrow('no more')
})

describe('what is kept', () => {
  test('is found again after a new start, without reading the file', async () => {
    const here = room()
    await here.add(writeData('faq.csv', `${faq(30)},\n`))
    const before = await everything(here)
    const reader = { ...(await import('../../main/services/dataset/read/reading-here')).readingHere }
    const again = room({
      dir: here.dir,
      reader: { ...reader, readInto: () => Promise.reject(new Error('read again')) }
    })
    expect(await everything(again)).toEqual(before)
  })

  const damages: readonly [string, (dir: string, here: Room) => void][] = [
    ['gone', (dir) => rmSync(dir, { recursive: true })],
    ['without an index', (dir) => rmSync(keptPlaces(dir).index)],
    ['without a head', (dir) => rmSync(keptPlaces(dir).head)],
    ['of an older form', (dir) => writeFileSync(keptPlaces(dir).head, '{"version":0}')],
    ['cut', (dir) => truncateSync(keptPlaces(dir).examples, 500)],
    ['cut in its index', (dir) => truncateSync(keptPlaces(dir).index, 700)],
    ['longer than it was', (dir) => appendFileSync(keptPlaces(dir).refused, 'x\n')],
    ['of zeros', (dir) => zero(keptPlaces(dir).examples)],
    ['no index at all', (dir) => zero(keptPlaces(dir).index)],
    ['searched wrongly', (dir) => rmSync(keptPlaces(dir).folded)]
  ]
  test.each(damages)('%s, is made again', async (_, damage) => {
    const here = room()
    await here.add(writeData('faq.csv', `${faq(30)},\n`))
    const before = await everything(here)
    for (const dir of keptIn(here)) damage(dir, here)
    const again = room({ dir: here.dir, keeper: await open() })
    expect(await everything(again)).toEqual(before)
    // also under the hands of whoever has it open
    for (const dir of keptIn(here)) damage(dir, here)
    expect((await rows(again, '質問２')).total).toBe((await rows(here, '質問２')).total)
    expect(await everything(again)).toEqual(before)
  })

  test('of a copy that was changed by hand is not taken for it', async () => {
    const here = room()
    await here.add(writeData('faq.csv', faq(5)))
    const copy = join(here.dir, 'data/sources/s1/faq.csv')
    writeFileSync(copy, readFileSync(copy, 'utf8').replace('1', '9'))
    utimesSync(copy, 1, 1)
    const view = await room({ dir: here.dir }).data.get({ dir: here.dir })
    expect(view.files[0]?.error?.code).toBe('SOURCE_CHANGED')
  })

  test('another reader reads for itself', async () => {
    const here = room()
    await here.add(writeData('faq.csv', faq(5)))
    const { readingHere } = await import('../../main/services/dataset/read/reading-here')
    const reader = { ...readingHere, mark: async () => 'a newer program' }
    expect((await room({ dir: here.dir, reader }).data.get({ dir: here.dir })).examples).toBe(5)
    expect(keptIn(here)).toHaveLength(2)
  })

  test('goes with the copies of removed files', async () => {
    const here = room()
    await here.add(writeData('faq.csv', faq(5)), writeData('b.csv', faq(5, 50)))
    await here.data.removeFile({ dir: here.dir, file: 's1' })
    expect(keptIn(here)).toHaveLength(2)
    await here.data.emptyCopies({ dir: here.dir })
    expect(keptIn(here)).toHaveLength(1)
  })
})

test('an index that is made while the lines are written is that of the whole file', async () => {
  const chance = new Chance(11)
  for (let round = 0; round < 4; round++) {
    const examples = Array.from({ length: 400 }, (_, row) => randomExample(chance, { file: '', row }))
    const slow = newKept()
    const indexed = indexKept(slow)
    await writeSlowly(slow, examples, chance, 12)
    await indexed
    const whole = await kept(examples, [])
    for (const place of ['index', 'folded', 'examples'] as const)
      expect(readFileSync(keptPlaces(slow)[place]).equals(readFileSync(keptPlaces(whole)[place]))).toBe(true)
  }
})

test('lines that are taken back leave an index of none', async () => {
  const dir = newKept()
  const chance = new Chance(12)
  const examples = Array.from({ length: 50 }, (_, row) => randomExample(chance, { file: '', row }))
  writeLines(dir, examples)
  rmSync(keptPlaces(dir).head)
  const indexed = indexKept(dir)
  await sleep(100)
  writeLines(dir, [])
  await indexed
  const set = await new KeepingHere().open({
    ...{ id: 'x', edits: [], normalisations: [] },
    files: [{ id: 's1', name: 'a', kept: dir, heldOutRows: null, tables: [] }]
  })
  expect(set.facts.examples).toBe(0)
})

function zero(file: string): void {
  writeFileSync(file, Buffer.alloc(readFileSync(file).length))
}
