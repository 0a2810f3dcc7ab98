// The machine stays awake exactly while it is asked to, through a program of the test in the place of the system's.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { stayAwake } from '../../main/cli/stay-awake'
import { ownFolder } from '../fixtures/own-folder'

let bin = ''
let notes = ''
beforeEach(() => {
  bin = join(ownFolder(), 'bin')
  mkdirSync(bin)
  notes = join(bin, 'notes')
  vi.stubEnv('PATH', `${bin}${delimiter}${process.env['PATH']}`)
})
afterEach(() => vi.unstubAllEnvs())

/** Notes how it was started, and lives until its input ends or it is killed. */
function program(name: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\necho "$$ $*" >> "${notes}"\nexec cat\n`, { mode: 0o755 })
}
const started = (): string[] => (existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : [])
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
const pidOf = (line: string | undefined): number => Number(line?.split(' ')[0])

describe.skipIf(process.platform === 'win32')('the machine', () => {
  test.each([
    ['linux', 'systemd-inhibit', '--what=sleep:idle --who=Neiro --why=Training --mode=block cat'],
    ['darwin', 'caffeinate', `-i -w ${process.pid}`]
  ] as const)('stays awake on %s by %s, once, until it need not', async (platform, name, args) => {
    program(name)
    const awake = stayAwake(platform)
    awake(false)
    expect(started()).toEqual([])
    awake(true)
    awake(true)
    await vi.waitFor(() => expect(started()).toHaveLength(1))
    const pid = pidOf(started()[0])
    expect(started()[0]).toBe(`${pid} ${args}`)
    expect(alive(pid)).toBe(true)
    awake(false)
    await vi.waitFor(() => expect(alive(pid)).toBe(false))
    awake(true)
    await vi.waitFor(() => expect(started()).toHaveLength(2))
    awake(false)
    await vi.waitFor(() => expect(alive(pidOf(started()[1]))).toBe(false))
  })

  test('may sleep again when the process is killed in the middle', async () => {
    program('systemd-inhibit')
    const source = `import { stayAwake } from ${JSON.stringify(join(import.meta.dirname, '../../main/cli/stay-awake.ts'))}
      stayAwake('linux')(true)
      setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', source], {
      stdio: 'inherit'
    })
    await vi.waitFor(() => expect(started()).toHaveLength(1), 20_000)
    const pid = pidOf(started()[0])
    expect(alive(pid)).toBe(true)
    child.kill('SIGKILL')
    await vi.waitFor(() => expect(alive(pid)).toBe(false), 5000)
  })

  test.each(['linux', 'darwin', 'win32', 'freebsd'] as const)(
    'on %s without such a program, nothing happens',
    async (platform) => {
      vi.stubEnv('PATH', bin)
      const awake = stayAwake(platform)
      awake(true)
      await new Promise((later) => setTimeout(later, 50))
      awake(false)
      awake(true)
      awake(false)
      expect(started()).toEqual([])
    }
  )
})
