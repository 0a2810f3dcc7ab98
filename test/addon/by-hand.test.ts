// An update by hand (forward, backward, update): the same bits as one call where the loss is the same; what is kept and
// forgotten between the calls; refusals.
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Batch, OpenOptions, Session } from '../../addon/index'
import { adapterBits, batchOf, lora, openOptions, refusal, stepOptions } from '../fixtures/sessions'
import { withSession } from '../golden-runner/engine'

const open = <T>(changes: Partial<OpenOptions>, use: (session: Session) => Promise<T>): Promise<T> =>
  withSession(openOptions(changes), use)

const learnt = ({ labels, lengths }: Batch): number[] => {
  const places: number[] = []
  let at = 0
  for (const length of lengths) {
    for (let i = at + 1; i < at + length; i++) if ((labels[i] as number) >= 0) places.push(i)
    at += length
  }
  return places
}

/** The mean of -log p, as `step` has it. */
async function byHand(session: Session, batches: readonly Batch[], step: number): Promise<number> {
  const count = batches.reduce((sum, batch) => sum + learnt(batch).length, 0)
  let loss = 0
  for (const batch of batches) {
    const logs = await session.forward(batch, { step })
    const gradient = new Float32Array(logs.length)
    for (const i of learnt(batch)) {
      loss -= (logs[i] as number) / count
      gradient[i] = -1 / count
    }
    await session.backward(gradient)
  }
  return (await session.update(loss, stepOptions(step))).loss
}

describe.each([false, true])('checkpointing: %s', (gradientCheckpointing) => {
  const changes = { gradientCheckpointing, train: { ...lora, dropout: 0.2 } } as const

  test('steps by hand leave the bits that steps leave, with dropout', async () => {
    const batches = [batchOf([20, 11]), batchOf([7])]
    const whole = await open(changes, async (session) => {
      const losses = [
        await session.step(batches, stepOptions(1)),
        await session.step(batches, stepOptions(2))
      ]
      return { losses: losses.map(({ loss }) => loss), bits: await adapterBits(session) }
    })
    await open(changes, async (session) => {
      const losses = [await byHand(session, batches, 1), await byHand(session, batches, 2)]
      losses.forEach((loss, i) => expect(loss).toBeCloseTo(whole.losses[i] as number, 5))
      expect(await adapterBits(session)).toEqual(whole.bits)
    })
  })
})

describe('between the calls', () => {
  const batch = batchOf([12])

  test('log-probabilities are those of evaluate, and 0 where nothing is learnt', async () => {
    await open({}, async (session) => {
      const logs = await session.logProbabilities(batch, { adapter: true })
      const { nllSum } = await session.evaluate(batch, { adapter: true })
      const places = learnt(batch)
      expect(-places.reduce((sum, i) => sum + (logs[i] as number), 0)).toBeCloseTo(nllSum, 4)
      expect(logs.every((log, i) => places.includes(i) || log === 0)).toBe(true)
    })
  })

  test('what forward kept is forgotten once another text was read, or learnt from', async () => {
    await open({}, async (session) => {
      expect((await refusal(() => session.backward(new Float32Array(12)))).code).toBe('NO_FORWARD_PASS')
      const logs = await session.forward(batch, { step: 1 })
      await session.evaluate(batch, { adapter: false })
      expect((await refusal(() => session.backward(logs))).code).toBe('NO_FORWARD_PASS')
      await session.forward(batch, { step: 1 })
      await session.backward(logs)
      expect((await refusal(() => session.backward(logs))).code).toBe('NO_FORWARD_PASS')
      await session.update(1, stepOptions(1))
      expect((await refusal(() => session.update(1, stepOptions(2)))).code).toBe('NO_FORWARD_PASS')
    })
  })

  test('a step of its own forgets what was gathered by hand', async () => {
    const bits = await open({}, async (session) => {
      await session.step([batch], stepOptions(1))
      return adapterBits(session)
    })
    await open({}, async (session) => {
      const logs = await session.forward(batch, { step: 1 })
      await session.backward(logs)
      await session.step([batch], stepOptions(1))
      expect(await adapterBits(session)).toEqual(bits)
    })
  })

  test('a gradient of another length, a loss that is no number: weights stay', async () => {
    await open({}, async (session) => {
      const before = await adapterBits(session)
      await session.forward(batch, { step: 1 })
      expect((await refusal(() => session.backward(new Float32Array(3)))).code).toBe('BAD_OPTION')
      const logs = await session.forward(batch, { step: 1 })
      await session.backward(logs)
      expect((await session.update(NaN, stepOptions(1))).skipped).toBe(true)
      expect(await adapterBits(session)).toEqual(before)
    })
  })
})

test('scores of the mean over all tokens go back by hand as in a step', async () => {
  const { tokens, lengths } = batchOf([9, 5])
  const modelDir = resolve(import.meta.dirname, '../golden-2/models/modernbert-classifier')
  const train = { ...lora, targetModules: ['all-linear'] }
  const right = [2, 0]
  const stepped = await open({ modelDir, train, maxContext: 0 }, (session) =>
    session.step([{ tokens, lengths, targets: Float32Array.from(right) }], stepOptions(1))
  )
  const { gradNorm } = await open({ modelDir, train, maxContext: 0 }, async (session) => {
    const scores = await session.forward({ tokens, lengths }, { step: 1 })
    const labels = scores.length / right.length
    const gradient = scores.map((score, at) => {
      const row = scores.subarray(at - (at % labels), at - (at % labels) + labels)
      const share = Math.exp(score) / row.reduce((sum, one) => sum + Math.exp(one), 0)
      return (share - Number(at % labels === right[Math.floor(at / labels)])) / right.length
    })
    await session.backward(gradient)
    return session.update(1, stepOptions(1))
  })
  expect(gradNorm / stepped.gradNorm).toBeCloseTo(1, 4)
})
