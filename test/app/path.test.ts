// The user's whole path without a window: a project, a plan, a training, its curves, comparison, chat, exports.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Project } from '../../main/contract/window/projects'
import type { Curve, RunView } from '../../main/contract/window/training'
import { parseRecipe } from '../../main/services/recipes/recipe'
import { AppHome, until } from './app-home'

const place = new AppHome()
let project: Project
let run: RunView
beforeAll(async () => {
  await place.open()
  project = await place.project(30)
  run = await place.start(project.id, {}, ['質問は何ですか', 'ほかには'])
  run = await place.until(run.id, 'finished', 'failed')
})
afterAll(() => place.remove())

describe('a training', () => {
  test('ends with its result, and says so', async () => {
    expect(run).toMatchObject({
      state: 'finished',
      project: project.id,
      name: '自分の設定 1',
      step: 6,
      totalSteps: 6,
      trainExamples: 27,
      heldOutExamples: 3,
      questions: ['質問は何ですか', 'ほかには'],
      queue: null,
      secondsLeft: null
    })
    expect(existsSync(join(run.dir, 'adapter/adapter_model.safetensors'))).toBe(true)
    expect(run.best).toMatchObject({ figure: 'loss', value: expect.any(Number) as number })
    expect(Date.parse(run.endedAt as string)).toBeGreaterThanOrEqual(Date.parse(run.startedAt as string))
  })

  test('was told as it went: its states in order, and each line once', async () => {
    // the last word comes after a last look at the folder
    await vi.waitFor(() => expect(place.values('run.changed').at(-1)?.state).toBe('finished'), 10_000)
    const states = place.values('run.changed').map(({ state }) => state)
    expect(states[0]).toBe('running')
    const steps = place
      .values('run.metrics')
      .flatMap(({ lines }) => lines)
      .flatMap((line) => (line.kind === 'step' ? [line.step] : []))
    expect(steps).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('has curves: every update, and the checks with the best one marked', async () => {
    const drawn = await place.app.call('runs.curves', { id: run.id, points: 100 })
    const stepsOf = (part: Curve['part'], figure: string) =>
      drawn.curves
        .find((curve) => curve.part === part && curve.figure === figure)
        ?.points.map(({ step }) => step)
    for (const figure of ['loss', 'gradNorm', 'learningRate', 'tokensPerSecond', 'memory'])
      expect(stepsOf('training', figure), figure).toEqual([1, 2, 3, 4, 5, 6])
    expect(stepsOf('heldOut', 'loss')).toEqual([0, 3, 6])
    expect(drawn.best).toMatchObject({ figure: run.best?.figure, value: run.best?.value })
    expect(run.best?.figures).toMatchObject({ loss: run.best?.value })
  })

  test('answered the questions before it began, and at each check', async () => {
    const answers = await place.app.call('runs.answers', { id: run.id })
    expect(answers.map(({ step, question }) => [step, question])).toEqual(
      [0, 3, 6].flatMap((step) => run.questions.map((question) => [step, question]))
    )
  })

  test('left a recipe that the command line can run: the same examples, settings and questions', () => {
    const file = join(run.dir, 'recipe.yaml')
    const recipe = parseRecipe(readFileSync(file, 'utf8'), file)
    expect(recipe).toMatchObject({ name: run.name, model: 'starter', questions: run.questions })
    expect(recipe.settings.maxSteps).toBe(6)
    const lines = (path: string): number => readFileSync(path, 'utf8').trim().split('\n').length
    expect(recipe.data.map(lines)).toEqual([27])
    expect(recipe.heldOut?.map(lines)).toEqual([3])
  })

  test('shows in its project', async () => {
    const shown = await place.app.call('projects.get', { id: project.id })
    expect(shown).toMatchObject({
      runs: 1,
      activeRun: null,
      chosenRun: run.id,
      step: 'train',
      examples: 30
    })
    expect(await place.app.call('runs.get', { id: run.id })).toMatchObject({
      ...{ compared: false, exported: 0 }
    })
  })
})

describe('the comparison', () => {
  test('answers each held-out question by both, keeps the answers, and takes losses from the training', async () => {
    expect(await place.app.call('evaluation.get', { run: run.id })).toMatchObject({ state: 'none', total: 0 })
    const first = await place.app.call('evaluation.start', { run: run.id, limit: 2 })
    expect(first).toMatchObject({ state: 'running', done: 0, total: 2 })
    const done = await until(async () => {
      const now = await place.app.call('evaluation.get', { run: run.id })
      return now.state === 'done' ? now : null
    })
    const { curves } = await place.app.call('runs.curves', { id: run.id, points: 100 })
    expect(done.baseLoss).toBe(curves.find(({ part }) => part === 'heldOut')?.points[0]?.value)
    expect(done.tunedLoss).toBe(run.best?.value)
    expect(done.tunedPerplexity).toBeCloseTo(Math.exp(done.tunedLoss as number), 10)
    expect(done.pairs).toHaveLength(2)
    for (const [index, pair] of done.pairs.entries()) {
      expect(pair).toMatchObject({ index, sample: null })
      const number = /質問(\d+)は/.exec(pair.question)?.[1]
      expect(pair.reference).toBe(`はい、答えは${number}です。`)
    }
    // one more question: the first two are not asked again
    const before = place.values('evaluation.progress').length
    const more = await place.app.call('evaluation.start', { run: run.id, limit: 3 })
    expect(more).toMatchObject({ done: 2, total: 3, pairs: done.pairs })
    await until(async () =>
      (await place.app.call('evaluation.get', { run: run.id })).state === 'done' ? true : null
    )
    expect(
      place
        .values('evaluation.progress')
        .slice(before)
        .map((one) => one.done)
    ).toEqual([2, 3, 3])
  })
})

describe('the chat', () => {
  const ask = (
    chat: string,
    maxNewTokens: number
  ): Promise<{ base: string; tuned: string; stopped: boolean }> =>
    place.app.call('chat.ask', {
      run: run.id,
      chat,
      messages: { base: [{ role: 'user', content: '質問は' }], tuned: [{ role: 'user', content: '質問は' }] },
      settings: {
        systemPrompt: '',
        temperature: 0.7,
        topP: 0.9,
        topK: 40,
        repetitionPenalty: 1.1,
        maxNewTokens,
        seed: 7
      }
    })

  test('streams both sides, base first; the same seed gives the same answers', async () => {
    const answers = await ask('chat-1', 24)
    const chunks = place.values('chat.chunk').filter(({ chat }) => chat === 'chat-1')
    for (const side of ['base', 'tuned'] as const) {
      const own = chunks.filter((chunk) => chunk.side === side)
      expect(
        own
          .map(({ text }) => text)
          .join('')
          .trim()
      ).toBe(answers[side])
      expect(own.map(({ done }) => done)).toEqual([...Array(own.length - 1).fill(false), true])
    }
    expect(chunks.findLastIndex(({ side }) => side === 'base')).toBeLessThan(
      chunks.findIndex(({ side }) => side === 'tuned')
    )
    expect(answers.stopped).toBe(false)
    expect(await ask('chat-2', 24)).toEqual(answers)
  })

  test('ends when it is told to, with what was said by then', async () => {
    const asking = ask('chat-3', 200)
    await until(() => (place.values('chat.chunk').some(({ chat }) => chat === 'chat-3') ? true : null))
    await place.app.call('chat.cancel', { chat: 'chat-3' })
    const said = await asking
    expect(said.stopped).toBe(true)
    const whole = await ask('chat-4', 200)
    expect(whole.base.startsWith(said.base)).toBe(true)
    expect((said.base + said.tuned).length).toBeLessThan((whole.base + whole.tuned).length)
  })
})

describe('taking it home', () => {
  test.each(['peft', 'merged'] as const)('%s: written, read back, remembered', async (kind) => {
    const args = { run: run.id, kind, target: null, dtype: 'F32' as const }
    const begun = await place.app.call('exports.start', args)
    expect(begun).toMatchObject({ state: 'writing', kind, error: null })
    const done = await until(async () => {
      const record = (await place.app.call('exports.list', { run: run.id })).find(({ id }) => id === begun.id)
      return record?.state === 'done' || record?.state === 'failed' ? record : null
    })
    expect(done).toMatchObject({ state: 'done', progress: 1, error: null, check: { prompts: 6 } })
    expect(done.check?.largest).toBeLessThan(1e-4)
    expect(done.shownPath.startsWith(join(project.shownPath, 'exports'))).toBe(true)
    const file = kind === 'peft' ? 'adapter_model.safetensors' : 'model.safetensors'
    expect(existsSync(join(done.shownPath, file))).toBe(true)
    const told = place.values('export.changed').filter(({ id }) => id === begun.id)
    const changes = told.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1])
    expect(changes).toEqual(['writing', 'checking', 'done'])
    const shares = told.map(({ progress }) => progress)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    // what was written in bytes, what was compared in prompts
    const whole = (of: 'bytes' | 'prompts'): boolean =>
      told.some(({ part }) => part?.of === of && part.total > 0 && part.done === part.total)
    expect([whole('bytes'), whole('prompts')]).toEqual([true, true])
    // again: the same folder, one record
    const { id } = await place.app.call('exports.start', args)
    const again = await until(async () => {
      const list = (await place.app.call('exports.list', { run: run.id })).filter((one) => one.kind === kind)
      return list.length === 1 && list[0]?.id === id && list[0].state === 'done' ? list[0] : null
    })
    expect(again.shownPath).toBe(done.shownPath)
  })

  test('into a folder of the user, beside what is there', async () => {
    const [target] = await place.app.addPaths([place.folder])
    const somebodys = join(place.folder, '窓口-自分の設定-1-merged')
    mkdirSync(somebodys)
    const { id } = await place.app.call('exports.start', {
      run: run.id,
      kind: 'merged',
      target: target?.id ?? null,
      dtype: 'BF16'
    })
    const record = await until(async () => {
      const one = (await place.app.call('exports.list', { run: run.id })).find((one) => one.id === id)
      return one?.state === 'done' ? one : null
    })
    expect(record.shownPath).toBe(`${somebodys}-2`)
    expect(readdirSync(somebodys)).toEqual([])
  })

  test('cancelled: nothing is left, and it says so', async () => {
    const { id, shownPath } = await place.app.call('exports.start', {
      run: run.id,
      kind: 'merged',
      target: (await place.app.addPaths([place.folder]))[0]?.id ?? null,
      dtype: 'F16'
    })
    await place.app.call('exports.cancel', { id })
    const ended = await until(async () => {
      const one = (await place.app.call('exports.list', { run: run.id })).find((one) => one.id === id)
      return one && one.state !== 'writing' && one.state !== 'checking' ? one : null
    })
    expect(ended).toMatchObject({ state: 'failed', error: { code: 'EXPORT_CANCELLED' } })
    // the folder of the export before stands there still
    expect(readdirSync(shownPath)).toContain('model.safetensors')
    expect(readdirSync(place.folder).filter((name) => name.startsWith('.'))).toEqual([])
  })
})
