// The native module in this process, for proofs: the app itself loads it in the trainer process alone.
import { createRequire } from 'node:module'
import type * as Addon from '../../addon/index'
import type { OpenOptions, Session } from '../../addon/index'
import { addonFile } from '../fixtures/places'

let loaded: typeof Addon | undefined

export function engine(): typeof Addon {
  loaded ??= createRequire(import.meta.url)(addonFile) as typeof Addon
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
    ...options
  })
  try {
    return await use(session)
  } finally {
    await session.close()
  }
}
