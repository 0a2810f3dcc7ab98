// A session of the native module as its manual says: busy, cancel, close; the same bits whoever counts;
// state saved and taken back; an adapter that is off or new changes nothing.
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenOptions, Session } from '../../addon/index'
import { adapterBits, batchOf, lora, openOptions, refusal, stepOptions, train } from '../fixtures/sessions'
import { engine, withSession } from '../golden-runner/engine'

let dir = ''
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'neiro-session-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const open = <T>(changes: Partial<OpenOptions>, use: (session: Session) => Promise<T>): Promise<T> =>
  withSession(openOptions(changes), use)

/** So many micro-batches that the whole would outlast the test's time by far. */
const endless = new Array(50_000).fill(batchOf([100]))

describe('busy, cancel, close', () => {
  test('a second call while one runs is refused; the first goes on', async () => {
    await open({}, async (session) => {
      const first = session.step(
        Array.from({ length: 20 }, () => batchOf([100])),
        stepOptions(1)
      )
      const second = await refusal(() => session.evaluate(batchOf([10]), { adapter: true }))
      expect(second.code).toBe('ENGINE_BUSY')
      expect((await refusal(() => session.close())).code).toBe('ENGINE_BUSY')
      expect((await first).learntTokens).toBe(20 * 50)
      expect((await session.evaluate(batchOf([10]), { adapter: true })).learntTokens).toBe(5)
    })
  })

  test('two sessions do not hinder each other', async () => {
    await open({}, (one) =>
      open({}, async (other) => {
        const [a, b] = await Promise.all([train(one, 1, 3), train(other, 1, 3)])
        expect(a).toEqual(b)
      })
    )
  })

  test('cancel ends a step between two micro-batches and leaves the weights as they were', async () => {
    await open({}, async (session) => {
      await train(session, 1, 2)
      const before = await adapterBits(session)
      const long = refusal(() => session.step(endless, stepOptions(3)))
      setTimeout(() => session.cancel(), 50)
      expect((await long).code).toBe('CANCELLED')
      expect(await adapterBits(session)).toEqual(before)
      // and the step that was cut short can be taken as if nothing had been
      const after = await train(session, 3, 4)
      await open({}, async (undisturbed) => expect((await train(undisturbed, 1, 4)).slice(2)).toEqual(after))
    })
  })

  test('cancel without a running call does not touch the next one', async () => {
    await open({}, async (session) => {
      session.cancel()
      expect((await session.step([batchOf([10])], stepOptions(1))).skipped).toBe(false)
    })
  })

  test('gradients can be cancelled, too', async () => {
    await open({}, async (session) => {
      const gradients = refusal(() => engine().gradients(session, endless))
      setTimeout(() => session.cancel(), 20)
      expect((await gradients).code).toBe('CANCELLED')
    })
  })

  test('after close every call is refused', async () => {
    const session = await engine().Session.open(openOptions())
    await session.close()
    const calls = [
      () => session.info(),
      () => session.plan(),
      () => session.step([batchOf([5])], stepOptions(1)),
      () => engine().gradients(session, [batchOf([5])]),
      () => session.evaluate(batchOf([5]), { adapter: false }),
      () => session.logits(batchOf([5]), { adapter: false }),
      () => session.generateNext(1),
      () => engine().adapterTensors(session),
      () => session.saveState(join(dir, 'never')),
      () => session.saveAdapter({ dir: join(dir, 'never'), baseModelName: 'x' })
    ]
    for (const call of calls) expect((await refusal(call)).code).toBe('SESSION_CLOSED')
    session.cancel()
  })
})

describe('the same bits', () => {
  const run = (changes: Partial<OpenOptions>): Promise<unknown> =>
    open(changes, async (session) => ({ said: await train(session, 1, 4), bits: await adapterBits(session) }))
  const dropout = { ...lora, dropout: 0.2 }

  test('for every session and number of threads, with dropout', async () => {
    const first = await run({ train: dropout })
    for (const threads of [2, 1, 3, 0]) expect(await run({ train: dropout, threads })).toEqual(first)
  })

  test('with and without recomputing', async () => {
    expect(await run({ train: dropout, gradientCheckpointing: true })).toEqual(await run({ train: dropout }))
  })

  test('but another seed gives others', async () => {
    expect(await run({ train: dropout, seed: 12 })).not.toEqual(await run({ train: dropout }))
  })

  test('an NF4 base, too', async () => {
    const first = await run({ baseQuantization: 'nf4' })
    expect(await run({ baseQuantization: 'nf4', threads: 1 })).toEqual(first)
  })
})

describe('state', () => {
  test('taken back in a new session goes on with the same bits', async () => {
    const file = join(dir, 'state.safetensors')
    const changes = { train: { ...lora, dropout: 0.1 } }
    const whole = await open(changes, async (session) => {
      await train(session, 1, 3)
      await session.saveState(file)
      return { said: await train(session, 4, 6), bits: await adapterBits(session) }
    })
    await open({ ...changes, seed: openOptions().seed }, async (session) => {
      const { backend } = await engine().probe()
      expect(await session.loadState(file)).toEqual({ step: 3, writtenBy: backend, here: backend })
      expect({ said: await train(session, 4, 6), bits: await adapterBits(session) }).toEqual(whole)
    })
  })

  test('of products in BF16 names them, so that F32 goes on with it knowingly', async () => {
    const file = join(dir, 'bf16.safetensors')
    await open({ train: lora, compute: 'bf16' }, async (session) => {
      await train(session, 1, 2)
      await session.saveState(file)
      const { writtenBy, here } = await session.loadState(file)
      expect(writtenBy).toMatch(/bf16/i)
      expect(here).toBe(writtenBy)
    })
    await open({ train: lora, compute: 'f32' }, async (session) => {
      const { writtenBy, here } = await session.loadState(file)
      expect(here).toBe((await engine().probe()).backend)
      expect(here).not.toBe(writtenBy)
    })
  })

  test('a torn file is refused wherever it ends, and changes nothing', async () => {
    await open({}, async (session) => {
      await train(session, 1, 2)
      const file = join(dir, 'torn.safetensors')
      await session.saveState(file)
      const bytes = readFileSync(file)
      await train(session, 3, 3)
      const before = await adapterBits(session)
      for (const length of [0, 7, 8, 100, bytes.length >> 1, bytes.length - 1]) {
        writeFileSync(file, bytes)
        truncateSync(file, length)
        const { code, hint } = await refusal(() => session.loadState(file))
        expect(code).toMatch(/^[A-Z0-9_]+$/)
        expect(hint).not.toBe('')
        expect(await adapterBits(session)).toEqual(before)
      }
      expect((await refusal(() => session.loadState(join(dir, 'nowhere')))).code).toMatch(/^[A-Z0-9_]+$/)
    })
  })

  test('of another rank is a mismatch', async () => {
    const file = join(dir, 'rank4.safetensors')
    await open({}, (session) => session.saveState(file))
    await open({ train: { ...lora, rank: 5 } }, async (session) => {
      const before = await adapterBits(session)
      expect((await refusal(() => session.loadState(file))).code).toBe('STATE_MISMATCH')
      expect(await adapterBits(session)).toEqual(before)
    })
  })
})

describe('the adapter', () => {
  const batch = batchOf([20, 33])

  test('is without effect while B is zero, and can be switched off later', async () => {
    await open({}, async (session) => {
      const base = await session.logits(batch, { adapter: false })
      expect(await session.logits(batch, { adapter: true })).toEqual(base)
      await train(session, 1, 3)
      expect(await session.logits(batch, { adapter: true })).not.toEqual(base)
      expect(await session.logits(batch, { adapter: false })).toEqual(base)
    })
  })

  test('saved as PEFT folder, opened again, says the same', async () => {
    const folder = join(dir, 'adapter')
    const logits = await open({}, async (session) => {
      await train(session, 1, 3)
      await session.saveAdapter({ dir: folder, baseModelName: 'x' })
      return session.logits(batch, { adapter: true })
    })
    await open({ train: undefined, adapterDir: folder }, async (session) => {
      expect(await session.logits(batch, { adapter: true })).toEqual(logits)
      expect((await session.info()).trainableParameters).toBeGreaterThan(0)
    })
  })

  test('learns: fifty steps on one example bring its loss down', async () => {
    await open({}, async (session) => {
      const example = batchOf([24])
      const losses: number[] = []
      for (let step = 1; step <= 50; ++step)
        losses.push((await session.step([example], stepOptions(step))).loss)
      expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 3)
    })
  })

  test('a loss that is not finite skips the step and changes nothing', async () => {
    await open({}, async (session) => {
      await train(session, 1, 1)
      const healthy = await adapterBits(session)
      // a stride so large that the next loss is not finite
      await session.step([batchOf([30])], stepOptions(2, { learningRate: 1e30, maxGradNorm: 0 }))
      const broken = await adapterBits(session)
      expect(broken).not.toEqual(healthy)
      const result = await session.step([batchOf([30])], stepOptions(3))
      expect(result.skipped).toBe(true)
      expect(await adapterBits(session)).toEqual(broken)
    })
  })
})
