// `utilityProcess`: a forked Node program with process.parentPort, as Electron's child of main.
import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { app } from './app.mjs'
import { records } from './desk.mjs'

const parentPort = new URL('./parent-port.mjs', import.meta.url).href

export const utilityProcess = {
  fork(program, args = [], options = {}) {
    // Electron crashes here
    if (!app.isReady()) throw new Error('utilityProcess.fork before app.whenReady()')
    const piped = options.stdio === 'pipe' ? 'pipe' : 'inherit'
    const child = fork(program, args, {
      execArgv: [...(options.execArgv ?? []), '--import', parentPort],
      serialization: 'advanced',
      stdio: ['ignore', piped, piped, 'ipc'],
      env: options.env ?? process.env
    })
    // outputs of their own, as Electron's are: what still arrives after the exit finds nobody
    const own = (output) => output?.pipe(new PassThrough()) ?? null
    const utility = Object.assign(new EventEmitter(), {
      stdout: own(child.stdout),
      stderr: own(child.stderr),
      postMessage: (message) => child.connected && child.send(message),
      kill: () => child.kill('SIGTERM')
    })
    let gone = false
    Object.defineProperty(utility, 'pid', { get: () => (gone ? undefined : child.pid) })
    records.utilities.push({ program, serviceName: options.serviceName, pid: child.pid })
    child.on('spawn', () => utility.emit('spawn'))
    child.on('message', (message) => utility.emit('message', message))
    child.on('error', () => undefined)
    child.on('exit', (code, signal) => {
      gone = true
      try {
        utility.emit('exit', code ?? (signal ? 1 : 0))
      } finally {
        // whoever has not heard the end of an output by now never will
        for (const output of [utility.stdout, utility.stderr]) output?.removeAllListeners()
        utility.stdout = utility.stderr = null
      }
      if (code !== 0)
        app.emit('child-process-gone', {}, { type: 'Utility', name: options.serviceName, reason: 'crashed' })
    })
    return utility
  }
}
