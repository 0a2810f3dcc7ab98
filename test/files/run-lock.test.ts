// One living process per run folder: real processes, real deaths.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isRunHeld, lockRun, type ProcessTable } from '../../main/files/run-lock'
import { temporaryFolder } from '../trainer/run-fixture'

let dir = ''
const children: ChildProcess[] = []
beforeEach(() => {
  dir = temporaryFolder()
})
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')))

/** Another process that takes the lock and says whether it got it; it lives until it is killed. */
async function otherHolder(): Promise<{ child: ChildProcess; answer: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'lock-holder.mjs'), dir], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  children.push(child)
  const [data] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, answer: data.toString().trim() }
}

test('a folder can be taken once, and again after it was given back', async () => {
  expect(isRunHeld(dir)).toBe(false)
  const lock = await lockRun(dir)
  expect(isRunHeld(dir)).toBe(true)
  await expect(lockRun(dir)).rejects.toMatchObject({ code: 'RUN_BUSY' })
  await lock.release()
  expect(isRunHeld(dir)).toBe(false)
  await (await lockRun(dir)).release()
  expect(readdirSync(dir)).toEqual([])
})

test('a living process keeps it; a killed one does not', async () => {
  const { child, answer } = await otherHolder()
  expect(answer).toBe('held')
  expect(isRunHeld(dir)).toBe(true)
  await expect(lockRun(dir)).rejects.toMatchObject({ code: 'RUN_BUSY' })
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(isRunHeld(dir)).toBe(false)
  const lock = await lockRun(dir)
  expect(readdirSync(dir)).toHaveLength(1)
  await lock.release()
})

test('one whose file is still empty on a busy disk keeps it', async () => {
  const other = temporaryFolder()
  await lockRun(other)
  const file = join(dir, 'lock-1.json')
  writeFileSync(file, '')
  const asked = lockRun(dir)
  setTimeout(() => writeFileSync(file, readFileSync(join(other, 'lock-1.json'))), 300)
  await expect(asked).rejects.toMatchObject({ code: 'RUN_BUSY' })
})

test('of many that follow a dead one at once, exactly one gets it', async () => {
  for (let round = 0; round < 5; round++) {
    writeFileSync(join(dir, 'lock-3.json'), JSON.stringify({ pid: 2 ** 22 + 1, start: '1' }))
    const got = await Promise.all(Array.from({ length: 8 }, () => lockRun(dir).catch(() => null)))
    const locks = got.filter((lock) => lock !== null)
    expect(locks).toHaveLength(1)
    for (const lock of locks) await lock.release()
  }
})

test.runIf(process.platform === 'linux')('a pid used again by another process is no holder', async () => {
  writeFileSync(join(dir, 'lock-1.json'), JSON.stringify({ pid: process.pid, start: '12' }))
  expect(isRunHeld(dir)).toBe(false)
  await (await lockRun(dir)).release()
})

test.each(['', '{', 'null', '{"pid":"x"}'])('a lock file that holds %j is nobody', async (text) => {
  const file = join(dir, 'lock-1.json')
  writeFileSync(file, text)
  // in one that was made just now something may still come to stand
  utimesSync(file, 1, 1)
  expect(isRunHeld(dir)).toBe(false)
  await (await lockRun(dir)).release()
})

describe('where the system does not tell when a process started', () => {
  const silent: ProcessTable = { startOf: () => null, beatMs: 100 }
  /** alive, and certainly not this process */
  const another = process.ppid

  test('a number that went to another program after a crash does not hold the run for ever', async () => {
    writeFileSync(join(dir, 'lock-1.json'), JSON.stringify({ pid: another, start: null }))
    const longAgo = new Date(Date.now() - 3_600_000)
    utimesSync(join(dir, 'lock-1.json'), longAgo, longAgo)
    expect(isRunHeld(dir, silent)).toBe(false)
    const lock = await lockRun(dir, silent)
    expect(readdirSync(dir)).toEqual(['lock-2.json'])
    await lock.release()
  })

  test('one that beats keeps it, also when its last beat was long ago', async () => {
    const file = join(dir, 'lock-1.json')
    writeFileSync(file, JSON.stringify({ pid: another, start: null }))
    const longAgo = new Date(Date.now() - 3_600_000)
    utimesSync(file, longAgo, longAgo)
    const beating = setInterval(() => utimesSync(file, new Date(), new Date()), silent.beatMs)
    try {
      await expect(lockRun(dir, silent)).rejects.toMatchObject({ code: 'RUN_BUSY' })
      expect(isRunHeld(dir, silent)).toBe(true)
    } finally {
      clearInterval(beating)
    }
  })

  test('the holder beats until it lets go, and its own folder is busy at once', async () => {
    const lock = await lockRun(dir, silent)
    const longAgo = new Date(Date.now() - 3_600_000)
    utimesSync(join(dir, 'lock-1.json'), longAgo, longAgo)
    await expect(lockRun(dir, silent)).rejects.toMatchObject({ code: 'RUN_BUSY' })
    await vi.waitFor(() => expect(isRunHeld(dir, silent)).toBe(true))
    await lock.release()
    expect(readdirSync(dir)).toEqual([])
  })
})
