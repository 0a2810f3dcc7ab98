// The loop with a stand-in engine, a clock that the test turns, and no files: what it does, in which order.
import { describe, expect, test } from 'vitest'
import type { NeiroError } from '../../main/contract/errors'
import type { MetricLine, RunProgress } from '../../main/contract/records'
import type { Settings } from '../../main/contract/settings'
import type { Job } from '../../main/contract/trainer-protocol'
import { setOf } from '../../main/batches/example-set'
import { planTraining } from '../../main/trainer/batching'
import { freshLoopState, type LoopState } from '../../main/trainer/loop-state'
import { methods } from '../../main/trainer/methods'
import type { JudgedBy } from '../../main/contract/judged-by'
import type { Method } from '../../main/trainer/methods/method'
import { TrainingLoop, type LoopOutcome, type LoopRequest } from '../../main/trainer/training-loop'
import { FakeSession, type FakeScript } from './fake-session'
import { randomExamples, smallSettings } from './run-fixture'

interface Options {
  settings?: Partial<Settings>
  script?: FakeScript
  heldOut?: number
  questions?: number
  start?: LoopState
  session?: FakeSession
  method?: Method
  judgedBy?: Pick<JudgedBy, 'better'> & { readonly figure: string }
  request?: () => LoopRequest | null
  /** milliseconds that each update takes on the clock of the test */
  stepMs?: number
  checkpointMs?: number
}

function loopOf(options: Options = {}) {
  const settings = { ...smallSettings, ...options.settings }
  const train = setOf(randomExamples(37, 1))
  const heldOut = options.heldOut === 0 ? null : setOf(randomExamples(options.heldOut ?? 6, 2))
  const session = options.session ?? new FakeSession(options.script)
  const lines: MetricLine[] = []
  const checkpoints: { state: LoopState; engine: FakeSession['state']; began: number }[] = []
  const bests: { step: number; weight: number }[] = []
  const progress: Omit<RunProgress, 'run' | 'state'>[] = []
  let now = Date.UTC(2026, 3, 1)
  const loop = new TrainingLoop(
    {
      job: {
        settings,
        open: { maxTokensPerMicroBatch: 60 },
        stopTokens: [2],
        questions: Array.from({ length: options.questions ?? 1 }, (_, i) => [i + 5]),
        maxAnswerTokens: 32
      } as unknown as Job,
      method: options.method ?? methods.sft,
      judgedBy: options.judgedBy ?? { figure: 'loss', better: 'lower' },
      plan: planTraining(train.lengths, settings),
      train,
      heldOut,
      session,
      clock: () => (now += (options.stepMs ?? 100) / 2),
      memory: () => 1000,
      request: options.request ?? (() => null),
      textsOf: async () => null,
      judges: [],
      metric: (line) => lines.push(line),
      progress: (value) => progress.push(value),
      checkpoint: async (state) => {
        checkpoints.push({ state, engine: session.state, began: now })
        now += options.checkpointMs ?? 0
      },
      keepBest: async (step) => void bests.push({ step, weight: session.state.weight })
    },
    options.start ?? freshLoopState
  )
  return { loop, session, lines, checkpoints, bests, progress }
}

const ofKind = <K extends MetricLine['kind']>(lines: readonly MetricLine[], kind: K) =>
  lines.filter((line): line is Extract<MetricLine, { kind: K }> => line.kind === kind)
const notices = (lines: readonly MetricLine[]) => ofKind(lines, 'notice').map(({ code }) => code)
const untimed = (lines: readonly MetricLine[]) => lines.map((line) => ({ ...line, time: '' }))

// 37 examples, 2 x 2 per update, 2 epochs
const totalSteps = 20

describe('a run from start to end', () => {
  test('makes every update once, with Adam counting from one', async () => {
    const { loop, session, lines, checkpoints } = loopOf()
    expect(await loop.run()).toMatchObject({ outcome: 'finished', state: { step: totalSteps } })
    expect(session.steps.map(({ options }) => options.step)).toEqual(
      Array.from({ length: totalSteps }, (_, i) => i + 1)
    )
    expect(session.steps[0]?.options).toMatchObject({
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      maxGradNorm: 1,
      loraPlusRatio: 1
    })
    expect(ofKind(lines, 'step')).toHaveLength(totalSteps)
    expect(ofKind(lines, 'step').at(-1)).toMatchObject({
      epoch: 2,
      figures: { gradNorm: 1, learningRate: expect.any(Number) as number, memory: 1000 },
      skipped: false
    })
    // every third, and the end
    expect(checkpoints.map(({ state }) => state.step)).toEqual([3, 6, 9, 12, 15, 18, totalSteps])
  })

  test('evaluates before the first update, every n updates and at the end', async () => {
    const { loop, lines } = loopOf({ settings: { evaluationSteps: 8 } })
    await loop.run()
    expect(ofKind(lines, 'evaluation').map(({ step }) => step)).toEqual([0, 8, 16, totalSteps])
    expect(ofKind(lines, 'sample').map(({ step }) => step)).toEqual([0, 8, 16, totalSteps])
  })

  test('evaluates about ten times where nothing is said', async () => {
    const { loop, lines } = loopOf({ settings: { evaluationSteps: 0 } })
    await loop.run()
    expect(ofKind(lines, 'evaluation').map(({ step }) => step)).toEqual([
      0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20
    ])
  })

  test('reads the held-out part whole, in batches that fit', async () => {
    const { loop, session } = loopOf({ settings: { maxSteps: 1 }, heldOut: 9, questions: 0 })
    await loop.run()
    const sizes = session.evaluated.map(({ tokens }) => tokens.length)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(60)
    const whole = setOf(randomExamples(9, 2)).lengths.reduce((sum, length) => sum + length, 0)
    // twice: before and after the one update
    expect(sizes.reduce((a, b) => a + b, 0)).toBe(2 * whole)
    expect(sizes.length).toBeGreaterThan(2)
  })

  test('answers every question without its stop token', async () => {
    const { loop, lines } = loopOf({ questions: 2, settings: { maxSteps: 1 } })
    await loop.run()
    const samples = ofKind(lines, 'sample')
    expect(samples.map(({ step, question }) => [step, question])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1]
    ])
    samples.forEach(({ answer }) => expect(answer).toHaveLength(20))
  })

  test('without a held-out part it trains on, keeps no best and still answers questions', async () => {
    const { loop, lines, bests } = loopOf({ heldOut: 0 })
    const end = await loop.run()
    expect(end.state.best).toBeNull()
    expect(bests).toEqual([])
    expect(ofKind(lines, 'evaluation')).toEqual([])
    expect(ofKind(lines, 'sample').length).toBeGreaterThan(0)
  })

  test('tells how far it is and how long it takes', async () => {
    const { loop, progress } = loopOf({ stepMs: 1000 })
    await loop.run()
    expect(progress.at(-1)).toMatchObject({ step: totalSteps, totalSteps, secondsLeft: 0 })
    const middle = progress.find(({ step }) => step === 10)
    // an update takes two looks at this clock; evaluations come on top
    expect(middle?.secondsLeft).toBeGreaterThanOrEqual(5)
    expect(middle?.secondsLeft).toBeLessThan(30)
    expect(middle?.tokensPerSecond).toBeGreaterThan(0)
  })
})

describe('same seed, same bits', () => {
  test('two runs are the same but for times, however slow the clock', async () => {
    const quick = loopOf({ settings: { checkpointSteps: 0 }, stepMs: 1 })
    const slow = loopOf({ settings: { checkpointSteps: 0 }, stepMs: 60_000 })
    await quick.loop.run()
    await slow.loop.run()
    expect(slow.session.state).toEqual(quick.session.state)
    expect(untimed(slow.lines)).toEqual(untimed(quick.lines))
    expect(slow.checkpoints.length).toBeGreaterThan(quick.checkpoints.length)
  })

  test('a checkpoint costs at most a twentieth of the time, and comes at least every half minute', async () => {
    // a tenth of a second for each look at the clock; a checkpoint takes as many seconds more as it is said to
    for (const [took, least, most] of [
      [0, 2, 4],
      [1, 20, 24],
      [60, 30, 33]
    ] as const) {
      const { loop, checkpoints } = loopOf({
        settings: { checkpointSteps: 0, epochs: 60 },
        stepMs: 200,
        checkpointMs: took * 1000
      })
      await loop.run()
      const times = checkpoints.map(({ began }) => began / 1000)
      const between = times.slice(1, -1).map((time, i) => time - (times[i] ?? 0) - took)
      expect(between.length).toBeGreaterThan(1)
      for (const gap of between.slice(1)) {
        expect(gap, String(took)).toBeGreaterThanOrEqual(least)
        expect(gap, String(took)).toBeLessThanOrEqual(most)
      }
    }
  })

  test('another seed gives another run', async () => {
    const one = loopOf()
    const other = loopOf({ settings: { seed: 8 } })
    await one.loop.run()
    await other.loop.run()
    expect(other.session.state).not.toEqual(one.session.state)
  })

  test('resumed from any checkpoint it ends with the same state and the same lines', async () => {
    const whole = loopOf({ settings: { checkpointSteps: 1 } })
    await whole.loop.run()
    for (const { state, engine } of whole.checkpoints) {
      const session = new FakeSession()
      session.state = engine
      // as read back from loop.json
      const start = JSON.parse(JSON.stringify(state)) as LoopState
      const rest = loopOf({ settings: { checkpointSteps: 1 }, session, start })
      const end = await rest.loop.run()
      expect(session.state).toEqual(whole.session.state)
      expect(end.state).toEqual(whole.checkpoints.at(-1)?.state)
      const later = untimed(whole.lines).slice(whole.lines.length - rest.lines.length)
      expect(untimed(rest.lines)).toEqual(later)
    }
  })

  test.each<[LoopRequest, LoopOutcome]>([
    ['pause', 'paused'],
    ['interrupt', 'interrupted'],
    ['stop', 'stopped']
  ])('%s at any moment, also amid an evaluation, then resumed: the same', async (wish, outcome) => {
    const whole = loopOf()
    await whole.loop.run()
    for (let moment = 1; moment < 60; moment += 7) {
      const session = new FakeSession()
      let looks = 0
      const first = loopOf({ session, request: () => (++looks > moment ? wish : null) })
      const broken = await first.loop.run()
      if (broken.outcome === 'finished') break
      expect(broken.outcome).toBe(outcome)
      const last = first.checkpoints.at(-1)
      expect(last?.state).toEqual(broken.state)
      const second = loopOf({ session, start: JSON.parse(JSON.stringify(broken.state)) as LoopState })
      await second.loop.run()
      const lines = [...first.lines, ...second.lines].filter(
        (line) => !(line.kind === 'notice' && ['PAUSED', 'INTERRUPTED', 'STOPPED'].includes(line.code))
      )
      expect(untimed(lines)).toEqual(untimed(whole.lines))
      expect(session.state).toEqual(whole.session.state)
    }
    expect.hasAssertions()
  })
})

describe('the best is kept', () => {
  // a valley: best after 10 updates
  const valley = (done: number): number => 1 + Math.abs(done - 10) / 10

  test('that nothing is learnt is said half-way, not only when it is over', async () => {
    const { loop, lines } = loopOf({ settings: { evaluationSteps: 5 }, script: { heldOutLoss: () => 2 } })
    await loop.run()
    const said = ofKind(lines, 'notice').filter(({ code }) => code === 'NOTHING_LEARNT')
    expect(said.map(({ step }) => step)).toEqual([totalSteps / 2])
    const late = loopOf({
      settings: { evaluationSteps: 5 },
      script: { heldOutLoss: (done) => (done < totalSteps / 2 ? 2 : 1.5) }
    })
    await late.loop.run()
    expect(notices(late.lines)).not.toContain('NOTHING_LEARNT')
  })

  test('when the held-out loss falls, and only then', async () => {
    const { loop, lines, bests } = loopOf({ script: { heldOutLoss: valley } })
    const end = await loop.run()
    expect(bests.map(({ step }) => step)).toEqual([5, 10])
    expect(end.state.best).toEqual({ step: 10, value: 1 })
    expect(ofKind(lines, 'evaluation').map(({ best }) => best)).toEqual([false, true, true, false, false])
  })

  test('the untouched model is never the best one', async () => {
    const { loop, bests } = loopOf({ script: { heldOutLoss: (done) => 1 + done } })
    await loop.run()
    expect(bests.map(({ step }) => step)).toEqual([5])
  })

  test('a held-out loss that is no number is not the best and counts as no improvement', async () => {
    const { loop, bests, lines } = loopOf({
      settings: { earlyStoppingPatience: 2 },
      script: { heldOutLoss: (done) => (done > 5 ? NaN : 1) }
    })
    await loop.run()
    expect(bests.map(({ step }) => step)).toEqual([5])
    expect(notices(lines)).toContain('EARLY_STOP')
  })

  test('early stopping ends the run, also when it died right after deciding so', async () => {
    const options: Options = { settings: { earlyStoppingPatience: 1 }, script: { heldOutLoss: valley } }
    const { loop, lines, checkpoints, session } = loopOf(options)
    const end = await loop.run()
    expect(end).toMatchObject({ outcome: 'finished', state: { step: 15, stoppedEarly: true } })
    expect(notices(lines)).toContain('EARLY_STOP')
    const again = loopOf({ ...options, session, start: checkpoints.at(-1)?.state })
    expect(await again.loop.run()).toMatchObject({ outcome: 'finished', state: { step: 15 } })
    expect(session.steps).toHaveLength(15)
  })

  test('patience 0 never stops', async () => {
    const { loop } = loopOf({ script: { heldOutLoss: (done) => 1 + done } })
    expect(await loop.run()).toMatchObject({ state: { step: totalSteps, stoppedEarly: false } })
  })
})

describe('a method of its own, with figures that nobody else knows', () => {
  // worth more the higher it is: best after 10 updates
  const praise = (done: number): number => 1 - Math.abs(done - 10) / 10
  const judgedBy = { figure: 'praise', better: 'higher' } as const
  const rewarded: Method = {
    ...methods.sft,
    lay: (set, examples, job) => methods.sft.lay(set, [...examples].reverse(), job),
    async update(session, microBatches, options, surroundings) {
      const update = await methods.sft.update(session, microBatches, options, surroundings)
      return update && { ...update, figures: { praise: praise(options.step) } }
    },
    evaluate: async (session) => ({ praise: praise((session as FakeSession).state.updates) })
  }

  test('is trained, judged and stopped by its own figure, and its lines carry it', async () => {
    const { loop, lines, bests, progress, session } = loopOf({
      method: rewarded,
      judgedBy,
      settings: { earlyStoppingPatience: 1 }
    })
    const end = await loop.run()
    expect(bests.map(({ step }) => step)).toEqual([5, 10])
    expect(end.state).toMatchObject({ step: 15, stoppedEarly: true, best: { step: 10, value: 1 } })
    expect(ofKind(lines, 'evaluation').map(({ by, figures }) => [by, figures['praise']])).toEqual([
      ['praise', 0],
      ['praise', 0.5],
      ['praise', 1],
      ['praise', 0.5]
    ])
    expect(ofKind(lines, 'step')[0]?.figures).toMatchObject({ praise: praise(1), memory: 1000 })
    expect(progress.at(-1)).toMatchObject({ training: { praise: 0.5 }, heldOut: { praise: 0.5 } })
    expect(notices(lines)).toEqual(['EARLY_STOP'])
    const plain = loopOf()
    await plain.loop.run()
    expect(session.steps[0]?.microBatches).not.toEqual(plain.session.steps[0]?.microBatches)
  })

  test('goes on from a checkpoint as if nothing had happened', async () => {
    const whole = loopOf({ method: rewarded, judgedBy, settings: { checkpointSteps: 1 } })
    await whole.loop.run()
    const at = whole.checkpoints.find(({ state }) => state.step === 12)
    const session = new FakeSession()
    session.state = at?.engine as FakeSession['state']
    const start = JSON.parse(JSON.stringify(at?.state)) as LoopState
    const rest = loopOf({ method: rewarded, judgedBy, settings: { checkpointSteps: 1 }, session, start })
    await rest.loop.run()
    expect(untimed(rest.lines)).toEqual(untimed(whole.lines).slice(-rest.lines.length))
  })
})

describe('losses that are no numbers', () => {
  test('one or two are skipped, noted, and training goes on', async () => {
    const { loop, lines } = loopOf({ script: { stepLoss: (step) => ([4, 5, 9].includes(step) ? NaN : 1) } })
    expect(await loop.run()).toMatchObject({ outcome: 'finished', state: { training: { loss: 1 } } })
    const skipped = ofKind(lines, 'step').filter((line) => line.skipped)
    expect(skipped.map(({ step }) => step)).toEqual([4, 5, 9])
    expect(notices(lines).filter((code) => code === 'NOT_FINITE')).toHaveLength(3)
  })

  test('three in a row end the run with a way out and no checkpoint of them', async () => {
    const { loop, checkpoints, session } = loopOf({
      script: { stepLoss: (step) => (step >= 7 ? Infinity : 1) }
    })
    const error = (await loop.run().catch((error: unknown) => error)) as NeiroError
    expect(error).toMatchObject({ code: 'NOT_FINITE', details: { step: '9' } })
    expect(session.steps).toHaveLength(9)
    expect(checkpoints.map(({ state }) => state.step)).toEqual([3, 6])
  })

  test('a break between them does not reset the count', async () => {
    const script: FakeScript = { stepLoss: (step) => (step >= 7 ? NaN : 1) }
    const session = new FakeSession(script)
    const first = loopOf({ session, request: () => (session.steps.length === 8 ? 'pause' : null) })
    const { state } = await first.loop.run()
    expect(state).toMatchObject({ step: 8, skippedInRow: 2 })
    const second = loopOf({ session, start: state })
    await expect(second.loop.run()).rejects.toMatchObject({ code: 'NOT_FINITE' })
    expect(session.steps).toHaveLength(9)
  })
})
