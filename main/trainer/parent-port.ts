// The line to the process that started this one. Under Electron it will be process.parentPort; nothing else
// in the trainer knows the difference.
import type { TrainerMessage, TrainerRequest } from '../contract/trainer-protocol'

export interface ParentPort {
  send(message: TrainerMessage): void
  onRequest(listener: (request: TrainerRequest) => void): void
  /** the other side has gone, or let go of us */
  onClose(listener: () => void): void
  /** resolves when everything sent has left this process */
  flushed(): Promise<void>
}

export function connectParent(): ParentPort {
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
    flushed: () => sent
  }
}
