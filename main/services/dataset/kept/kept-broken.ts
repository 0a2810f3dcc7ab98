// A kept folder is not what its reader left there. Whoever has the copy of the file makes the folder again, and nobody
// else hears of it.
import { NeiroError } from '../../../contract/errors'

export class KeptBroken extends Error {
  override readonly name = 'KeptBroken'
  constructor(what: string) {
    super(`kept folder: ${what}`)
  }
}

/** Rejects with KEPT_BROKEN {dir} where the work finds it broken. */
export async function orBroken<T>(dir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof KeptBroken ? new NeiroError('KEPT_BROKEN', { dir }) : error
  }
}
