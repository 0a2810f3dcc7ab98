// A process that gives way: all its threads, also those that it makes later; and no harm where there is none.
import { fork } from 'node:child_process'
import { readdirSync, readFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { getPriority, setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { giveWay } from '../../main/processes/give-way'

// on each message: more work for the thread pool, then an answer
const program = `
const { pbkdf2 } = require('node:crypto')
process.on('message', () => pbkdf2('a', 'b', 1, 8, 'sha256', () => process.send('done')))
process.send('ready')
`

test('every thread stands behind, those of later work too', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'neiro-way-')), 'idle.cjs')
  writeFileSync(file, program)
  const child = fork(file, { execArgv: [] })
  try {
    const answered = (): Promise<unknown> => new Promise((done) => child.once('message', done))
    await answered()
    const before = getPriority()
    giveWay(child.pid as number, 'training')
    const work = answered()
    child.send('work')
    await work
    expect(getPriority(child.pid)).toBeGreaterThan(before)
    expect(getPriority()).toBe(before)
    if (process.platform === 'linux') {
      const niceOf = (id: string): number =>
        Number(readFileSync(`/proc/${child.pid}/task/${id}/stat`, 'utf8').split(') ')[1]?.split(' ')[16])
      const threads = readdirSync(`/proc/${child.pid}/task`).map(niceOf)
      expect(threads.length).toBeGreaterThan(2)
      expect(new Set(threads)).toEqual(new Set([getPriority(child.pid)]))
    }
  } finally {
    child.kill()
  }
})

test('who stands further behind already stays there', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'neiro-way-')), 'idle.cjs')
  writeFileSync(file, program)
  const child = fork(file, { execArgv: [] })
  try {
    await new Promise((ready) => child.once('message', ready))
    setPriority(child.pid as number, 15)
    giveWay(child.pid as number, 'training')
    expect(getPriority(child.pid)).toBe(15)
  } finally {
    child.kill()
  }
})

test('a process that is gone is no error', () => {
  expect(() => giveWay(2 ** 22 + 1, 'reading')).not.toThrow()
})
