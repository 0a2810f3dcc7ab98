// The host against real processes: start, calls, crashes, farewells. The engine inside is a stand-in, so that
// it can be made to die at will.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { NeiroError } from '../../../main/contract/errors'
import type { MetricLine, RunProgress } from '../../../main/contract/records'
import { readRun } from '../../../main/services/runs/run-view'
import { trainIn } from '../../../main/services/runners/local'
import { TrainerHost, type TrainerHostOptions } from '../../../main/services/engine/trainer-host'
import { builtFakeAddon, builtTrainer } from '../../trainer/built'
import {
  comparableLines,
  folderBytes,
  metricLines,
  runFixture,
  temporaryFolder
} from '../../trainer/run-fixture'

const hosts: TrainerHost[] = []
afterEach(() => hosts.splice(0).forEach((host) => host.kill()))

async function start(behaviour = '', options: Partial<TrainerHostOptions> = {}): Promise<TrainerHost> {
  const host = await TrainerHost.start({
    trainerEntry: await builtTrainer(),
    addonFile: await builtFakeAddon(),
    env: { FAKE_ADDON: behaviour },
    ...options
  })
  hosts.push(host)
  return host
}
const failure = (promise: Promise<unknown>): Promise<NeiroError> =>
  promise.then(
    () => Promise.reject(new Error('expected a failure')),
    (error: unknown) => error as NeiroError
  )
const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('start', () => {
  test('brings the probe and a process of its own', async () => {
    const host = await start()
    expect(host.probe).toMatchObject({ backend: 'fake' })
    expect(host.pid).not.toBe(process.pid)
    await host.stop()
    expect(await host.exited).toEqual({ code: 0, signal: null })
    expect(alive(host.pid)).toBe(false)
  })

  test('without the native module: a code and a way out', async () => {
    const error = await failure(start('', { addonFile: '/not/there.node' }))
    expect(error).toMatchObject({ code: 'ADDON_MISSING', details: { file: '/not/there.node' } })
  })

  test('with a file that is no native module', async () => {
    const file = join(temporaryFolder(), 'neiro.node')
    writeFileSync(file, 'not a library')
    expect(await failure(start('', { addonFile: file }))).toMatchObject({ code: 'ADDON_BROKEN' })
    const error = await failure(start('throws while loading'))
    expect(error).toMatchObject({
      code: 'ADDON_BROKEN',
      details: { reason: 'wrong version of the C library' }
    })
  })

  test('when the process dies before it is ready', async () => {
    expect(await failure(start('dies while loading'))).toMatchObject({
      code: 'TRAINER_NOT_STARTED',
      details: { signal: 'SIGKILL' }
    })
    const error = await failure(start('', { trainerEntry: join(temporaryFolder(), 'missing.js') }))
    expect(error).toMatchObject({ code: 'TRAINER_NOT_STARTED', details: { exitCode: '1' } })
  })
})

describe('calls', () => {
  test('carry typed arrays both ways', async () => {
    const host = await start()
    await host.call('open', { modelDir: 'x' } as never)
    const logits = await host.call('logits', {
      tokens: Int32Array.of(2, 4, 7),
      lengths: Int32Array.of(3),
      adapter: false
    })
    expect(logits).toEqual(Float32Array.of(1, 2, 3.5))
  })

  test('without an open model, unknown, or refused by the engine: each its own error', async () => {
    const host = await start('too large')
    expect(await failure(host.call('generateNext', { count: 1 }))).toMatchObject({ code: 'NO_MODEL_OPEN' })
    expect(await failure(host.call('toString' as never, undefined as never))).toMatchObject({
      code: 'INTERNAL'
    })
    expect(await failure(host.call('open', {} as never))).toMatchObject({
      code: 'OUT_OF_MEMORY',
      details: { needed: '12' }
    })
    // the process is well in spite of all that
    expect(await host.call('inspectModel', { modelDir: 'm' })).toEqual({ family: 'm' })
  })

  test('after the process has gone say so', async () => {
    const host = await start()
    host.kill()
    expect(await host.exited).toEqual({ code: null, signal: 'SIGKILL' })
    expect(await failure(host.call('probe', undefined))).toMatchObject({ code: 'TRAINER_DIED' })
    await host.stop()
  })
})

describe('a run', () => {
  test('tells its metrics and ends with an answer', async () => {
    const dir = await runFixture()
    const metrics: MetricLine[] = []
    const progress: RunProgress[] = []
    const result = await trainIn(await start(), dir, {
      onMetric: (line) => metrics.push(line),
      onProgress: (value) => progress.push(value)
    })
    expect(result).toEqual({ outcome: 'finished', step: 20 })
    expect(metrics).toEqual(metricLines(dir))
    expect(progress.at(-1)?.step).toBe(20)
    // thinned: 20 updates of 5 ms are far less than 20 messages
    expect(progress.length).toBeLessThan(10)
  })

  test('whose process crashes in native code leaves the host alive, and is resumed with the same bits', async () => {
    const whole = await runFixture()
    await trainIn(await start(), whole)
    const dir = await runFixture()
    const lines: string[] = []
    const error = await failure(trainIn(await start('dies at 8', { onLog: (line) => lines.push(line) }), dir))
    expect(error).toMatchObject({
      code: 'TRAINER_DIED',
      details: { signal: 'SIGSEGV', log: 'neiro: something native went wrong' }
    })
    expect(lines).toContain('neiro: something native went wrong')
    expect(await readRun(dir)).toMatchObject({ state: 'interrupted', step: 7 })
    await trainIn(await start(), dir)
    expect(comparableLines(dir)).toEqual(comparableLines(whole))
    expect(await folderBytes(dir)).toEqual(await folderBytes(whole))
  })

  test('is refused to a second host while the first trains it', async () => {
    const dir = await runFixture()
    const first = await start('slow')
    let begun: () => void = () => undefined
    const firstLine = new Promise<void>((resolve) => (begun = resolve))
    const running = trainIn(first, dir, { onMetric: () => begun() })
    await firstLine
    expect(await readRun(dir)).toMatchObject({ state: 'running' })
    expect(await failure(trainIn(await start(), dir))).toMatchObject({ code: 'RUN_BUSY' })
    expect(await failure(first.call('startRun', { runDir: dir }))).toMatchObject({ code: 'TRAINER_BUSY' })
    expect(await failure(first.call('open', {} as never))).toMatchObject({ code: 'TRAINER_BUSY' })
    await first.call('pauseRun', undefined)
    expect((await running).outcome).toBe('paused')
    expect(await readRun(dir)).toMatchObject({ state: 'paused' })
  })

  test.each(['pauseRun', 'stopRun'] as const)('%s is honoured at the next step boundary', async (wish) => {
    const dir = await runFixture()
    const host = await start('slow')
    let asked = false
    const { outcome, step } = await trainIn(host, dir, {
      onMetric: (line) => {
        if (line.step === 6 && !asked) void host.call(wish, undefined)
        asked ||= line.step === 6
      }
    })
    expect(outcome).toBe(wish === 'pauseRun' ? 'paused' : 'stopped')
    expect(step).toBeGreaterThanOrEqual(6)
    expect(step).toBeLessThan(9)
    expect(existsSync(join(dir, 'adapter'))).toBe(wish === 'stopRun')
    // the process stays for the next task
    expect(await host.call('probe', undefined)).toMatchObject({ backend: 'fake' })
  })

  const sixthStep = (host: TrainerHost): Promise<void> =>
    new Promise((resolve) => {
      host.subscribe((message) => {
        if (message.kind === 'metric' && message.line.step === 6) resolve()
      })
    })

  test('is paused, not lost, when the host stops or the process is asked to end', async () => {
    for (const end of [
      (host: TrainerHost) => host.stop(),
      (host: TrainerHost) => process.kill(host.pid, 'SIGTERM')
    ]) {
      const dir = await runFixture()
      const host = await start('slow')
      const running = trainIn(host, dir)
      await sixthStep(host)
      await end(host)
      expect((await running).outcome).toBe('paused')
      expect(await host.exited).toEqual({ code: 0, signal: null })
      expect(await readRun(dir)).toMatchObject({ state: 'paused' })
    }
  })

  test('is saved as interrupted when the host goes without a word; Ctrl+C alone does not end it', async () => {
    const dir = await runFixture()
    const host = await start('slow')
    const running = failure(trainIn(host, dir))
    await sixthStep(host)
    process.kill(host.pid, 'SIGINT')
    // what the trainer sees of a parent that died
    ;(host as unknown as { child: { disconnect(): void } }).child.disconnect()
    await running
    expect(await host.exited).toEqual({ code: 0, signal: null })
    const run = await readRun(dir)
    expect(run.state).toBe('interrupted')
    expect(run.step).toBeGreaterThanOrEqual(6)
    expect(metricLines(dir).at(-1)).toMatchObject({ kind: 'notice', code: 'INTERRUPTED', step: run.step })
  })
})
