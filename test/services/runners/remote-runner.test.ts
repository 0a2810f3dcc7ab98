// A run that is trained elsewhere, against a place that is played: its lines, checkpoints and result come home; the network
// is cut, the machine lost, Neiro killed, and nothing is lost or passed over in silence.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import type { MetricLine } from '../../../main/contract/records'
import { isRunHeld } from '../../../main/files/run-lock'
import { fixedStorage } from '../../../main/services/storage/storage-place'
import { writeElsewhere, readElsewhere } from '../../../main/services/runners/elsewhere-file'
import { RemoteRunner } from '../../../main/services/runners/remote-runner'
import { RunStore } from '../../../main/services/runs/run-store'
import type { RunPlace } from '../../../main/services/runs/run-view'
import { runFixture, temporaryFolder } from '../../trainer/run-fixture'
import { adapterThere, PlayedPlace } from './played-place'

let store: RunStore
let place: RunPlace
let there: PlayedPlace
let heard: MetricLine[] = []

beforeEach(async () => {
  const home = temporaryFolder()
  heard = []
  store = new RunStore({
    ...{ projects: { list: async () => [] }, home, storage: fixedStorage(home) },
    live: () => null
  })
  place = store.placeOf(null, await runFixture({ dir: join(home, 'runs', 'a'), questions: 0 }))
  there = new PlayedPlace(join(home, 'there'))
  await agreed()
})

const agreed = (): Promise<void> =>
  writeElsewhere(place.dir, {
    ...{
      version: 1,
      place: { kind: 'ray', where: 'http://x' },
      ticket: null,
      modelThere: null,
      spread: null,
      cloud: null
    },
    ...{ departures: [], recipe: '' }
  })

function runner(): RemoteRunner {
  return new RemoteRunner({
    ...{ store, connect: () => there, pollMs: 1 },
    folderOf: async ({ dir }) => {
      const folder = join(dir, 'elsewhere', 'a')
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'train.py'), 'x')
      return folder
    }
  })
}
const start = (of = runner()): ReturnType<RemoteRunner['startRun']> =>
  of.startRun(place, { onMetric: (line) => heard.push(line) })

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => NeiroError.of(error).code
  )
const steps = (): number[] => heard.filter(({ kind }) => kind === 'step').map(({ step }) => step)
const finish = (): void => {
  there.lines(1, 2, 3, 10)
  there.sealed('adapter', adapterThere)
  there.tells('finished', 10, 10)
}

describe('to its end', () => {
  test('lines come as they are written, the adapter comes home under the name of the base here', async () => {
    there.script.push(
      () => there.tells('running', 0),
      () => (there.lines(1, 2), there.tells('running', 2)),
      // half a line is none yet
      () =>
        there.write(
          'metrics.jsonl',
          readFileSync(join(there.output, 'metrics.jsonl'), 'utf8') + '{"kind":"st'
        ),
      finish
    )
    expect(await start()).toEqual({ outcome: 'finished', step: 10 })
    expect(steps()).toEqual([1, 2, 3, 10])
    const config = JSON.parse(readFileSync(join(place.dir, 'adapter/adapter_config.json'), 'utf8')) as object
    expect(config).toMatchObject({ base_model_name_or_path: 'golden/llama', r: 4 })
    expect(existsSync(join(place.dir, 'adapter/README.md'))).toBe(false)
    expect(await store.view(place)).toMatchObject({
      state: 'finished',
      step: 10,
      totalSteps: 10,
      lastLoss: 2
    })
    expect(isRunHeld(place.dir)).toBe(false)
  })

  test('a result that is not what its seal says is refused', async () => {
    there.script.push(() => {
      finish()
      there.write('adapter/adapter_model.safetensors', 'weighty')
    })
    expect(await codeOf(start())).toBe('RESULT_NOT_WHOLE')
    expect(existsSync(join(place.dir, 'adapter'))).toBe(false)
  })

  test('a name that leads out of the folder is refused', async () => {
    there.script.push(() => {
      finish()
      const entry = { name: '../../evil', size: 1, sha256: '' }
      there.write('adapter/sealed.json', JSON.stringify({ files: [entry] }))
    })
    expect(await codeOf(start())).toBe('RESULT_NOT_WHOLE')
  })

  test('what failed there is told in its own words', async () => {
    there.script.push(() => {
      there.alive = false
      there.tells('failed', 3, 0, 'RuntimeError: out of memory')
    })
    await expect(start()).rejects.toMatchObject({
      code: 'FAILED_ELSEWHERE',
      details: { reason: 'RuntimeError: out of memory' }
    })
    expect((await store.view(place)).state).toBe('failed')
  })
})

describe('faults', () => {
  test('a network that is cut is waited for, said once, and read on from', async () => {
    there.script.push(
      () => (there.lines(1), there.tells('running', 1)),
      () => (there.cut = true),
      () => undefined,
      () => undefined,
      () => (there.cut = false),
      finish
    )
    expect((await start()).outcome).toBe('finished')
    expect(steps()).toEqual([1, 2, 3, 10])
    const codes = heard.flatMap((line) => (line.kind === 'notice' ? [line.code] : []))
    expect(codes).toEqual(['PLACE_UNREACHABLE', 'PLACE_REACHED'])
  })

  test('a place that cannot be reached at first is tried again', async () => {
    there.cut = true
    const ended = start()
    await new Promise((resume) => setTimeout(resume, 20))
    there.script.push(finish)
    there.cut = false
    expect((await ended).outcome).toBe('finished')
    expect(there.begun).toHaveLength(1)
  })

  test('a machine that is gone is told; the next start goes on from the checkpoint that came home', async () => {
    there.script.push(
      () => {
        there.lines(1, 2, 3)
        there.sealed('checkpoints/checkpoint-2', { 'optimizer.pt': 'o', 'metrics.jsonl': 'm\n' })
        there.tells('running', 3, 2)
      },
      () => {
        there.alive = false
        there.why = 'node died'
      }
    )
    expect(await codeOf(start())).toBe('LOST_ELSEWHERE')
    there.script.push(finish)
    expect((await start()).outcome).toBe('finished')
    expect(there.begun[1]).toEqual([
      'output/checkpoints/checkpoint-2/metrics.jsonl',
      'output/checkpoints/checkpoint-2/optimizer.pt',
      'output/checkpoints/checkpoint-2/sealed.json',
      'output/metrics.jsonl',
      'train.py'
    ])
  })

  test('a checkpoint that is cleared away while it comes home is not missed: the next one comes', async () => {
    there.script.push(
      () => {
        there.lines(1, 2, 3)
        there.sealed('checkpoints/checkpoint-2', { 'optimizer.pt': 'o', 'metrics.jsonl': 'm\n' })
        rmSync(join(there.output, 'checkpoints/checkpoint-2/optimizer.pt'))
        there.tells('running', 3, 2)
      },
      () => {
        there.sealed('checkpoints/checkpoint-3', { 'optimizer.pt': 'o', 'metrics.jsonl': 'm\n' })
        there.tells('running', 3, 3)
      },
      () => {
        there.alive = false
        there.why = 'node died'
      }
    )
    expect(await codeOf(start())).toBe('LOST_ELSEWHERE')
    there.script.push(finish)
    expect((await start()).outcome).toBe('finished')
    expect(there.begun[1]).toContain('output/checkpoints/checkpoint-3/optimizer.pt')
    expect(there.begun[1]?.join()).not.toContain('checkpoint-2')
  })

  test('a Neiro that left it alone finds it again, and sends nothing twice', async () => {
    const first = runner()
    there.script.push(
      () => (there.lines(1), there.tells('running', 1)),
      () => first.kill()
    )
    expect(await start(first)).toEqual({ outcome: 'paused', step: 1 })
    expect((await store.view(place)).state).toBe('interrupted')
    there.script.push(finish)
    expect((await start()).outcome).toBe('finished')
    expect(there.begun).toHaveLength(1)
    expect(steps()).toEqual([1, 2, 3, 10])
  })
})

describe('a pause', () => {
  test('is asked for there, and the run rests where it was saved', async () => {
    const one = runner()
    there.script.push(
      () => (there.lines(1, 2), there.tells('running', 2)),
      () => void one.pauseRun(),
      () => {
        there.alive = false
        there.sealed('checkpoints/checkpoint-3', { 'optimizer.pt': 'o', 'metrics.jsonl': '' })
        there.tells('paused', 3, 3)
      }
    )
    expect(await start(one)).toEqual({ outcome: 'paused', step: 3 })
    expect(there.pauses).toBe(1)
    expect(await store.view(place)).toMatchObject({ state: 'paused', savedStep: 3 })
    // what stands there goes on there: nothing is sent again
    there.standing = true
    there.script.push(() => (there.alive = true), finish)
    expect((await start()).outcome).toBe('finished')
    expect(there.begun).toHaveLength(1)
  })

  test('of what cannot be reached lets go of it without losing it', async () => {
    const one = runner()
    there.script.push(
      () => there.tells('running', 1),
      () => {
        there.cut = true
        void one.pauseRun()
      }
    )
    expect((await start(one)).outcome).toBe('paused')
    expect((await readElsewhere(place.dir))?.ticket).toEqual({ job: `${place.id}-1` })
  })
})

test('a run that nobody agreed to send goes nowhere', async () => {
  const other = store.placeOf(null, await runFixture({ questions: 0 }))
  expect(await codeOf(runner().startRun(other))).toBe('INTERNAL')
  expect(there.begun).toEqual([])
})
