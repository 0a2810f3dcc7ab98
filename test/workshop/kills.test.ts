// Whoever reads is killed at random moments while files come in, again and again: no row is lost, no file is half there,
// nothing is left lying about. NEIRO_KILLS=100 kills as often as issue 10 asks; every run of the tests has time for some.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { NeiroError } from '../../main/contract/errors'
import { Chance } from '../services/random'
import { faq, newProject, room } from '../services/dataset/project'
import { builtKeeper, builtWorkshop } from '../trainer/built'
import { TestPlace } from './bench-places'

const kills = Number(process.env['NEIRO_KILLS'] ?? 20)
const place = new TestPlace()
afterAll(() => place.close())

const rowsOf = (n: number): number => 200 + 700 * (n % 5)
const file = (n: number): string => place.file(`file${n}.csv`, faq(rowsOf(n), 10_000 * n))

/** What stands in the folder is what the log knows, whole, and nothing else. */
function expectWhole(dir: string): void {
  const log = readFileSync(join(dir, 'data/log.jsonl'), 'utf8').trimEnd().split('\n')
  const known = log.flatMap((line) => (JSON.parse(line) as { sources?: { id: string }[] }).sources ?? [])
  expect(readdirSync(join(dir, 'data/sources')).sort()).toEqual(known.map(({ id }) => id).sort())
  expect(readdirSync(join(dir, 'data')).filter((name) => name.includes('tmp'))).toEqual([])
}

test(`readers killed ${kills} times`, async () => {
  const chance = new Chance(5)
  const workshop = await place.open()
  const here = room({ reader: workshop.reader })
  let [killed, rows] = [0, 0]
  const killing = (async () => {
    while (killed < kills) {
      await sleep(chance.below(400))
      const [pid] = workshop.pids
      if (pid === undefined) continue
      try {
        process.kill(pid, 'SIGKILL')
        killed++
      } catch {
        // it went by itself
      }
    }
  })()
  for (let n = 0; killed < kills; n++) {
    const path = file(n)
    for (;;) {
      try {
        await here.add(path)
        break
      } catch (error) {
        // one that is killed too often is said, and the set is as it was
        expect(NeiroError.of(error).code).toBe('WORKSHOP_KILLED')
      }
    }
    rows += rowsOf(n)
  }
  await killing
  const view = await here.data.get({ dir: here.dir })
  expect(view.files.map(({ error }) => error).filter(Boolean)).toEqual([])
  expect(view.examples).toBe(rows)
  expectWhole(here.dir)
}, 600_000)

test('the app itself killed while files come in', async () => {
  const chance = new Chance(9)
  const dir = newProject()
  const times = Math.max(2, Math.round(kills / 10))
  const paths = Array.from({ length: 6 }, (_, n) => file(n))
  for (let time = 0; time < times; time++) {
    const child = spawn(
      process.execPath,
      [
        join(import.meta.dirname, 'adds-files.mjs'),
        dir,
        await builtWorkshop(),
        await builtKeeper(),
        ...paths
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] }
    )
    await new Promise<void>((begun) => child.stdout.once('data', () => begun()))
    await sleep(chance.below(700))
    child.kill('SIGKILL')
    await new Promise((gone) => child.once('exit', gone))
  }
  // what was not there yet comes in now; what was there already is said to be
  const here = room({ dir, reader: (await place.open()).reader })
  const view = await here.add(...paths)
  const usable = view.files.filter(({ error }) => error === null)
  expect(usable.map(({ file }) => file).sort()).toEqual(paths.map((_, n) => `file${n}.csv`))
  expect(view.examples).toBe(paths.reduce((sum, _, n) => sum + rowsOf(n), 0))
  expect(existsSync(join(dir, 'data/log.jsonl'))).toBe(true)
  expectWhole(dir)
}, 600_000)
