// neiro storage as a person runs it: shown, moved, broken off, killed in the middle, the old place emptied. What was there
// is in one place whole, always.
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lockRun } from '../../main/files/run-lock'
import { neiro } from '../fixtures/neiro-cli'
import { Chance } from '../services/random'
import { Desk, only } from './desk'

const desk = new Desk()
const home = desk.env.NEIRO_HOME
const cli = resolve(import.meta.dirname, '../../out/main/cli.js')
const megabytes = 40
beforeAll(async () => {
  const { status, stderr } = await neiro(desk.tuneArgs('--max-steps', '2', '--name', 'first'), desk.env)
  expect(status, stderr).toBe(0)
  mkdirSync(join(home, 'projects/p/data'), { recursive: true })
  for (let n = 0; n < megabytes; n++)
    writeFileSync(join(home, `projects/p/data/${n}.bin`), Buffer.alloc(1024 * 1024, n))
}, 120_000)
afterAll(() => desk.remove())

const whole = (dir: string): void => {
  const files = readdirSync(join(dir, 'projects/p/data'))
  expect(files).toHaveLength(megabytes)
  for (const name of files)
    expect(
      readFileSync(join(dir, 'projects/p/data', name)).every((byte) => byte === Number.parseInt(name))
    ).toBe(true)
}
/** what lies in a folder beside what processes hold for a moment */
const names = (dir: string): string[] =>
  readdirSync(dir)
    .filter((name) => !name.startsWith('lock-'))
    .sort()

describe('neiro storage', () => {
  test('killed again and again while it moves: the old place is whole, and nothing of the move stays', async () => {
    const chance = new Chance(12)
    const target = join(desk.place, 'disk')
    const before = names(desk.place)
    const standing = names(home)
    let [killed, begun] = [0, 0]
    while (killed < 6) {
      const child = spawn(process.execPath, [cli, 'storage', '--to', target, '--json'], {
        env: { ...process.env, ...desk.env },
        stdio: ['ignore', 'pipe', 'ignore']
      })
      const gone = new Promise((ended) => child.once('exit', ended))
      await Promise.race([new Promise((heard) => child.stdout.once('data', heard)), gone])
      await sleep(chance.below(120))
      child.kill('SIGKILL')
      await gone
      killed++
      const { events } = await neiro(['storage'], desk.env)
      const shownPath = only(events, 'storage')[0]?.['shownPath']
      if (shownPath !== home) {
        // it was through: both are whole, and it goes back to begin again
        whole(target)
        whole(home)
        begun++
        writeFileSync(
          join(home, 'storage.json'),
          JSON.stringify({ dir: home, formerly: [], left: null, moving: null })
        )
        rmSync(target, { recursive: true })
        continue
      }
      whole(home)
      expect(names(desk.place).filter((name) => name !== 'disk')).toEqual(before)
      expect(names(home).filter((name) => name !== 'storage.json')).toEqual(standing)
      expect(names(desk.place).includes('disk') ? readdirSync(target) : []).toEqual([])
    }
    expect(begun).toBeLessThan(killed)
  }, 180_000)

  test('moves, goes on there with what was trained, and empties the old place', async () => {
    const target = join(desk.place, 'new disk')
    const moved = await neiro(['storage', '--to', target], desk.env)
    expect(moved.status, moved.stderr).toBe(0)
    expect(only(moved.events, 'moving').map(({ stage }) => stage)).toEqual(['copying', 'checking'])
    expect(only(moved.events, 'storage')).toMatchObject([
      { shownPath: target, away: false, left: { shownPath: home } }
    ])
    whole(target)
    whole(home)
    const emptied = await neiro(['storage', '--empty-old'], desk.env)
    expect(emptied.status, emptied.stderr).toBe(0)
    expect(only(emptied.events, 'storage')).toMatchObject([{ shownPath: target, left: null }])
    expect(names(home).filter((name) => ['projects', 'runs', 'bin'].includes(name))).toEqual([])
    whole(target)

    // a run from before the move is found, asked, and one from after it lies in the new place
    const runs = only((await neiro(['runs'], desk.env)).events, 'run')
    expect(runs.map(({ dir }) => String(dir).startsWith(join(target, 'runs')))).toEqual([true])
    const asked = await neiro(
      ['chat', '--run', 'latest', '--prompt', '送料は', '--max-new-tokens', '4'],
      desk.env
    )
    expect(asked.status, asked.stderr).toBe(0)
    const more = await neiro(desk.tuneArgs('--max-steps', '2', '--name', 'second'), desk.env)
    expect(more.status, more.stderr).toBe(0)
    expect(readdirSync(join(target, 'runs'))).toHaveLength(2)
  }, 120_000)

  test('is refused while another process trains a run, and where there is no such folder', async () => {
    const [run] = only((await neiro(['runs'], desk.env)).events, 'run')
    const held = await lockRun(String(run?.['dir']))
    const refused = await neiro(['storage', '--to', join(desk.place, 'third')], desk.env)
    await held.release()
    expect(refused.error?.code, refused.stderr).toBe('STORAGE_IN_USE')
    const file = await neiro(['storage', '--to', desk.faq], desk.env)
    expect(file.error?.code).toBe('WRONG_KIND_OF_PLACE')
  }, 120_000)
})
