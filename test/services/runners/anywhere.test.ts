// A run goes on where it belongs, whatever asked for it.
import { expect, test } from 'vitest'
import { AnywhereRunner } from '../../../main/services/runners/anywhere'
import type { RunEnd, Runner } from '../../../main/services/runners/runner'
import type { RunPlace } from '../../../main/services/runs/run-view'

interface Played extends Runner {
  readonly said: string[]
  end: (step: number) => void
}

function played(): Played {
  const said: string[] = []
  const runner: Played = {
    said,
    end: () => undefined,
    startRun: ({ id }) => {
      said.push(`start ${id}`)
      return new Promise<RunEnd>((done) => (runner.end = (step) => done({ outcome: 'paused', step })))
    },
    pauseRun: async () => void said.push('pause'),
    stopRun: async () => void said.push('stop'),
    kill: () => void said.push('kill'),
    close: async () => void said.push('close')
  }
  return runner
}

const place = (id: string): RunPlace => ({ id, dir: `/runs/${id}` }) as RunPlace
const turn = (): Promise<void> => new Promise((done) => setImmediate(done))

test('what was sent away is trained there, all else here; a pause reaches who trains', async () => {
  const local = played()
  const remote = played()
  const runner = new AnywhereRunner({
    local,
    remoteOf: async ({ id }) => (id === 'away' ? remote : null)
  })
  const first = runner.startRun(place('here'))
  await turn()
  await runner.pauseRun()
  local.end(3)
  expect(await first).toEqual({ outcome: 'paused', step: 3 })
  const second = runner.startRun(place('away'))
  await turn()
  await runner.pauseRun()
  await runner.close()
  remote.end(5)
  expect(await second).toEqual({ outcome: 'paused', step: 5 })
  expect(local.said).toEqual(['start here', 'pause', 'close'])
  expect(remote.said).toEqual(['start away', 'pause', 'close'])
  // nothing trains: nothing to pause
  await runner.pauseRun()
  expect(remote.said).toHaveLength(3)
})

test('a pause right behind the start is not lost', async () => {
  const local = played()
  const runner = new AnywhereRunner({ local, remoteOf: async () => null })
  const run = runner.startRun(place('here'))
  await runner.pauseRun()
  local.end(1)
  await run
  expect(local.said).toEqual(['start here', 'pause'])
})

test('a run whose place cannot be told is trained nowhere', async () => {
  const local = played()
  const runner = new AnywhereRunner({
    local,
    remoteOf: () => Promise.reject(new Error('torn'))
  })
  await expect(runner.startRun(place('x'))).rejects.toThrow('torn')
  expect(local.said).toEqual([])
})
