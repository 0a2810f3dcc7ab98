// The native module in this process, in its test build with the proofs: the app itself loads the shipped one,
// in the trainer process alone.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type * as Addon from '../../addon/index'
import type { OpenOptions, Session } from '../../addon/index'
import type * as Proofs from '../../addon/proofs'
import { addonFile } from '../fixtures/places'

/** In which numbers products are multiplied: NEIRO_COMPUTE=bf16 asks all cases of it, within its own tolerances. */
export const compute = process.env['NEIRO_COMPUTE'] === 'bf16' ? 'bf16' : 'f32'

export type TestEngine = typeof Addon & typeof Proofs

let loaded: TestEngine | undefined

export function engine(): TestEngine {
  loaded ??= createRequire(import.meta.url)(join(dirname(addonFile), 'neiro_test.node')) as TestEngine
  return loaded
}

/** Opens, uses and closes a session; the defaults are those of a small proof. */
export async function withSession<T>(
  options: Pick<OpenOptions, 'modelDir'> & Partial<OpenOptions>,
  use: (session: Session) => Promise<T>
): Promise<T> {
  const session = await engine().Session.open({
    baseQuantization: 'none',
    seed: 1,
    threads: 0,
    maxTokensPerMicroBatch: 256,
    maxContext: 0,
    compute,
    ...options
  })
  try {
    return await use(session)
  } finally {
    await session.close()
  }
}
