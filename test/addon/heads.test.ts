// Heads beside the language head: they learn with the adapter, go on from a saved state and from a file to the same bits,
// their gradients are those of finite differences, and what cannot be one is refused by name.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { OpenOptions, Session, SideHead } from '../../addon/index'
import { labelLoss } from '../../main/losses/task-heads'
import { batchOf, openOptions, refusal, stepOptions } from '../fixtures/sessions'
import { engine, withSession } from '../golden-runner/engine'

const dir = mkdtempSync(join(tmpdir(), 'neiro-heads-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const heads: SideHead[] = [
  { name: 'kind', outputs: 5, of: 'last', bias: true },
  { name: 'place', outputs: 2, of: 'tokens', bias: false }
]
const opened = (changes: Partial<OpenOptions> = {}): OpenOptions => openOptions({ heads, ...changes })
const batch = batchOf([17, 30])
const right = [3, 1]

async function learn(session: Session, from: number, to: number): Promise<void> {
  for (let step = from; step <= to; ++step) {
    const said = await session.forward(batch, { step, head: 'kind' })
    const { loss, gradient } = labelLoss(said, 5, right)
    await session.backward(gradient)
    await session.update(loss, stepOptions(step))
  }
}

const scores = (session: Session, head = 'kind'): Promise<Float32Array> => session.headScores(batch, { head })
const lossNow = async (session: Session): Promise<number> => labelLoss(await scores(session), 5, right).loss

describe('heads beside the language head', () => {
  test('say so many numbers of each text, or of each token', async () => {
    await withSession(opened(), async (session) => {
      expect(await scores(session)).toHaveLength(2 * 5)
      expect(await scores(session, 'place')).toHaveLength(47 * 2)
      expect(await session.logits(batch, { adapter: true })).toHaveLength(47 * 320)
    })
  })

  test('learn, and go on from a saved state and from files to the same bits', async () => {
    const [state, file, adapter] = [join(dir, 'state'), join(dir, 'heads'), join(dir, 'adapter')]
    const after: Float32Array[] = []
    await withSession(opened(), async (session) => {
      const before = await lossNow(session)
      await learn(session, 1, 4)
      expect(await lossNow(session)).toBeLessThan(before)
      await session.saveState(state)
      await session.saveHeads(file)
      await session.saveAdapter({ dir: adapter, baseModelName: 'llama' })
      after.push(await scores(session))
      await learn(session, 5, 6)
      after.push(await scores(session))
    })
    await withSession(opened({ seed: 99 }), async (session) => {
      await session.loadState(state)
      expect(await scores(session)).toEqual(after[0])
      await learn(session, 5, 6)
      expect(await scores(session)).toEqual(after[1])
    })
    const { train: _, ...reading } = opened({ adapterDir: adapter, headsFile: file })
    await withSession(reading, async (session) => expect(await scores(session)).toEqual(after[0]))
  })

  test('send back the gradient of their loss, of their own weights too', async () => {
    await withSession(opened({ baseQuantization: 'f32' }), async (session) => {
      const said = await session.forward(batch, { step: 1, head: 'kind' })
      await session.backward(labelLoss(said, 5, right).gradient)
      const gradients = await engine().gatheredGradients(session)
      // of the bias it is the sum over the examples
      const expected = Array.from({ length: 5 }, (_, label) =>
        [0, 1].reduce((sum, at) => sum + (labelLoss(said, 5, right).gradient[5 * at + label] ?? NaN), 0)
      )
      const bias = gradients['kind.bias']?.data ?? new Float32Array()
      expected.forEach((value, i) => expect(bias[i]).toBeCloseTo(value, 6))
      // no other head learns from it
      expect(Math.max(...(gradients['place.weight']?.data ?? [NaN]).map(Math.abs))).toBe(0)
      const reached = Object.entries(gradients).filter(
        ([name, { data }]) => name.includes('lora_B') && data.some((d) => d !== 0)
      )
      expect(reached.length).toBeGreaterThan(4)
      await session.update(0, stepOptions(1))
    })
  })

  test('are refused by name where they cannot be', async () => {
    const refused = async (list: SideHead[]): Promise<unknown> =>
      refusal(() => engine().planMemory(openOptions({ heads: list })))
    const [kind] = heads as [SideHead]
    expect(await refused([{ ...kind, outputs: 0 }])).toMatchObject({
      code: 'BAD_OPTION',
      details: { option: 'outputs' }
    })
    expect(await refused([kind, kind])).toMatchObject({ details: { option: 'heads' } })
    expect(await refused([{ ...kind, name: '' }])).toMatchObject({ details: { option: 'name' } })
    await withSession(opened(), async (session) => {
      const said = await refusal(() => session.headScores(batch, { head: 'another' }))
      expect(said).toMatchObject({ code: 'BAD_OPTION', details: { option: 'head', value: 'another' } })
    })
    const wrong = join(dir, 'wrong-heads')
    await withSession(opened({ heads: [{ ...kind, outputs: 4 }] }), (session) => session.saveHeads(wrong))
    const shape = await refusal(() =>
      withSession(opened({ heads: [kind], headsFile: wrong }), () => Promise.resolve())
    )
    expect(shape).toMatchObject({ code: 'TENSOR_SHAPE', details: { tensor: 'kind.weight' } })
  })
})
