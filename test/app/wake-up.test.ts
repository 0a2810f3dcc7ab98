// What the app does by itself when it starts: each step stands alone, so that one that fails holds up no other.
import { fork } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TrainerHostOptions, TrainerProcess } from '../../main/services/engine/trainer-host'
import { AppHome, until } from './app-home'

let place: AppHome
beforeEach(() => {
  place = new AppHome()
})
afterEach(() => place.remove())

/** An engine whose machine cannot be measured. */
function unmeasured({ trainerEntry, addonFile, env }: TrainerHostOptions): TrainerProcess {
  const child = fork(trainerEntry, [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env, NEIRO_ADDON: addonFile }
  })
  const send = child.send.bind(child) as unknown as TrainerProcess['send']
  return Object.assign(child, {
    send: (message: Parameters<TrainerProcess['send']>[0], sent: () => void) =>
      send(message.call === 'calibrate' ? { ...message, call: 'nothing' as never } : message, sent)
  }) as unknown as TrainerProcess
}

/** A home in which one run only waits. */
async function waiting(): Promise<string> {
  await place.open()
  const { id: project } = await place.project(30)
  const first = await place.start(project, { maxSteps: 400, epochs: 1000 })
  const second = await place.start(project)
  await place.until(first.id, 'running')
  void place.app.call('runs.stopRun', { id: first.id }).catch(() => undefined)
  await place.close()
  return second.id
}

test('a run that waited begins although the machine’s speed cannot be measured', async () => {
  const run = await waiting()
  // known since the first run was planned
  rmSync(join(place.home, 'calibration.json'))
  await place.open({ startTrainer: unmeasured })
  await place.until(run, 'finished')
  expect(place.logged.filter((line) => line.startsWith('warn start-up'))).toEqual([
    expect.stringContaining('start-up, speed:')
  ])
})

test('where nothing can be kept of the speed, a training is planned and begun all the same', async () => {
  mkdirSync(join(place.home, 'calibration.json', 'in-the-way'), { recursive: true })
  await place.open()
  const { id: project } = await place.project(30)
  const { id } = await place.start(project)
  await place.until(id, 'finished')
  await until(() => (place.told.some(({ event }) => event === 'machine.changed') ? true : null))
  expect(place.logged.filter((line) => line.includes('start-up'))).toEqual([])
})
