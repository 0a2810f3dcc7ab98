// Memory that ends while a call is being started, at each of its allocations in turn: the call is refused with
// OUT_OF_MEMORY and the session is as free as before.
import { describe, expect, test } from 'vitest'
import type { Session } from '../../addon/index'
import { batchOf, openOptions, stepOptions } from '../fixtures/sessions'
import { engine, withSession } from '../golden-runner/engine'

/** Makes the call with memory ending ever later, until it needs no more; how often it was refused. */
async function refusals(session: Session, call: () => Promise<unknown>): Promise<number> {
  for (let allowed = 0, refused = 0; ; ++allowed) {
    engine().failAllocation(allowed)
    const answer = call().then(
      () => null,
      (error: { code: string }) => error.code
    )
    const left = engine().failAllocation(-1)
    const code = await answer
    if (left >= 0) {
      expect(code).toBeNull()
      return refused
    }
    expect(code).toBe('OUT_OF_MEMORY')
    refused++
    expect(await session.info(), `after ${allowed} allocations`).toMatchObject({ family: 'llama' })
  }
}

// where the module shares the allocator of its process none of its allocations can be told from Node's
describe.skipIf(process.platform !== 'linux')('memory that ends as a call starts', () => {
  test('leaves the session free', async () => {
    await withSession(openOptions(), async (session) => {
      expect(await refusals(session, () => session.info())).toBeGreaterThanOrEqual(2)
      expect(await refusals(session, () => session.step([batchOf([9, 5])], stepOptions(1)))).toBeGreaterThan(
        10
      )
    })
  })
})
