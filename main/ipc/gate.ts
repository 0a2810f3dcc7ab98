// The one way from a window to the app, whatever carries it: known name, checked arguments, a Result back.
// Errors lose their class on any wire, so they travel as data; what is not ours is logged and said plainly.
import type { CallName, Calls, Result } from '../contract/channels'
import { callNames } from '../contract/channels'
import { NeiroError } from '../contract/errors'
import { knownError } from '../files/file-errors'
import type { Log } from '../log'
import { checkArguments } from './arguments'
import { checkReplySize } from './reply-size'

export interface Answering {
  call<C extends CallName>(name: C, args: Calls[C]['args']): Promise<Calls[C]['result']>
}

const known: ReadonlySet<string> = new Set(callNames)

export async function answer(
  app: Answering,
  log: Log,
  name: unknown,
  args: unknown
): Promise<Result<unknown>> {
  try {
    if (typeof name !== 'string' || !known.has(name)) throw new NeiroError('UNKNOWN_CALL')
    const value = await app.call(name as CallName, checkArguments(name as CallName, args))
    checkReplySize(value)
    return { ok: true, value }
  } catch (error) {
    // anything may stand in the place of the name, even what cannot be turned into text
    const where = typeof name === 'string' ? name.slice(0, 60) : typeof name
    return { ok: false, error: failure(error, where, log).toData() }
  }
}

/** Any failure as one of ours; a stack stays in the log. */
export function failure(error: unknown, where: string, log: Log): NeiroError {
  const known = knownError(error)
  if (known === error || known.code !== 'INTERNAL') {
    log('warn', `${where}: ${known.message}`)
    return known
  }
  log('error', `${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  return new NeiroError('UNEXPECTED')
}
