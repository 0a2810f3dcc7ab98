// The program inside the trainer process: loads the engine, says what it found, answers requests. The host is
// main/services/engine/trainer-host.ts; the words they speak are contract/trainer-protocol.ts.
import type { TrainerMessage, TrainerRequest } from '../contract/trainer-protocol'
import { Calls } from './calls'
import { errorData } from './error-data'
import { loadAddon, type Engine } from './load-addon'
import { connectParent } from '../processes/parent-port'
import { goFirst } from '../processes/short-memory'

const parent = connectParent<TrainerRequest, TrainerMessage>()

// A parent that died may have left its ends of our pipes closed; writing to them must not end us.
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)
process.on('uncaughtException', (error) => {
  console.error(error.stack)
  console.error(`trainer: ${error.message}`)
  process.exit(70)
})

goFirst()
const engine = await begin()
const calls = new Calls(engine, parent.send)
let leaving = false

parent.onMessage(({ id, call, args }) => {
  void (async () => {
    try {
      parent.send({ kind: 'answer', id, result: await calls.answer(call, args) })
    } catch (error) {
      parent.send({ kind: 'failure', id, error: errorData(error) })
    }
  })()
})
parent.onClose(() => void leave('interrupt'))
process.on('SIGTERM', () => void leave('pause'))
// Ctrl+C and a closed terminal reach the whole group: what they mean is the parent's decision.
process.on('SIGINT', () => undefined)
process.on('SIGHUP', () => undefined)

parent.send({ kind: 'ready', probe: await engine.probe() })

async function begin(): Promise<Engine> {
  try {
    return loadAddon()
  } catch (error) {
    // id 0 is no request: the start itself failed
    parent.send({ kind: 'failure', id: 0, error: errorData(error) })
    await parent.flushed()
    return process.exit(1)
  }
}

async function leave(request: 'pause' | 'interrupt'): Promise<void> {
  if (leaving) return
  leaving = true
  await calls.end(request)
  // the answer of an ended training is sent after `ended`; let it go out first
  await new Promise((resolve) => setImmediate(resolve))
  await parent.flushed()
  process.exit(0)
}
