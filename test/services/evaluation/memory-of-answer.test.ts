// What an answer takes is a figure of the run: whatever the engine's process holds by then, it is the same at each look.
import { expect, test } from 'vitest'
import { Evaluations } from '../../../main/services/evaluation/evaluations'
import { planOnCpu } from '../../fixtures/memory-plan'

test('the memory of an answer is the same at each look, and larger for the larger model', async () => {
  let held = 0
  const host = {
    call: (_: string, { adapterDir }: { adapterDir?: string }) => {
      held += 40
      return Promise.resolve(
        planOnCpu({ weights: 100, adapter: adapterDir ? 5 : 0, workspace: 7, runtime: held })
      )
    }
  }
  const parts = { turns: { use: (_: null, work: (one: typeof host) => unknown) => work(host) } }
  const evaluations = new Evaluations(parts as never)
  const candidates = [
    { id: 'base', kind: 'base' },
    { id: 'tuned', kind: 'tuned' }
  ]
  const opened = {
    items: [{ index: 0 }],
    sheet: { head: { candidates, maxNewTokens: 8 }, answer: () => ({ promptTokens: 12 }) }
  }
  const tuned = { openBase: { modelDir: 'm' }, open: { modelDir: 'm', adapterDir: 'a' } }
  const look = () => evaluations.memoryOf({ tuned, opened } as never)
  const first = await look()
  expect(first).toEqual({ base: 107, tuned: 112 })
  expect(await look()).toEqual(first)
})
