// One run, two doors: what the window has found out about a run the command line goes on with, and the other way
// round. Nothing is asked, and nothing written down, twice.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EvaluatedPair, Evaluation } from '../../main/contract/window/results'
import { neiro, type CliEvent } from '../fixtures/neiro-cli'
import { AppHome, until } from './app-home'

const place = new AppHome()
const env = { NEIRO_HOME: place.home, LC_ALL: 'ja_JP.UTF-8' }
beforeAll(() => place.open())
afterAll(() => place.remove())

const evaluated = (run: string): Promise<Evaluation> =>
  until(async () => {
    const now = await place.app.call('evaluation.get', { run })
    return now.state === 'running' ? null : now
  })
async function exported(run: string): Promise<void> {
  const { id } = await place.app.call('exports.start', { run, kind: 'merged', target: null, dtype: 'F32' })
  await until(async () => {
    const record = (await place.app.call('exports.list', { run })).find((one) => one.id === id)
    expect(record?.error ?? null).toBeNull()
    return record?.state === 'done' || null
  })
}
const only = (events: readonly CliEvent[], name: string): readonly CliEvent[] =>
  events.filter(({ event }) => event === name)
const asSaid = ({ question, reference, base, tuned }: EvaluatedPair): object => ({
  ...{ question, expected: reference, base, tuned }
})
/** the one sheet of a run */
function answersIn(dir: string): readonly string[] {
  const sheets = readdirSync(join(dir, 'evaluations'))
  expect(sheets).toHaveLength(1)
  const text = readFileSync(join(dir, 'evaluations', sheets[0] ?? '', 'items.jsonl'), 'utf8')
  return text.split('\n').filter((line) => line.includes('"answer"'))
}

describe('a run of the window', () => {
  let run: { readonly id: string; readonly dir: string }
  beforeAll(async () => {
    const { id } = await place.project(30)
    run = await place.start(id)
    await place.until(run.id, 'finished')
  })

  test('is evaluated on by the command line: what was answered is not asked again', async () => {
    await place.app.call('evaluation.start', { run: run.id, limit: 1 })
    const first = await evaluated(run.id)
    expect(first).toMatchObject({ state: 'done', done: 1 })
    const before = answersIn(run.dir)
    const { events, stderr } = await neiro(['eval', '--run', run.id, '--limit', '2'], env)
    const said = only(events, 'answer')
    expect(said, stderr).toHaveLength(2)
    expect(said[0]).toMatchObject(asSaid(first.pairs[0] as EvaluatedPair))
    expect(answersIn(run.dir).slice(0, before.length)).toEqual(before)
    expect(answersIn(run.dir)).toHaveLength(4)
    // and the window shows what the command line has asked
    const now = await evaluated(run.id)
    expect(now).toMatchObject({ state: 'done', done: 2, total: 2 })
    expect(said[1]).toMatchObject(asSaid(now.pairs[1] as EvaluatedPair))
  })

  test('is taken home by either; both stand in one list', async () => {
    await exported(run.id)
    const out = join(place.folder, 'taken')
    const { events, stderr } = await neiro(['export', 'peft', '--run', basename(run.dir), '--out', out], env)
    expect(only(events, 'exported')[0], stderr).toMatchObject({ kind: 'peft', dir: out })
    const shown = await place.app.call('exports.list', { run: run.id })
    expect(shown.map(({ kind, state }) => [kind, state])).toEqual([
      ['peft', 'done'],
      ['merged', 'done']
    ])
    const listed = only((await neiro(['export', 'list', '--run', run.id], env)).events, 'export')
    expect(listed.map(({ id }) => id)).toEqual(shown.map(({ id }) => id))
  })
})

describe('a run of the command line', () => {
  let run: { readonly id: string; readonly dir: string }
  beforeAll(async () => {
    const settings = ['--max-seq-length', '64', '--lora-rank', '4', '--max-steps', '4', '--threads', '1']
    const data = join(place.folder, 'faq-30.csv')
    const { status, stderr } = await neiro(
      ['tune', '--model', place.model, '--data', data, '--name', 'terminal', ...settings],
      env
    )
    expect(status, stderr).toBe(0)
    const runs = await place.app.call('runs.list', {})
    run = runs.find(({ name }) => name === 'terminal') as typeof run
    expect(run).toBeDefined()
  })

  test('is evaluated and taken home in the window, and the command line goes on with it', async () => {
    await place.app.call('evaluation.start', { run: run.id, limit: 2 })
    const { pairs } = await evaluated(run.id)
    expect(pairs).toHaveLength(2)
    const { events, stderr } = await neiro(['eval', '--run', 'terminal', '--limit', '2'], env)
    expect(only(events, 'answer'), stderr).toMatchObject(pairs.map(asSaid))
    expect(answersIn(run.dir)).toHaveLength(4)
    await exported(run.id)
    const listed = only((await neiro(['export', 'list', '--run', 'terminal'], env)).events, 'export')
    expect(listed.map(({ kind }) => kind)).toEqual(['merged'])
  })
})
