// Projects as the window sees them: begun, left and taken up again; the built-in sample in two calls.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppHome, until } from './app-home'

let place: AppHome
beforeEach(async () => {
  place = new AppHome()
  await place.open()
})
afterEach(() => place.remove())

describe('a project', () => {
  test('begins empty at its goal, and remembers what is said', async () => {
    const { id, shownPath } = await place.app.call('projects.create', {
      name: '返信',
      company: '文具店',
      sample: false
    })
    const answers = { useCase: 'reply', tried: 'yes', newFacts: 'no', volume: 'some' } as const
    await place.app.call('projects.update', { id, step: 'data', answers, systemPrompt: 'ていねいに。' })
    await place.close()
    await place.open()
    const [project, ...others] = await place.app.call('projects.list', {})
    expect(others).toEqual([])
    expect(project).toMatchObject({
      ...{ id, shownPath, name: '返信', company: '文具店', step: 'data', reached: 'data', answers },
      ...{ systemPrompt: 'ていねいに。', examples: null, modelId: null, modelName: null, runs: 0 },
      ...{ activeRun: null, chosenRun: null, sample: false }
    })
    await place.app.call('projects.update', { id, step: 'goal' })
    expect(await place.app.call('projects.get', { id })).toMatchObject({ step: 'goal', reached: 'data' })
    await expect(place.app.call('projects.update', { id, modelId: 'none' })).rejects.toMatchObject({
      code: 'MODEL_GONE'
    })
  })

  test('cannot train before it has examples and a model', async () => {
    const { id } = await place.app.call('projects.create', { name: 'a', company: '', sample: false })
    await expect(place.app.call('train.presets', { project: id })).rejects.toMatchObject({
      code: 'NO_MODEL_CHOSEN'
    })
    await place.app.call('projects.update', { id, modelId: 'starter' })
    await expect(place.app.call('train.presets', { project: id })).rejects.toMatchObject({ code: 'NO_DATA' })
  })

  test('is put away while it trains, and comes back with its run saved', async () => {
    const { id } = await place.project(30)
    const run = await place.start(id, { maxSteps: 400, epochs: 1000, checkpointSteps: 2 })
    await until(async () => ((await place.run(run.id)).step >= 2 ? true : null))
    const { undo } = await place.app.call('projects.remove', { id })
    expect(place.app.runActive()).toBe(false)
    expect(await place.app.call('projects.list', {})).toEqual([])
    expect(await place.app.call('runs.list', {})).toEqual([])
    expect((await place.app.call('projects.restore', { undo }))?.id).toBe(id)
    expect(await place.run(run.id)).toMatchObject({ state: 'paused' })
  })

  test('every change is told', async () => {
    await place.project(30)
    expect(place.values('projects.changed').length).toBeGreaterThanOrEqual(3)
  })
})

describe('the built-in sample', () => {
  test('is ready to train at once, with its own held-out part', async () => {
    const project = await place.app.call('projects.create', { name: '見本', company: '', sample: true })
    expect(project).toMatchObject({ step: 'train', reached: 'train', modelId: 'starter', sample: true })
    const rows = readFileSync(join(import.meta.dirname, '../../resources/sample/support-desk.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { question: string; split: string })
    const heldOut = rows.filter(({ split }) => split === 'held_out').map(({ question }) => question)
    expect(project.examples).toBe(rows.length)
    const presets = await place.app.call('train.presets', { project: project.id })
    expect(presets.map(({ plan }) => plan.heldOutExamples)).toEqual([
      heldOut.length,
      heldOut.length,
      heldOut.length
    ])
    expect(presets.find(({ recommended }) => recommended)?.key).toBe('balanced')
    const quick = presets[0] as (typeof presets)[0]
    const { id } = await place.app.call('runs.startRun', {
      project: project.id,
      preset: 'quick',
      settings: { ...quick.settings, maxSteps: 2 },
      part: quick.part,
      questions: []
    })
    const run = await place.until(id, 'finished')
    expect(run).toMatchObject({
      name: 'お試し 1',
      preset: 'quick',
      trainExamples: 120,
      heldOutExamples: heldOut.length
    })
    await place.app.call('evaluation.start', { run: id, limit: 2 })
    const compared = await until(async () => {
      const now = await place.app.call('evaluation.get', { run: id })
      return now.state === 'done' ? now : null
    })
    for (const { question, sample } of compared.pairs) {
      expect(heldOut).toContain(question)
      // the tiny model speaks no language
      expect(sample).toMatchObject({ baseTone: false, tunedTone: false })
    }
  })
})
