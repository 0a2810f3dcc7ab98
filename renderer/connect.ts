// The bridge of the served window: one WebSocket to the process that served the page, and uploads for files.
// Not used under Electron, where the preload offers the same Bridge.
import type { Bridge, EventName, Events, Result } from '../main/contract/channels'
import type { NeiroErrorData } from '../main/contract/errors'
import type { ServerMessage } from '../main/contract/socket'
import type { FileRef } from '../main/contract/window/app'

type Waiting = (result: Result<never>) => void

/** A lost connection answers what was asked with this, and is taken up again by itself. */
const lost: { readonly ok: false; readonly error: NeiroErrorData } = {
  ok: false,
  error: {
    code: 'CONNECTION_LOST',
    message: 'The connection to Neiro was lost.',
    hint: 'Check that Neiro is still running, then try again.',
    details: {}
  }
}

/** Why an upload was refused; a reply that is not ours is a lost connection. */
const refusalOf = (answer: Response): Promise<NeiroErrorData> =>
  (answer.json() as Promise<NeiroErrorData>).catch(() => lost.error)

export function connect(): Bridge {
  let socket = open()
  let next = 1
  const waiting = new Map<number, Waiting>()
  const listeners = new Map<EventName, Set<(value: never) => void>>()

  function open(): WebSocket {
    const url = new URL('socket', location.href.split(/[?#]/)[0])
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    const opened = new WebSocket(url)
    opened.addEventListener('message', (event) => receive(JSON.parse(String(event.data)) as ServerMessage))
    opened.addEventListener('close', () => {
      for (const answer of waiting.values()) answer(lost)
      waiting.clear()
      setTimeout(() => (socket = open()), 1000)
    })
    return opened
  }

  function receive(message: ServerMessage): void {
    if (message.kind === 'answer') {
      waiting.get(message.id)?.(message.result as Result<never>)
      waiting.delete(message.id)
    } else {
      for (const listener of listeners.get(message.event) ?? []) listener(message.value as never)
    }
  }

  async function ready(): Promise<boolean> {
    if (socket.readyState === WebSocket.OPEN) return true
    if (socket.readyState !== WebSocket.CONNECTING) return false
    const opening = socket
    return new Promise((answer) => {
      opening.addEventListener('open', () => answer(true), { once: true })
      opening.addEventListener('close', () => answer(false), { once: true })
    })
  }

  return {
    async call(name, args) {
      if (!(await ready())) return lost
      return new Promise((answer) => {
        const id = next++
        waiting.set(id, answer as Waiting)
        socket.send(JSON.stringify({ id, call: name, args }))
      })
    },
    on<E extends EventName>(name: E, listener: (value: Events[E]) => void) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set)
      set.add(listener as (value: never) => void)
      return () => set.delete(listener as (value: never) => void)
    },
    async fileRefs(files) {
      const refs: FileRef[] = []
      for (const file of files) {
        const answer = await fetch(`upload?name=${encodeURIComponent(file.name)}`, {
          method: 'POST',
          body: file
        }).catch(() => null)
        if (!answer) return lost
        if (!answer.ok) return { ok: false, error: await refusalOf(answer) }
        refs.push((await answer.json()) as FileRef)
      }
      return { ok: true, value: refs }
    }
  }
}
