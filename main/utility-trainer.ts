// The trainer process under Electron: a utility process, so that a crash of native code is its own and both
// RunAsNode fuses stay off. Gives it the face of a forked process, which is all the host knows.
import { EventEmitter } from 'node:events'
import type { Readable } from 'node:stream'
import { utilityProcess } from 'electron'
import type { TrainerHostOptions, TrainerProcess } from './trainer-host'

/** Only after app.whenReady(): forking before crashes Electron. */
export function startUtilityTrainer({ trainerEntry, addonFile, env }: TrainerHostOptions): TrainerProcess {
  const child = utilityProcess.fork(trainerEntry, [], {
    serviceName: 'Neiro trainer',
    stdio: 'pipe',
    env: { ...process.env, ...env, NEIRO_ADDON: addonFile }
  })
  const events = new EventEmitter()
  let connected = true
  child.on('message', (message) => events.emit('message', message))
  child.on('exit', (code) => {
    connected = false
    events.emit('exit', code, null)
  })
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
    stdout: child.stdout as Readable | null,
    stderr: child.stderr as Readable | null,
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
