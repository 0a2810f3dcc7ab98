// The line to the process that started this one: the channel of a fork, or under Electron the port of a
// utility process. Nothing else in a program of ours knows the difference.
import { setTimeout as sleep } from 'node:timers/promises'

export interface ParentPort<Heard, Said> {
  send(message: Said): void
  onMessage(listener: (message: Heard) => void): void
  /** the other side has gone, or let go of us */
  onClose(listener: () => void): void
  /** resolves when everything sent has left this process, or cannot any more */
  flushed(): Promise<void>
}

/** process.parentPort of Electron's utility process; the messages arrive as events with data. */
interface UtilityPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
}

/** a parent that died may have left messages that nobody takes */
const farewellMs = 2000

export function connectParent<Heard, Said>(): ParentPort<Heard, Said> {
  const port = (process as unknown as { readonly parentPort?: UtilityPort }).parentPort
  return port ? throughUtilityPort(port) : throughFork()
}

function throughUtilityPort<Heard, Said>(port: UtilityPort): ParentPort<Heard, Said> {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', ({ data }) => listener(data as Heard)),
    onClose: (listener) => port.on('close', listener),
    // postMessage hands over at once
    flushed: () => Promise.resolve()
  }
}

function throughFork<Heard, Said>(): ParentPort<Heard, Said> {
  let sent = Promise.resolve()
  return {
    send: (message) => {
      if (!process.connected) return
      const leaving = new Promise<void>((resolve) =>
        process.send?.(message, undefined, undefined, () => resolve())
      )
      sent = sent.then(() => leaving)
    },
    onMessage: (listener) => process.on('message', (message) => listener(message as Heard)),
    onClose: (listener) => {
      process.on('disconnect', listener)
      // a parent that died while this program was being loaded has said so already
      if (!process.connected) setImmediate(listener)
    },
    flushed: () => Promise.race([sent, sleep(farewellMs)])
  }
}
