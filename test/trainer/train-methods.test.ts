// What a run leaves by its method, and what it says of the machine that trained it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { methodRows, toldBy, type MethodRow } from '../../main/contract/methods'
import { runFiles } from '../../main/contract/run-files'
import { defaultSettings, type Settings } from '../../main/contract/settings'
import { FakeSession } from './fake-session'
import { codes, dieAt, live, stateOf } from './lives'
import { comparableLines, folderBytes, metricLines, runFixture } from './run-fixture'

describe('a method that trains the whole model', () => {
  const whole = (dir: string): Promise<Record<string, string>> => folderBytes(dir, runFiles.model)

  test('leaves a model folder that needs nothing else, in F32, and the best of it', async () => {
    const dir = await runFixture({ settings: { method: 'full' } })
    await live(dir)
    const names = Object.keys(await whole(dir))
    expect(names).toEqual(expect.arrayContaining(['config.json', 'model.safetensors']))
    const read = (name: string) => JSON.parse(readFileSync(join(dir, runFiles.model, name), 'utf8')) as object
    expect(read('model.safetensors')).toMatchObject({ dtype: 'F32' })
    expect(Object.values(read('config.json'))).toContain('float32')
    expect(existsSync(join(dir, runFiles.adapter))).toBe(false)
    expect(await folderBytes(dir, runFiles.best)).toEqual(await whole(dir))
  })

  test('is the same after deaths', async () => {
    const undisturbed = await runFixture({ settings: { method: 'full' } })
    await live(undisturbed)
    const dir = await runFixture({ settings: { method: 'full' } })
    for (const step of [4, 11, 17]) await dieAt(dir, step)
    await live(dir)
    expect(comparableLines(dir)).toEqual(comparableLines(undisturbed))
    expect(await whole(dir)).toEqual(await whole(undisturbed))
  })
})

describe('a model that is pruned before it learns', () => {
  const settings = { method: 'full', pruning: 'layer', pruningAmount: 0.5 } as const

  test('is so once, behind its evaluation as it was, and says both losses', async () => {
    const dir = await runFixture({ settings })
    const { session } = await live(dir)
    expect(session.pruned).toEqual([{ pattern: 'layer', amount: 0.5 }])
    const lines = metricLines(dir)
    const said = lines.findIndex((line) => line.kind === 'notice' && line.code === 'PRUNED')
    const base = lines.findIndex((line) => line.kind === 'evaluation' && line.step === 0)
    expect(base).toBeGreaterThanOrEqual(0)
    expect(said).toBeGreaterThan(base)
    const [notice, before] = [lines[said], lines[base]]
    if (notice?.kind !== 'notice' || before?.kind !== 'evaluation') throw new Error('not there')
    expect(notice.details).toMatchObject({ zeros: '50', weights: '100', share: '50.0' })
    expect(notice.details['before']).toBe(before.figures['loss']?.toFixed(4))
    expect(notice.details['after']).not.toBe(notice.details['before'])
    expect(Number(notice.details['after'])).toBeGreaterThan(0)
  })

  test('without a held-out part says that the cost is not known', async () => {
    const dir = await runFixture({ settings, heldOut: 0 })
    await live(dir)
    expect(codes(dir)).toContain('PRUNED_ONLY')
    expect(codes(dir)).not.toContain('PRUNED')
  })

  test('is the same after deaths, and not pruned again', async () => {
    const undisturbed = await runFixture({ settings })
    await live(undisturbed)
    const dir = await runFixture({ settings })
    for (const step of [4, 11, 17]) await dieAt(dir, step)
    const { session } = await live(dir)
    expect(session.pruned).toEqual([])
    expect(comparableLines(dir)).toEqual(comparableLines(undisturbed))
    expect(await folderBytes(dir, runFiles.model)).toEqual(await folderBytes(undisturbed, runFiles.model))
  })

  test('is none where the settings do not ask for it, nor where an adapter learns', async () => {
    for (const others of [{ method: 'full' }, { method: 'sft', pruning: 'layer' }] as const) {
      const dir = await runFixture({ settings: others })
      expect((await live(dir)).session.pruned).toEqual([])
    }
  })
})

describe.each(['dpo', 'orpo', 'cpo', 'kto'] as const)('a method of preference: %s', (method) => {
  const adapter = (dir: string): Promise<Record<string, string>> => folderBytes(dir, runFiles.adapter)

  test('gives its figures, and is the same after deaths', async () => {
    const undisturbed = await runFixture({ settings: { method } })
    await live(undisturbed)
    const lines = metricLines(undisturbed)
    const { update, evaluation } = methodRows[method]
    for (const [kind, names] of [['step', update] as const, ['evaluation', evaluation] as const]) {
      const given = lines.filter((line) => line.kind === kind)
      expect(given.length).toBeGreaterThan(1)
      for (const line of given) {
        const updates = line.kind === 'step' ? line.step - 1 : line.step
        const known = 'figures' in line ? line.figures : {}
        // of what moved since before, nothing is told of the untouched model; without a reference all is
        const untold = updates === 0 && (methodRows[method] as MethodRow).reference ? ['rewardAccuracy'] : []
        for (const name of names)
          expect(Number.isFinite(known[name]), `${kind} ${name} at ${line.step}`).toBe(!untold.includes(name))
      }
    }
    const dir = await runFixture({ settings: { method } })
    for (const step of [4, 11, 17]) await dieAt(dir, step)
    await live(dir)
    expect(comparableLines(dir)).toEqual(comparableLines(undisturbed))
    expect(await adapter(dir)).toEqual(await adapter(undisturbed))
  })
})

test('a model that gives points learns from both replies of a pair, and is the same after deaths', async () => {
  const script = { labels: 1 }
  const rating = (): Promise<string> => runFixture({ settings: { method: 'reward' }, questions: 0 })
  const undisturbed = await rating()
  const { session } = await live(undisturbed, { script })
  const lines = metricLines(undisturbed)
  for (const [kind, names] of [
    ['step', methodRows.reward.update] as const,
    ['evaluation', methodRows.reward.evaluation] as const
  ]) {
    const given = lines.filter((line) => line.kind === kind)
    expect(given.length).toBeGreaterThan(1)
    for (const line of given)
      for (const name of names)
        expect(Number.isFinite('figures' in line ? line.figures[name] : NaN), `${kind} ${name}`).toBe(true)
  }
  for (const { microBatches } of session.steps)
    for (const batch of microBatches) {
      // two texts of each pair, and nothing of them is said
      expect(batch.lengths.length % 2).toBe(0)
      expect('labels' in batch).toBe(false)
    }
  const dir = await rating()
  for (const step of [4, 11, 17]) await dieAt(dir, step, script)
  await live(dir, { script })
  expect(comparableLines(dir)).toEqual(comparableLines(undisturbed))
  expect(await folderBytes(dir)).toEqual(await folderBytes(undisturbed))
})

describe.each(['grpo', 'rloo', 'ppo'] as const)('a method that learns from its own answers: %s', (method) => {
  const rules = { rewardLength: '4-12', answersPerQuestion: 4, answerTokens: 6, divergenceLimit: 0 } as const
  const answering = (settings: Partial<Settings> = {}): Promise<string> =>
    runFixture({ settings: { method, ...rules, ...settings } })
  // each lot of answers is so many updates of the engine
  const passes = method === 'ppo' ? defaultSettings.policyPasses : 1

  test('gives its figures, draws each answer from a seed of its own, and is the same after deaths', async () => {
    const undisturbed = await answering()
    const { session } = await live(undisturbed)
    const lines = metricLines(undisturbed)
    const { update, evaluation } = methodRows[method]
    for (const [kind, names] of [['step', update] as const, ['evaluation', evaluation] as const]) {
      const given = lines.filter((line) => line.kind === kind)
      expect(given.length).toBeGreaterThan(1)
      for (const line of given)
        for (const name of names)
          expect(Number.isFinite('figures' in line ? line.figures[name] : NaN), `${kind} ${name}`).toBe(true)
    }
    // of what is learnt, each answer; what is only measured has the same seeds each time
    const rewards = lines.flatMap((line) => (line.kind === 'step' ? [line.figures['reward'] ?? NaN] : []))
    expect(new Set(rewards).size).toBeGreaterThan(3)
    expect(Math.max(...rewards)).toBeLessThanOrEqual(1)
    const learning = (session.steps.length / passes) * 4 * 4
    expect(new Set(session.seeds).size).toBeGreaterThan(0.8 * learning)
    const dir = await answering()
    for (const step of [4, 11, 17]) await dieAt(dir, step)
    await live(dir)
    expect(comparableLines(dir)).toEqual(comparableLines(undisturbed))
    expect(await folderBytes(dir)).toEqual(await folderBytes(undisturbed))
  })

  test('ends by itself where answers have moved too far from what they were, and says so', async () => {
    const dir = await answering({ divergenceLimit: 1e-9 })
    const session = new FakeSession()
    // what was learnt, and not what it was
    session.state.weight = 1.5
    const { result } = await live(dir, { session })
    expect(result).toMatchObject({ outcome: 'finished', step: 1 })
    expect(codes(dir)).toContain('TOO_FAR')
  })

  test('a pause in the middle of answering leaves nothing half learnt', async () => {
    const undisturbed = await answering()
    await live(undisturbed)
    const dir = await answering()
    let asked = 0
    const session = new FakeSession()
    const advance = session.advance.bind(session)
    session.advance = async () => {
      if (session.steps.length === 7 * passes) asked++
      return advance()
    }
    const { result } = await live(dir, { session, request: () => (asked > 1 ? 'pause' : null) })
    expect(result).toMatchObject({ outcome: 'paused', step: 7 })
    await live(dir)
    expect(comparableLines(dir)).toEqual(comparableLines(undisturbed))
    expect(await folderBytes(dir)).toEqual(await folderBytes(undisturbed))
  })
})

test('half of what stands still is no measurement, where it stands still before anything is learnt', () => {
  const figures = { loss: 0.69, rewardAccuracy: 0.5 }
  expect(toldBy('dpo', figures, 0)).toEqual({ loss: 0.69 })
  for (const [method, updates] of [
    ['dpo', 1],
    ['orpo', 0],
    ['cpo', 0]
  ] as const)
    expect(toldBy(method, figures, updates)).toEqual(figures)
})

describe.each([
  ['single_label_classification', ['a', 'b', 'c'], [0.5, 1, 2], 'accuracy'],
  ['multi_label_classification', ['a', 'b'], undefined, 'microF1'],
  ['regression', ['value'], undefined, 'meanError']
] as const)('a method that sorts: %s', (problem, labels, weights, figure) => {
  const score = { problem, labels, ...(weights && { weights }) }
  const script = { labels: labels.length }
  const sorting = (method: 'classification' | 'classification-full'): Promise<string> =>
    runFixture({ settings: { method }, questions: 0, score })

  test('gives its figures, weighs each example by its label, and is the same after deaths', async () => {
    const undisturbed = await sorting('classification')
    const { session } = await live(undisturbed, { script })
    const given = metricLines(undisturbed).flatMap((line) =>
      line.kind === 'evaluation' ? [line.figures] : []
    )
    expect(given.length).toBeGreaterThan(1)
    for (const figures of given) expect(Number.isFinite(figures[figure])).toBe(true)
    const batches = session.steps.flatMap(({ microBatches }) => microBatches)
    for (const batch of batches) {
      if (!('targets' in batch)) throw new Error('no targets')
      const wanted = weights && Float32Array.from(batch.targets, (label) => weights[label] as number)
      expect(batch.weights).toEqual(wanted)
    }
    const dir = await sorting('classification')
    for (const step of [4, 11, 17]) await dieAt(dir, step, script)
    await live(dir, { script })
    expect(comparableLines(dir)).toEqual(comparableLines(undisturbed))
    expect(await folderBytes(dir)).toEqual(await folderBytes(undisturbed))
  })

  test('leaves, where every weight learns, a folder that says its labels', async () => {
    const dir = await sorting('classification-full')
    await live(dir, { script })
    const config = JSON.parse(readFileSync(join(dir, runFiles.model, 'config.json'), 'utf8')) as object
    expect(config).toMatchObject({ problem_type: problem, id2label: { 0: labels[0] } })
  })
})

test('a run prepared before there were methods is trained as it was meant', async () => {
  const dir = await runFixture()
  const job = JSON.parse(readFileSync(join(dir, runFiles.job), 'utf8')) as { settings: object }
  const { method: _, ...before } = job.settings as Settings
  writeFileSync(join(dir, runFiles.job), JSON.stringify({ ...job, settings: before }))
  await live(dir)
  expect(existsSync(join(dir, runFiles.adapter))).toBe(true)
})

describe('the instruction set', () => {
  test('that trains a run is written in it; on the same one nothing is said of it', async () => {
    const dir = await runFixture()
    await dieAt(dir, 8)
    await live(dir)
    expect(stateOf(dir).backend).toBe('fake')
    expect(codes(dir)).not.toContain('OTHER_INSTRUCTIONS')
  })

  test('is another than the one that wrote the checkpoint: the bits may differ, and that is said', async () => {
    const dir = await runFixture()
    await dieAt(dir, 8)
    const session = new FakeSession()
    const loadState = session.loadState.bind(session)
    session.loadState = async (file) => ({ ...(await loadState(file)), writtenBy: 'elsewhere' })
    await live(dir, { session })
    const said = metricLines(dir).filter((line) => line.kind === 'notice')
    expect(said.find(({ code }) => code === 'OTHER_INSTRUCTIONS')).toMatchObject({
      step: 6,
      details: { before: 'elsewhere', now: 'fake' }
    })
    // nor of a checkpoint from before this was recorded
    const old = await runFixture()
    await dieAt(old, 8)
    session.loadState = async (file) => ({ ...(await loadState(file)), writtenBy: null })
    await live(old, { session })
    expect(codes(old)).not.toContain('OTHER_INSTRUCTIONS')
  })
})
