// Products in INT8 through the module: a training learns as one in F32 does, with the same bits each time, and what would
// change nothing is refused. Where the processor has no instruction for them, that is what is said.
import { describe, expect, test } from 'vitest'
import type { OpenOptions } from '../../addon/index'
import { batchOf, openOptions, refusal, stepOptions } from '../fixtures/sessions'
import { engine, withSession } from '../golden-runner/engine'

const batch = batchOf([17, 30], 3)
const steps = 6
const stored = { baseQuantization: 'nf4' } as const

const losses = (changes: Partial<OpenOptions>): Promise<readonly number[]> =>
  withSession({ ...openOptions(), ...stored, ...changes }, async (session) => {
    const found: number[] = []
    for (let step = 1; step <= steps; step++) {
      const { loss } = await session.step([batch], stepOptions(step, { learningRate: 1e-2 }))
      found.push(loss)
    }
    return found
  })

const { productGflopsInInt8 } = await engine().calibrate(1)

describe('products in INT8', () => {
  if (productGflopsInInt8 === 0) {
    test('are refused by name where there is no instruction for them', async () => {
      const said = await refusal(() => engine().planMemory({ ...openOptions(), ...stored, compute: 'int8' }))
      expect(said).toMatchObject({ code: 'NO_INT8_PRODUCTS' })
    })
    return
  }

  test('learn as those in F32 do', async () => {
    const [bytes, exact] = [await losses({ compute: 'int8' }), await losses({ compute: 'f32' })]
    expect(bytes).not.toEqual(exact)
    for (const [i, loss] of bytes.entries())
      expect(Math.abs(loss / (exact[i] as number) - 1)).toBeLessThan(0.02)
    expect(bytes.at(-1)).toBeLessThan(bytes[0] as number)
  })

  test('give the same bits again, with any number of threads', async () => {
    const once = await losses({ compute: 'int8', threads: 1 })
    expect(await losses({ compute: 'int8', threads: 1 })).toEqual(once)
    expect(await losses({ compute: 'int8', threads: 2 })).toEqual(once)
  })

  test('are refused where all weights are F32, since nothing would be in INT8', async () => {
    const open: OpenOptions = { ...openOptions(), compute: 'int8' }
    const refused = { code: 'NOTHING_IN_INT8' }
    expect(await refusal(() => engine().planMemory(open))).toMatchObject(refused)
    expect(await refusal(() => engine().planMemory({ ...open, train: { kind: 'full' } }))).toMatchObject(
      refused
    )
  })

  test('belong to the processor alone', async () => {
    const said = await refusal(() =>
      engine().planMemory({ ...openOptions(), ...stored, compute: 'int8', device: 'cuda' })
    )
    expect(['NO_INT8_PRODUCTS', 'GPU_NOT_USABLE']).toContain(said.code)
  })
})
