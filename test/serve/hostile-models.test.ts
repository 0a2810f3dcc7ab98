// Models from strangers (rows 2 and 6 of issue 10) through both doors as real processes: what is wrong with them is a sentence,
// the app goes on meanwhile, and it is never held up.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WindowDoor } from '../strangers/doors'
import { hostileModels } from '../strangers/models'

const dir = mkdtempSync(join(tmpdir(), 'neiro-models-'))
let window: WindowDoor
beforeAll(async () => {
  window = await WindowDoor.open(dir)
}, 60_000)
afterAll(async () => {
  await window.close()
  rmSync(dir, { recursive: true, force: true })
}, 60_000)

test('a pattern that goes back, twelve million spaces, templates without end', async () => {
  const told = await hostileModels(window, dir)
  expect(told.filter(({ problem }) => problem)).toEqual([])
  expect(told).toHaveLength(16)
}, 180_000)
