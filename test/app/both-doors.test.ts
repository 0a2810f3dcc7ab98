// One run through both doors, with real processes: begun in the window and ended by the command line, and the other way
// round. Either lists, resumes to the same bits, evaluates and takes home what the other began.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunView } from '../../main/contract/window/training'
import { runNeiro } from '../cli/neiro-process'
import { neiro, type CliResult } from '../fixtures/neiro-cli'
import { AppHome, until } from './app-home'

let place: AppHome
beforeEach(() => (place = new AppHome()))
afterEach(() => place.remove())

/** long enough to be met in the middle */
const settings = { maxSteps: 150, epochs: 1000, evaluationSteps: 75, earlyStoppingPatience: 0 }
/** several processes, one after the other */
const patience = 240_000
const env = (): Record<string, string> => ({ NEIRO_HOME: place.home, LC_ALL: 'en_US.UTF-8' })
const adapter = (dir: string): Buffer => readFileSync(join(dir, 'adapter/adapter_model.safetensors'))
const ran = async (...args: string[]): Promise<CliResult> => {
  const result = await neiro(args, env())
  expect(result.status, result.stderr).toBe(0)
  return result
}
const started = (run: RunView): boolean => run.state === 'running' && run.step >= 3

describe('begun in the window', () => {
  test(
    'listed, resumed to the same bits, evaluated and exported by the command line',
    async () => {
      const app = await place.open()
      const { id: project } = await place.project(30)
      const { id, dir } = await place.start(project, settings, ['送料は'])
      await until(async () => (started(await place.run(id)) ? true : null))
      const paused = await app.call('runs.pauseRun', { id })
      expect(paused.state).toBe('paused')
      const whole = await place.start(project, settings, ['送料は'])
      await place.until(whole.id, 'finished')
      await place.close()

      const listed = (await ran('runs')).events.find((event) => event['id'] === id)
      expect(listed).toMatchObject({
        dir,
        state: 'paused',
        project: '窓口',
        name: paused.name,
        step: paused.step
      })
      const { events } = await ran('tune', '--resume', id)
      expect(events.at(-1)).toMatchObject({ event: 'finished', run: dir, step: 150 })
      expect(adapter(dir).equals(adapter(whole.dir))).toBe(true)

      const evaluated = await ran('eval', '--run', id, '--limit', '2')
      expect(evaluated.events.filter(({ event }) => event === 'answer')).toHaveLength(2)
      const out = join(place.folder, 'taken-home')
      await ran('export', 'peft', '--run', id, '--out', out)
      expect(existsSync(join(out, 'adapter_model.safetensors'))).toBe(true)

      // and the window sees what became of it
      await place.open()
      expect(await place.run(id)).toMatchObject({ state: 'finished', step: 150, project, name: paused.name })
    },
    patience
  )
})

describe('begun on the command line', () => {
  const faq = (): string => {
    const file = join(place.folder, 'faq.csv')
    const rows = Array.from({ length: 30 }, (_, at) => `質問${at}は何ですか,はい、答えは${at}です。`)
    writeFileSync(file, `質問,回答\n${rows.join('\n')}\n`)
    return file
  }
  const tune = (name: string): string[] => [
    ...['tune', '--model', place.model, '--data', faq(), '--name', name, '--max-seq-length', '64'],
    ...[
      '--max-steps',
      '150',
      '--epochs',
      '1000',
      '--early-stopping-patience',
      '0',
      '--evaluation-steps',
      '75'
    ]
  ]

  test(
    'listed, resumed to the same bits, evaluated and exported by the window',
    async () => {
      const begun = await runNeiro(tune('端末から'), { env: env(), interruptAt: ['Run folder'] })
      expect(begun.status, begun.stderr).toBe(130)
      await ran(...tune('はじめから終わりまで'))

      const app = await place.open()
      const list = await app.call('runs.list', {})
      const run = list.find(({ name }) => name === '端末から') as RunView
      const whole = list.find(({ name }) => name === 'はじめから終わりまで') as RunView
      expect(run).toMatchObject({ project: null, state: 'paused', trainExamples: 27, heldOutExamples: 3 })
      expect(whole).toMatchObject({ project: null, state: 'finished' })
      await app.call('runs.resumeRun', { id: run.id })
      await place.until(run.id, 'finished')
      expect(adapter(run.dir).equals(adapter(whole.dir))).toBe(true)

      expect(await app.call('evaluation.start', { run: run.id, limit: 2 })).toMatchObject({ total: 2 })
      await until(async () => (await app.call('evaluation.get', { run: run.id })).state === 'done' || null)
      const { id: exported } = await app.call('exports.start', {
        ...{ run: run.id, kind: 'peft', target: null, dtype: 'F32' }
      } as const)
      const record = await until(async () => {
        const one = (await app.call('exports.list', { run: run.id })).find(({ id }) => id === exported)
        return one?.state === 'done' || one?.state === 'failed' ? one : null
      })
      expect(record).toMatchObject({ state: 'done', error: null })
      // the same id for both
      const { events } = await ran('runs')
      expect(events.map((event) => event['id'])).toEqual(expect.arrayContaining([run.id, whole.id]))
    },
    patience
  )
})
