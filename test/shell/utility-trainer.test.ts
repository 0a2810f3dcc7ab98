// The trainer as a utility process, behind the face that the host knows. The child here behaves as Electron's
// does: its outputs lose every listener at the exit, its pid goes with it, an 'error' is an event like any.
import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { TrainerHost } from '../../main/services/engine/trainer-host'

class Child extends EventEmitter {
  stdout: PassThrough | null = new PassThrough()
  stderr: PassThrough | null = new PassThrough()
  pid: number | undefined = 4_000_000
  readonly sent: unknown[] = []
  kills = 0
  postMessage(message: unknown): void {
    this.sent.push(message)
  }
  kill(): boolean {
    this.kills++
    return true
  }
  leave(code: number): void {
    const outputs = [this.stdout, this.stderr]
    this.pid = undefined
    try {
      this.emit('exit', code)
    } finally {
      for (const output of outputs) output?.removeAllListeners()
      this.stdout = this.stderr = null
    }
  }
}

let child: Child
let forked: { program: string; args: string[]; options: { stdio: string; env: Record<string, string> } }[] =
  []
vi.mock('electron', () => ({
  utilityProcess: {
    fork(program: string, args: string[], options: never) {
      forked.push({ program, args, options })
      return child
    }
  }
}))
const { startUtilityTrainer } = await import('../../main/shell/utility-trainer')

const options = { trainerEntry: '/app/trainer.js', addonFile: '/app/neiro.node', env: { EXTRA: '1' } }
const lines: string[] = []
beforeEach(() => {
  child = new Child()
  forked = []
  lines.length = 0
})
afterEach(() => vi.restoreAllMocks())

async function started(): Promise<TrainerHost> {
  const starting = TrainerHost.start({
    ...options,
    startProcess: startUtilityTrainer,
    onLog: (line) => lines.push(line)
  })
  child.emit('message', { kind: 'ready', probe: { device: 'cpu' } })
  return starting
}

test('is started with the engine and its own words, which are piped', async () => {
  const host = await started()
  expect(forked).toHaveLength(1)
  expect(forked[0]).toMatchObject({
    program: '/app/trainer.js',
    options: { stdio: 'pipe', env: { NEIRO_ADDON: '/app/neiro.node', EXTRA: '1', PATH: process.env['PATH'] } }
  })
  expect(host.pid).toBe(4_000_000)
})

test('calls go out as messages, answers come back, what it prints is heard', async () => {
  const host = await started()
  const answer = host.call('pauseRun', undefined)
  child.stdout?.write('step 1\n')
  child.emit('message', { kind: 'answer', id: (child.sent[0] as { id: number }).id, result: 'paused' })
  expect(await answer).toBe('paused')
  await vi.waitFor(() => expect(lines).toEqual(['step 1']))
})

describe('the exit', () => {
  test('is told although the outputs never tell their end, and whoever waits is told', async () => {
    const host = await started()
    const answer = host.call('pauseRun', undefined)
    child.leave(9)
    await expect(answer).rejects.toMatchObject({ code: 'TRAINER_DIED' })
    expect(await host.exited).toEqual({ code: 9, signal: null })
    await expect(host.call('pauseRun', undefined)).rejects.toMatchObject({ code: 'TRAINER_DIED' })
  })

  test('loses no last words, and says none twice', async () => {
    const host = await started()
    const { stdout, stderr } = child
    stdout?.write('first\n')
    child.leave(1)
    setImmediate(() => stderr?.write('FATAL: out of memory\n'))
    await host.exited
    expect(lines).toEqual(['first', 'FATAL: out of memory'])
    await expect(host.call('pauseRun', undefined)).rejects.toThrow('FATAL: out of memory')
  })

  test('before it was ready fails the start', async () => {
    const starting = TrainerHost.start({ ...options, startProcess: startUtilityTrainer })
    child.leave(1)
    await expect(starting).rejects.toMatchObject({ code: 'TRAINER_NOT_STARTED' })
  })
})

test('a fatal error of V8 does not take the app along, and stands in what is said of the end', async () => {
  const host = await started()
  expect(() => child.emit('error', 'FatalError', 'v8::OOM', '{}')).not.toThrow()
  child.leave(5)
  await host.exited
  await expect(host.call('pauseRun', undefined)).rejects.toThrow('FatalError at v8::OOM')
})

describe('the ways to end it', () => {
  test('stop asks it to go, and waits', async () => {
    const host = await started()
    const stopping = host.stop()
    for (const { id } of child.sent as { id: number }[])
      child.emit('message', { kind: 'answer', id, result: null })
    await vi.waitFor(() => expect(child.kills).toBe(1))
    child.leave(0)
    await stopping
  })

  test('kill is at once; after the end it hits nobody', async () => {
    const killed = vi.spyOn(process, 'kill').mockReturnValue(true)
    const host = await started()
    host.kill()
    expect(killed.mock.calls).toEqual([[4_000_000, 'SIGKILL']])
    child.leave(0)
    await host.exited
    host.kill()
    expect(killed).toHaveBeenCalledTimes(1)
  })

  test('a kill that finds the process gone is no error', async () => {
    vi.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error('kill ESRCH'), { code: 'ESRCH' })
    })
    const host = await started()
    expect(() => host.kill()).not.toThrow()
  })
})
