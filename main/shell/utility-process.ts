// A program of ours under Electron: a utility process, so that a crash in it is its own and both RunAsNode fuses stay
// off. Gives it the face of a forked process, which is all that whoever starts it knows.
import { EventEmitter } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import { utilityProcess, type UtilityProcess } from 'electron'
import type { ChildProgram, ProgramOptions } from '../processes/child-program'

/** how long the last words of a process that is gone are waited for */
const lastWordsMs = 100

/** Only after app.whenReady(): forking before crashes Electron. */
export function startUtilityProcess({ program, name, env, execArgv = [] }: ProgramOptions): ChildProgram {
  const child = utilityProcess.fork(program, [], {
    serviceName: name,
    stdio: 'pipe',
    execArgv: [...execArgv],
    env: { ...process.env, ...env }
  })
  const events = new EventEmitter()
  let connected = true
  child.on('message', (message) => events.emit('message', message))
  child.on('exit', (code) => {
    connected = false
    events.emit('exit', code, null)
  })
  // V8 gave up; the exit follows. Without a listener Node would end the whole app.
  child.on('error', (type, location) => events.emit('error', new Error(`${type} at ${location}`)))
  // also while the host does not listen yet
  events.on('error', () => undefined)
  const leave = (): void => {
    connected = false
    // SIGTERM: a training saves a checkpoint and goes
    child.kill()
  }
  return {
    get pid() {
      return child.pid
    },
    get connected() {
      return connected
    },
    stdout: kept(child, child.stdout as Readable | null),
    stderr: kept(child, child.stderr as Readable | null),
    send(message, sent) {
      child.postMessage(message)
      sent()
    },
    disconnect: leave,
    kill() {
      if (child.pid === undefined) return
      try {
        process.kill(child.pid, 'SIGKILL')
      } catch {
        // already gone
      }
    },
    on: (event: string, listener: (...values: never[]) => void) =>
      events.on(event, listener as (...values: unknown[]) => void)
  }
}

/** Electron takes all listeners off an output at the exit, so that its end is never told: one that tells it. */
function kept(child: UtilityProcess, output: Readable | null): Readable | null {
  if (!output) return null
  const own = new PassThrough()
  const take = (piece: Buffer): void => {
    own.write(piece)
  }
  output.on('data', take)
  child.on('exit', () => {
    process.nextTick(() => output.off('data', take).on('data', take))
    setTimeout(() => own.end(), lastWordsMs)
  })
  return own
}
