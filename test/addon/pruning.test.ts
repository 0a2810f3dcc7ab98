// Pruning in a session: how many weights become zero, that they stay so through updates, a saved state and an export, and that
// neither the gradient's norm nor the moments know of them. Which ones: the golden case.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { OpenOptions, PruneOptions } from '../../addon/index'
import { floats, readSafetensors } from '../fixtures/safetensors'
import { batchOf, openOptions, refusal, stepOptions } from '../fixtures/sessions'
import { engine, withSession } from '../golden-runner/engine'

const dir = mkdtempSync(join(tmpdir(), 'neiro-pruning-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const { train: _, ...open } = openOptions()
const opened = (optimizer: OpenOptions['optimizer'] = 'adamw'): OpenOptions => ({
  ...open,
  optimizer,
  train: { kind: 'full', decayAll: true, keepZeros: true }
})
const linear = /_proj\.weight$/
const half: PruneOptions = { pattern: 'layer', amount: 0.5 }

/** Values of a saved state, by name. */
function savedValues(file: string, part = 'param.'): Map<string, Float32Array | Float64Array> {
  return new Map(
    [...readSafetensors(file)]
      .filter(([name]) => name.startsWith(part))
      .map(([name, tensor]) => [name.slice(part.length), Float32Array.from(floats(tensor))])
  )
}
const zerosOf = (values: ArrayLike<number>): number =>
  Array.from(values).filter((value) => value === 0).length

describe('pruning', () => {
  test.each(['adamw', 'adamw8bit'] as const)(
    'stays through updates with %s, and a resume',
    async (optimizer) => {
      const [first, later] = [join(dir, `${optimizer}-first`), join(dir, `${optimizer}-later`)]
      await withSession(opened(optimizer), async (session) => {
        const before = await session.step([batchOf([17, 30])], stepOptions(1))
        const { zeros, weights } = await session.prune(half)
        expect(zeros / weights).toBeCloseTo(0.5, 3)
        await session.saveState(first)
        const after = await session.step([batchOf([17, 30])], stepOptions(2))
        expect(after.gradNorm).not.toBe(before.gradNorm)
        for (let step = 3; step <= 5; ++step) await session.step([batchOf([17, 30])], stepOptions(step))
        await session.saveState(later)
      })
      const [was, is] = [savedValues(first), savedValues(later)]
      for (const [name, values] of was) {
        const now = is.get(name) ?? new Float32Array()
        expect(now, name).not.toEqual(values)
        if (!linear.test(name)) continue
        expect(zerosOf(values) / values.length, name).toBeCloseTo(0.5, 2)
        values.forEach((value, i) => expect(now[i] === 0, `${name} ${i}`).toBe(value === 0))
      }
      // from the saved state the zeros are known again
      await withSession(opened(optimizer), async (session) => {
        await session.loadState(first)
        for (let step = 2; step <= 5; ++step) await session.step([batchOf([17, 30])], stepOptions(step))
        await session.saveState(join(dir, 'resumed'))
      })
      expect(savedValues(join(dir, 'resumed'))).toEqual(is)
    }
  )

  test('leaves the gradients of what is zero out of the norm', async () => {
    await withSession(opened(), async (session) => {
      await session.prune({ pattern: 'global', amount: 0.7 })
      await session.saveState(join(dir, 'global'))
      const values = savedValues(join(dir, 'global'))
      const { gradients, gradNorm } = await engine().gradients(session, [batchOf([17, 30])])
      let squares = 0
      for (const [name, gradient] of Object.entries(gradients)) {
        const of = values.get(name) ?? new Float32Array()
        gradient.forEach((d, i) => {
          if (linear.test(name) && of[i] === 0) expect(Math.abs(d), `${name} ${i}`).toBe(0)
          squares += d * d
        })
      }
      expect(Math.sqrt(squares) / gradNorm).toBeCloseTo(1, 5)
    })
  })

  test('two of four leaves two of each four in a row, and what is written holds them', async () => {
    await withSession(opened(), async (session) => {
      const { zeros, weights } = await session.prune({ pattern: '2:4', amount: 0.5 })
      expect(zeros).toBe(weights / 2)
      await session.step([batchOf([17, 30])], stepOptions(1))
      await session.saveMerged({ dir: join(dir, 'merged'), dtype: 'BF16' })
    })
    const tensors = readSafetensors(join(dir, 'merged', 'model.safetensors'))
    let seen = 0
    for (const [name, tensor] of tensors) {
      if (!linear.test(name)) continue
      const values = floats(tensor)
      for (let at = 0; at < values.length; at += 4) expect(zerosOf(values.slice(at, at + 4))).toBe(2)
      ++seen
    }
    expect(seen).toBeGreaterThan(6)
  })

  test('is refused where it could not stay, and for a share that is none', async () => {
    await withSession({ ...opened(), train: { kind: 'full' } }, async (session) => {
      const said = await refusal(() => session.prune(half))
      expect(said).toMatchObject({ code: 'BAD_OPTION', details: { option: 'train' } })
    })
    await withSession(opened(), async (session) => {
      for (const amount of [1, -0.1, NaN]) {
        const said = await refusal(() => session.prune({ pattern: 'global', amount }))
        expect(said).toMatchObject({ code: 'BAD_OPTION', details: { option: 'amount' } })
      }
    })
  })

  test('needs four bytes a weight of the linear layers more', async () => {
    const plan = async (keepZeros: boolean): Promise<number> =>
      (await engine().planMemory({ ...opened(), train: { kind: 'full', keepZeros } })).total
    const { linearParameters } = await engine().inspectModel(open.modelDir)
    const more = (await plan(true)) - (await plan(false))
    expect(more).toBeGreaterThan(linearParameters)
    expect(more).toBeLessThan(5 * linearParameters)
  })
})
