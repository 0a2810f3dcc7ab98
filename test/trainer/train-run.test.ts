// One life of a run in a real folder with a stand-in engine: resume, damage, full disks, two at once, and
// what the folder says afterwards.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { runFiles } from '../../main/contract/run-files'
import { readRun } from '../../main/services/runs/run-view'
import { removeCheckpoint } from '../../main/trainer/checkpoint'
import type { LoopRequest } from '../../main/trainer/training-loop'
import { planOnCpu, planOnGpu } from '../fixtures/memory-plan'
import { FakeSession, type FakeScript } from './fake-session'
import { checkpoints, codes, dead, dieAt, Killed, live, stateOf, undisturbed } from './lives'
import { comparableLines, folderBytes, metricLines, runFixture } from './run-fixture'

vi.mock(import('../../main/trainer/checkpoint'), async (original) => {
  const all = await original()
  return { ...all, removeCheckpoint: vi.fn(all.removeCheckpoint) }
})

describe('a run from start to end', () => {
  test('leaves adapter, metrics, two checkpoints and a finished state', async () => {
    const dir = await runFixture()
    const { result, session, lines, progress } = await live(dir)
    expect(result).toEqual({ outcome: 'finished', step: 20 })
    expect(stateOf(dir)).toMatchObject({ state: 'finished', step: 20, totalSteps: 20, name: 'テスト' })
    expect(metricLines(dir)).toEqual(lines)
    expect(checkpoints(dir).filter((name) => name.startsWith('step'))).toEqual(['step-000018', 'step-000020'])
    expect(progress.at(-1)).toMatchObject({ run: dir, state: 'running', step: 20 })
    expect(session.closed).toBe(true)
    expect(readdirSync(dir).filter((name) => name.startsWith('lock'))).toEqual([])
    expect(readFileSync(join(dir, runFiles.log), 'utf8')).toMatch(/finished at step 20 of 20/)
    expect(await readRun(dir)).toMatchObject({
      state: 'finished',
      step: 20,
      totalSteps: 20,
      modelName: 'golden/llama'
    })
  })

  test('the adapter is the best one', async () => {
    const dir = await runFixture()
    const weights: number[] = []
    const session = new FakeSession({ heldOutLoss: (done) => 1 + Math.abs(done - 10) })
    const saveAdapter = session.saveAdapter.bind(session)
    session.saveAdapter = async (options) => {
      weights.push(session.state.weight)
      await saveAdapter(options)
    }
    await live(dir, { session })
    // saved at 5 and at 10
    expect(weights).toHaveLength(2)
    const saved = readFileSync(join(dir, 'adapter/adapter_model.safetensors'), 'utf8')
    expect(JSON.parse(saved)).toBe(weights[1])
    expect(await folderBytes(dir, 'best')).toEqual(await folderBytes(dir, 'adapter'))
    expect(await readRun(dir)).toMatchObject({ best: { figure: 'loss', value: 1 } })
  })

  test('without a held-out part the adapter is the last one', async () => {
    const dir = await runFixture({ heldOut: 0 })
    const { session } = await live(dir)
    const saved = readFileSync(join(dir, 'adapter/adapter_model.safetensors'), 'utf8')
    expect(JSON.parse(saved)).toBe(session.state.weight)
    expect(existsSync(join(dir, 'best'))).toBe(false)
  })

  test('nothing in the adapter depends on where the run lies', async () => {
    const [one, other] = [await runFixture(), await runFixture()]
    await live(one)
    await live(other)
    expect(await folderBytes(one)).toEqual(await folderBytes(other))
    expect(comparableLines(one)).toEqual(comparableLines(other))
  })

  test('a finished run is not trained again', async () => {
    const dir = await runFixture()
    await live(dir)
    await expect(live(dir)).rejects.toMatchObject({ code: 'RUN_FINISHED' })
    expect(stateOf(dir).state).toBe('finished')
  })
})

describe('resumed, the run ends as if nothing had happened', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 10, 11, 20])('killed at update %i', async (step) => {
    const whole = await undisturbed()
    const dir = await runFixture()
    await dieAt(dir, step)
    expect((await readRun(dir)).state).toBe('interrupted')
    await live(dir)
    expect(comparableLines(dir)).toEqual(whole.lines)
    expect(await folderBytes(dir)).toEqual(whole.adapter)
    expect(codes(dir)).toContain('RESUMED')
  })

  test('killed many times', async () => {
    const whole = await undisturbed()
    const dir = await runFixture()
    for (const step of [1, 4, 8, 8, 8, 14, 19]) await dieAt(dir, step)
    await live(dir)
    expect(comparableLines(dir)).toEqual(whole.lines)
    expect(await folderBytes(dir)).toEqual(whole.adapter)
  })

  test.each<LoopRequest>(['pause', 'interrupt', 'stop'])('after %s', async (wish) => {
    const whole = await undisturbed()
    const dir = await runFixture()
    let asked = 0
    const { result } = await live(dir, { request: () => (++asked > 30 ? wish : null) })
    const outcome = { pause: 'paused', interrupt: 'interrupted', stop: 'stopped' }[wish]
    expect(result.outcome).toBe(outcome)
    expect(await readRun(dir)).toMatchObject({ state: outcome, step: result.step })
    expect(existsSync(join(dir, 'adapter'))).toBe(wish === 'stop')
    await live(dir)
    expect(comparableLines(dir)).toEqual(whole.lines)
    expect(await folderBytes(dir)).toEqual(whole.adapter)
  })

  test('in another place', async () => {
    const whole = await undisturbed()
    const dir = await runFixture()
    await dieAt(dir, 12)
    const moved = `${dir}-移動`
    renameSync(dir, moved)
    await live(moved)
    expect(comparableLines(moved)).toEqual(whole.lines)
    expect(await folderBytes(moved)).toEqual(whole.adapter)
  })

  test('after the process died while the result was being written', async () => {
    const whole = await undisturbed()
    const dir = await runFixture()
    await live(dir)
    // what a kill can leave: no state yet, a folder aside, half a folder beside
    writeFileSync(join(dir, runFiles.state), JSON.stringify({ ...stateOf(dir), state: 'running' }))
    const [aside, half] = ['old', 'tmp'].map((purpose) => join(dir, `.adapter.${purpose}-${dead}`))
    renameSync(join(dir, 'adapter'), aside as string)
    cpSync(aside as string, half as string, { recursive: true })
    writeFileSync(join(dir, `.state.json.tmp-${dead}`), '{')
    const { session } = await live(dir)
    expect(session.steps).toHaveLength(0)
    expect(await folderBytes(dir)).toEqual(whole.adapter)
    expect(readdirSync(dir).filter((name) => name.includes(dead))).toEqual([])
  })

  test('best/ shows the best of the state that was resumed, not of a future that was lost', async () => {
    const dir = await runFixture({ settings: { checkpointSteps: 4 } })
    const script: FakeScript = { heldOutLoss: (done) => 10 - done }
    await expect(
      live(dir, {
        script: {
          ...script,
          onStep: (step) => {
            if (step === 11) throw new Killed()
          }
        }
      })
    ).rejects.toThrow(Killed)
    const future = await folderBytes(dir, 'best')
    // resumed at 8, stopped at once: the best adapter there is the one of step 5
    const { result } = await live(dir, { script, request: () => 'stop' })
    expect(result.step).toBe(8)
    // it learns nothing more: nobody is told that it was resumed
    expect(readFileSync(join(dir, 'metrics.jsonl'), 'utf8')).not.toContain('RESUMED')
    expect(await folderBytes(dir, 'adapter')).toEqual(await folderBytes(dir, 'best'))
    expect(await folderBytes(dir, 'adapter')).not.toEqual(future)
  })
})

describe('damage', () => {
  test('a torn checkpoint is noted and the one before is used', async () => {
    const whole = await undisturbed()
    const dir = await runFixture()
    await dieAt(dir, 11)
    truncateSync(join(dir, 'checkpoints/step-000009/state.safetensors'), 4)
    await live(dir)
    const notice = metricLines(dir).find((line) => line.kind === 'notice' && line.code === 'CHECKPOINT_TORN')
    expect(notice).toMatchObject({ step: 6, details: { checkpoint: 'step-000009' } })
    expect(comparableLines(dir)).toEqual(whole.lines)
    expect(await folderBytes(dir)).toEqual(whole.adapter)
  })

  test('all checkpoints torn: it starts again, and says so', async () => {
    const whole = await undisturbed()
    const dir = await runFixture()
    await dieAt(dir, 8)
    for (const name of checkpoints(dir).filter((name) => name.startsWith('step'))) {
      rmSync(join(dir, 'checkpoints', name, 'manifest.json'))
    }
    await live(dir)
    expect(codes(dir).filter((code) => code === 'CHECKPOINT_TORN')).toHaveLength(2)
    expect(comparableLines(dir)).toEqual(whole.lines)
    expect(await folderBytes(dir)).toEqual(whole.adapter)
  })

  test.each([
    ['prepared/train.safetensors', 'RUN_BROKEN'],
    ['prepared/held-out.safetensors', 'RUN_BROKEN'],
    ['job.json', 'RUN_BROKEN'],
    ['state.json', 'RUN_BROKEN']
  ])('%s cut short is %s', async (file, code) => {
    const dir = await runFixture()
    truncateSync(join(dir, file), 20)
    await expect(live(dir)).rejects.toMatchObject({ code })
    truncateSync(join(dir, file), 0)
    await expect(live(dir)).rejects.toMatchObject({ code })
    expect(existsSync(join(dir, 'adapter'))).toBe(false)
  })

  test('a folder that is no run is told as such and left alone', async () => {
    const dir = await runFixture()
    rmSync(join(dir, 'job.json'))
    await expect(live(dir)).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
    await expect(live(join(dir, 'missing'))).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
  })

  test('a model that moved away: the way out is told, and the run can be resumed', async () => {
    const dir = await runFixture({ modelDir: '/somewhere/else' })
    await expect(live(dir)).rejects.toMatchObject({
      code: 'MODEL_MOVED',
      details: { modelDir: '/somewhere/else' }
    })
    expect(await readRun(dir)).toMatchObject({ state: 'failed', error: { code: 'MODEL_MOVED' } })
    const job = JSON.parse(readFileSync(join(dir, 'job.json'), 'utf8')) as { open: object }
    writeFileSync(join(dir, 'job.json'), JSON.stringify({ ...job, open: { ...job.open, modelDir: '.' } }))
    expect((await live(dir)).result.outcome).toBe('finished')
    expect(stateOf(dir).error).toBeUndefined()
  })
})

describe('failures', () => {
  test('losses that are no numbers: failed, with the way out, checkpoints kept', async () => {
    const dir = await runFixture()
    const script: FakeScript = { stepLoss: (step) => (step > 7 ? NaN : 1) }
    await expect(live(dir, { script })).rejects.toMatchObject({ code: 'NOT_FINITE' })
    const run = await readRun(dir)
    expect(run).toMatchObject({ state: 'failed', lastLoss: 1, error: { code: 'NOT_FINITE' } })
    expect(checkpoints(dir)).toContain('step-000006')
    expect(existsSync(join(dir, 'best'))).toBe(true)
  })

  test('a full disk at a checkpoint: failed, nothing half-written, and resumed with the same bits', async () => {
    const whole = await undisturbed()
    const dir = await runFixture()
    const session = new FakeSession()
    const saveState = session.saveState.bind(session)
    session.saveState = async (file) => {
      if (session.state.updates < 9) return saveState(file)
      await writeFile(file, 'half')
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
    }
    await expect(live(dir, { session })).rejects.toMatchObject({ code: 'DISK_FULL' })
    expect(session.closed).toBe(true)
    expect(await readRun(dir)).toMatchObject({ state: 'failed', error: { code: 'DISK_FULL' } })
    expect(checkpoints(dir)).toEqual(['best-000005', 'step-000003', 'step-000006'])
    await live(dir)
    expect(comparableLines(dir)).toEqual(whole.lines)
    expect(await folderBytes(dir)).toEqual(whole.adapter)
  })

  test.each([
    [
      'the state of a checkpoint is refused',
      async (_: string, session: FakeSession) => {
        session.loadState = () => Promise.reject(new Error('of another model'))
      }
    ],
    [
      'the metrics cannot be opened',
      async (dir: string) => {
        rmSync(join(dir, runFiles.metrics))
        mkdirSync(join(dir, runFiles.metrics))
      }
    ],
    [
      'a torn checkpoint cannot be removed',
      async (dir: string) => {
        truncateSync(join(dir, 'checkpoints/step-000006/state.safetensors'), 4)
        // as on Windows, where somebody has it open
        vi.mocked(removeCheckpoint).mockRejectedValueOnce(new Error('in use'))
      }
    ]
  ])('%s: the session is closed all the same, since the process trains on', async (_, spoil) => {
    const dir = await runFixture()
    await dieAt(dir, 8)
    const session = new FakeSession()
    await spoil(dir, session)
    await expect(live(dir, { session })).rejects.toThrow()
    expect(session.closed).toBe(true)
  })

  test('an error of the engine crosses with its code and details', async () => {
    const dir = await runFixture()
    const session = new FakeSession()
    session.step = () =>
      Promise.reject(Object.assign(new Error('no room'), { code: 'OUT_OF_MEMORY', details: { b: '1' } }))
    await expect(live(dir, { session })).rejects.toMatchObject({ code: 'OUT_OF_MEMORY' })
    expect(stateOf(dir).error).toEqual({
      code: 'OUT_OF_MEMORY',
      details: { b: '1' }
    })
  })

  test('two at once: the second is refused, the first goes on', async () => {
    const dir = await runFixture()
    let second: unknown
    const script: FakeScript = {
      onStep: (step) => {
        if (step === 5) second = live(dir).catch((error: unknown) => error)
      }
    }
    const first = await live(dir, { script })
    expect(first.result.outcome).toBe('finished')
    expect(await second).toMatchObject({ code: 'RUN_BUSY' })
  })
})

describe('where a run is trained', () => {
  test('is kept: the CPU, and why not the GPU; the GPU by its name', async () => {
    const dir = await runFixture()
    await live(dir, { script: { plan: planOnCpu({ notOnGpu: 'GPU_MEMORY', gpuName: 'RTX' }) } })
    expect(stateOf(dir)).toMatchObject({ backend: 'fake', gpu: null, notOnGpu: 'GPU_MEMORY' })
    const other = await runFixture()
    await live(other, { script: { plan: planOnGpu({ weights: 1 }, { name: 'RTX', free: 2, total: 3 }) } })
    expect(stateOf(other)).toMatchObject({ backend: 'cuda', gpu: 'RTX', notOnGpu: null })
    expect((await readRun(other)).trainedOn).toEqual({ gpu: 'RTX', notOnGpu: null })
  })
})
