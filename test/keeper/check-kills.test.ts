// The processes of a check-up and the one that holds the rows, real ones, killed again and again while rows are checked and put
// right: what comes of it is what comes of it where nobody is killed.
import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NeiroError } from '../../main/contract/errors'
import { HostedKeeper } from '../../main/keeper/hosted-keeper'
import { TwoCheckers } from '../../main/keeper/two-checkers'
import type { Keeper } from '../../main/services/dataset/set/kept-set'
import { KeepingHere } from '../../main/services/dataset/set/keeping-here'
import { CheckUps } from '../../main/services/doctor/check-ups'
import { room } from '../services/dataset/project'
import { builtKeeper } from '../trainer/built'

const rows = 160
const kills = Number(process.env['NEIRO_KILLS'] ?? 4)
const file = join(mkdtempSync(join(tmpdir(), 'neiro-kills-')), 'faq.csv')
const opened: { close(): void }[] = []

beforeAll(async () => {
  await builtKeeper()
  writeFileSync(file, 'question,answer\n')
  for (let i = 0; i < rows; i++)
    appendFileSync(
      file,
      `${i % 10 === 0 ? '同じ' : `${i}番`}の品の電話は。,品${i % 10 === 0 ? 0 : i}の係は090-1234-${1000 + i}です。\n`
    )
})
afterAll(() => opened.forEach((one) => one.close()))

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      expect(NeiroError.of(error).code).toBe('KEEPER_LOST')
    }
  }
}

/** Checked, put right, and what the set is then. */
async function walk(keeper: Keeper, checker: Keeper): Promise<object> {
  const here = room({ keeper })
  const checkUps = new CheckUps({
    ...{
      data: Object.assign(here.data, { tooLongOf: async () => Uint32Array.of(7) }),
      keeper: checker,
      goalOf: async () => 'tone',
      language: () => 'ja'
    }
  })
  const { dir } = here
  await patiently(() => here.add(file))
  const found = await patiently(() => checkUps.get({ dir, keep: 'first' }))
  for (const finding of ['personal-data', 'near-duplicates'] as const)
    if (found.findings.some(({ kind }) => kind === finding))
      await patiently(() => checkUps.repair({ dir, finding, keep: 'first' }))
  const after = await patiently(() => checkUps.get({ dir, keep: 'first' }))
  const page = await patiently(() => here.data.rows({ dir, offset: 0, limit: rows, search: '' }))
  return {
    found: found.findings,
    after: after.findings,
    repairs: after.repairs.map(({ finding, rows: count }) => [finding, count]),
    rows: page.rows.map(({ question, answer }) => [question, answer])
  }
}

test(`killed ${kills} times, nothing is lost and nothing is done twice`, { timeout: 60_000 }, async () => {
  const keeper = new HostedKeeper({ program: await builtKeeper() })
  const checkers = new TwoCheckers({ program: await builtKeeper(), large: 50 })
  opened.push(keeper, checkers)
  let done = false
  let killed = 0
  const killing = (async () => {
    while (!done && killed < kills) {
      await sleep(40 + 60 * (killed % 3))
      const pids = [...checkers.pids, ...(keeper.pid === undefined ? [] : [keeper.pid])]
      const pid = pids[killed % Math.max(1, pids.length)]
      if (pid === undefined) continue
      try {
        process.kill(pid, 'SIGKILL')
        killed++
      } catch {
        // it has just gone
      }
    }
  })()
  const here = await walk(keeper, checkers)
  done = true
  await killing
  expect(killed).toBeGreaterThan(0)
  const calm = new KeepingHere()
  expect(here).toEqual(await walk(calm, calm))
})
