// The program inside the process that holds the examples: calls side by side, so that a page need not wait for a search.
// Whoever asks is hosted-keeper.ts. What it holds can be made again from the disk: it may be lost at any moment.
import { NeiroError } from '../contract/errors'
import { keepGuard } from '../processes/guard'
import { connectParent } from '../processes/parent-port'
import { goFirst } from '../processes/short-memory'
import { KeepingHere } from '../services/dataset/set/keeping-here'
import type { FromKeeper, KeeperCallName, KeeperCalls, ToKeeper } from './protocol'

const beatMs = 500
/** examples */
const large = 100_000

const parent = connectParent<ToKeeper, FromKeeper>()
// as in main/workshop/index.ts
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)
process.on('uncaughtException', (error) => {
  console.error(`keeper: ${error.stack ?? error.message}`)
  process.exit(70)
})
parent.onClose(() => process.exit(0))
process.on('SIGINT', () => undefined)
process.on('SIGHUP', () => undefined)
goFirst()
keepGuard('keeper', Number(process.env['NEIRO_KEEPER_MB']))

const keeping = new KeepingHere()
const atWork = new Map<number, AbortController>()

const answers: {
  readonly [C in KeeperCallName]: (
    args: KeeperCalls[C]['args'],
    signal: AbortSignal
  ) => Promise<KeeperCalls[C]['result']>
} = {
  index: async ({ kept }, signal) => {
    await keeping.index(kept, signal)
    return null
  },
  open: async ({ source }) => {
    const { facts } = await keeping.open(source)
    // making a large set leaves tens of megabytes in large arrays, which by itself is cleared away only much later
    if (facts.examples >= large) globalThis.gc?.()
    return facts
  },
  checkUp: ({ source, options }, signal) => keeping.checkUp(source, options, signal),
  ask: async ({ set, question, args }) => {
    const held = await keeping.held(set)
    return held && { answer: await held.ask(question, args as never) }
  }
}

parent.onMessage((message) => {
  if (message.kind === 'cancel') atWork.get(message.id)?.abort(new NeiroError('CANCELLED'))
  else void answer(message)
})

async function answer({ id, call, args }: Extract<ToKeeper, { kind: 'call' }>): Promise<void> {
  const own = new AbortController()
  atWork.set(id, own)
  try {
    const result = await answers[call](args as never, own.signal)
    parent.send({ kind: 'done', id, result })
  } catch (error) {
    if (!(error instanceof NeiroError)) console.error(`keeper: ${(error as Error)?.stack ?? String(error)}`)
    parent.send({ kind: 'failed', id, error: NeiroError.of(error).toData() })
  } finally {
    atWork.delete(id)
  }
}

setInterval(() => {
  if (atWork.size > 0) parent.send({ kind: 'beat' })
}, beatMs)
parent.send({ kind: 'ready' })
