// Data folders that earlier versions left (test/versions/VERSION, made by `npm run versions:keep`): today's Neiro reads all of
// each, and goes on with a training that was paused there.
import { describe, expect, onTestFinished, test } from 'vitest'
import { AppHome } from '../app/app-home'
import { bringHome, keptVersions } from './kept-home'

test('at least one is kept', () => {
  expect(keptVersions).toContain('0.1.0')
})

describe.each(keptVersions)('what Neiro %s left', (version) => {
  test('is read whole, and its paused training ends', async () => {
    const place = new AppHome()
    onTestFinished(() => place.remove())
    bringHome(version, place.home, { '«model»': place.model, '«home»': place.home })
    const app = await place.open()

    const { settings } = await app.call('app.info', {})
    expect(settings).toMatchObject({ languageChoice: 'ja', theme: 'dark', threads: 1 })
    const [project, ...more] = await app.call('projects.list', {})
    expect([project?.name, more]).toEqual(['窓口', []])
    const id = project?.id ?? ''

    const view = await app.call('data.get', { project: id })
    expect(view).toMatchObject({ examples: 29 })
    const { rows } = await app.call('data.rows', { project: id, offset: 0, limit: 50, search: '' })
    expect(JSON.stringify(rows)).toContain('直した答えです。')

    const runs = await app.call('runs.list', {})
    expect(runs.map(({ name, state }) => [name, state])).toEqual([
      ['自分の設定 2', 'paused'],
      ['自分の設定 1', 'finished']
    ])
    const [paused, finished] = runs
    const { curves } = await app.call('runs.curves', { id: finished?.id ?? '', points: 100 })
    expect(curves.find(({ part, figure }) => part === 'training' && figure === 'loss')?.points).toHaveLength(
      6
    )
    const [record] = await app.call('exports.list', { run: finished?.id ?? '' })
    expect(record).toMatchObject({ kind: 'peft', state: 'done' })

    const step = paused?.step ?? 0
    expect(step).toBeGreaterThan(0)
    await app.call('runs.resumeRun', { id: paused?.id ?? '' })
    const ended = await place.until(paused?.id ?? '', 'finished', 'failed')
    expect(ended).toMatchObject({ state: 'finished', step: ended.totalSteps })
    expect(ended.step).toBeGreaterThan(step)
    const drawn = await app.call('runs.curves', { id: paused?.id ?? '', points: 1000 })
    const losses = drawn.curves.find(({ part, figure }) => part === 'training' && figure === 'loss')?.points
    expect(losses?.map((point) => point.step)).toEqual(Array.from({ length: ended.step }, (_, i) => i + 1))
  }, 120_000)
})
