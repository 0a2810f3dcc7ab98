// Noise on what the first layer reads (NEFTune): in updates alone, as large as is asked for, and the same for the same
// seed and step.
import { describe, expect, test } from 'vitest'
import { batchOf, openOptions, refusal, stepOptions } from '../fixtures/sessions'
import { engine, withSession } from '../golden-runner/engine'

const batch = batchOf([17, 30], 3)

/** Mean loss of an update that changes nothing. */
const lossWith = (embeddingNoise: number, seed = 1, step = 1): Promise<number> =>
  withSession({ ...openOptions(), seed, embeddingNoise }, async (session) => {
    const { loss } = await session.step([batch], stepOptions(step, { learningRate: 0 }))
    return loss
  })

describe('noise on what is read', () => {
  test('counts in updates, in proportion to what is asked for', async () => {
    const [none, some, twice] = [await lossWith(0), await lossWith(0.01), await lossWith(0.02)]
    expect(Math.abs(some - none)).toBeGreaterThan(1e-6)
    expect(Math.abs((twice - none) / (some - none) - 2)).toBeLessThan(0.1)
    expect(Math.abs((await lossWith(100)) - none)).toBeGreaterThan(1e-2)
  })

  test('is drawn by seed and step', async () => {
    expect(await lossWith(5)).toBe(await lossWith(5))
    expect(await lossWith(5)).not.toBe(await lossWith(5, 2))
    expect(await lossWith(5)).not.toBe(await lossWith(5, 1, 2))
  })

  test('is not there when it reads, nor does recomputing draw another', async () => {
    const read = (embeddingNoise: number): Promise<number> =>
      withSession(
        { ...openOptions(), embeddingNoise },
        async (session) => (await session.evaluate(batch, { adapter: true })).nllSum
      )
    expect(await read(50)).toBe(await read(0))
    const gradients = (gradientCheckpointing: boolean): Promise<number> =>
      withSession({ ...openOptions(), embeddingNoise: 5, gradientCheckpointing }, async (session) => {
        const { gradNorm } = await engine().gradients(session, [batch])
        return gradNorm
      })
    expect(await gradients(true)).toBe(await gradients(false))
  })

  test('is planned, and refused below none', async () => {
    const plan = (embeddingNoise: number): ReturnType<ReturnType<typeof engine>['planMemory']> =>
      engine().planMemory({ ...openOptions(), embeddingNoise })
    const [without, with_] = [await plan(0), await plan(5)]
    // a row of 64 numbers for each token, there and on the host
    expect(with_.activations - without.activations).toBeGreaterThanOrEqual(
      2 * 4 * 64 * openOptions().maxTokensPerMicroBatch
    )
    const said = await refusal(() => engine().planMemory({ ...openOptions(), embeddingNoise: -1 }))
    expect(said).toMatchObject({ code: 'BAD_OPTION', details: { option: 'embeddingNoise' } })
  })
})
