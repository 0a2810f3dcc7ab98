// Downloads against a hub that misbehaves at random: never a wrong file, never a checked one fetched twice, the token
// nowhere else. `npm run hubtest -- 1000` does more of the same.
import { expect, test } from 'vitest'
import { hubFaults, runRound } from './rounds'
import { storeFaults } from './store-faults'

const rounds = 60

test(`${rounds} downloads from a hub that misbehaves come to an end, whole and right`, async () => {
  const kinds = new Set<string>()
  let faults = 0
  let times = 0
  let next = 1
  // most of a round is waiting
  const lane = async (): Promise<void> => {
    while (next <= rounds) {
      const result = await runRound(next++)
      for (const kind of result.kinds) kinds.add(kind)
      faults += result.faults
      times += result.times
    }
  }
  await Promise.all(Array.from({ length: 8 }, lane))
  // every way of misbehaving was met, and downloads were broken off and gone on with
  expect([...storeFaults, ...hubFaults].filter((fault) => !kinds.has(fault))).toEqual([])
  expect(faults).toBeGreaterThan(5 * rounds)
  expect(times).toBeGreaterThan(rounds)
}, 120_000)
