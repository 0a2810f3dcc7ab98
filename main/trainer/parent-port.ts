// The line to the process that started this one: the channel of a fork, or under Electron the port of a
// utility process. Nothing else in the trainer knows the difference.
import { setTimeout as sleep } from 'node:timers/promises'
import type { TrainerMessage, TrainerRequest } from '../contract/trainer-protocol'

export interface ParentPort {
  send(message: TrainerMessage): void
  onRequest(listener: (request: TrainerRequest) => void): void
  /** the other side has gone, or let go of us */
  onClose(listener: () => void): void
  /** resolves when everything sent has left this process, or cannot any more */
  flushed(): Promise<void>
}

/** process.parentPort of Electron's utility process; the messages arrive as events with data. */
interface UtilityPort {
  postMessage(message: TrainerMessage): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
}

/** a parent that died may have left messages that nobody takes */
const farewellMs = 2000

export function connectParent(): ParentPort {
  const port = (process as unknown as { readonly parentPort?: UtilityPort }).parentPort
  return port ? throughUtilityPort(port) : throughFork()
}

function throughUtilityPort(port: UtilityPort): ParentPort {
  return {
    send: (message) => port.postMessage(message),
    onRequest: (listener) => port.on('message', ({ data }) => listener(data as TrainerRequest)),
    onClose: (listener) => port.on('close', listener),
    // postMessage hands over at once
    flushed: () => Promise.resolve()
  }
}

function throughFork(): ParentPort {
  let sent = Promise.resolve()
  return {
    send: (message) => {
      if (!process.connected) return
      const leaving = new Promise<void>((resolve) =>
        process.send?.(message, undefined, undefined, () => resolve())
      )
      sent = sent.then(() => leaving)
    },
    onRequest: (listener) => process.on('message', (message) => listener(message as TrainerRequest)),
    onClose: (listener) => process.on('disconnect', listener),
    flushed: () => Promise.race([sent, sleep(farewellMs)])
  }
}
