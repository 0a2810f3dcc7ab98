// The bridge of the served window: one WebSocket to the process that served the page, and uploads for files.
// A lost connection is taken up again by itself. Not used under Electron, where the preload offers the same Bridge.
import type { Bridge, ConnectionState, EventName, Events, Result } from '../main/contract/channels'
import type { NeiroErrorData } from '../main/contract/errors'
import { tooSlowCode, type ServerMessage, type ServerPage } from '../main/contract/socket'
import { upload } from './upload'

type Waiting = (result: Result<never>) => void

/** A lost connection answers what was asked with this. */
const lost: { readonly ok: false; readonly error: NeiroErrorData } = {
  ok: false,
  error: {
    code: 'CONNECTION_LOST',
    details: {}
  }
}

/** It came in again by itself; what was asked meanwhile was not answered. */
const tooSlow: typeof lost = { ok: false, error: { code: 'CONNECTION_TOO_SLOW', details: {} } }

/** ms before each new attempt; the first comes at once, for a socket that was only cut */
const pauses = [0, 1000, 2000, 4000, 8000, 10_000] as const

/** Somebody answers at this address, who does not know this window: a Neiro that was started anew has another
 *  token. A browser does not say why a socket failed, so the page is asked for. */
async function isRefused(): Promise<boolean> {
  const answer = await fetch(location.href.split(/[?#]/)[0] ?? '').catch(() => null)
  return answer?.status === 403
}

export function connect(): Bridge {
  let state: ConnectionState = 'connected'
  let attempts = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let next = 1
  const waiting = new Map<number, Waiting>()
  const listeners = new Map<EventName, Set<(value: never) => void>>()
  const watchers = new Set<(state: ConnectionState) => void>()
  let socket = open()
  // whoever comes back to the window need not wait out the pause
  window.addEventListener('focus', () => {
    if (timer !== undefined) again()
  })

  function open(): WebSocket {
    const url = new URL('socket', location.href.split(/[?#]/)[0])
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    const opened = new WebSocket(url)
    let pages: string[] = []
    opened.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as ServerMessage | ServerPage
      if (message.kind !== 'page') return receive(message)
      pages.push(message.text)
      if (!message.last) return
      const whole = pages.join('')
      pages = []
      receive(JSON.parse(whole) as ServerMessage)
    })
    opened.addEventListener('open', () => {
      attempts = 0
      tell('connected')
    })
    opened.addEventListener('close', ({ code }) => void close(code === tooSlowCode ? tooSlow : lost))
    return opened
  }

  async function close(why: typeof lost): Promise<void> {
    for (const answer of waiting.values()) answer(why)
    waiting.clear()
    timer = setTimeout(again, pauses[Math.min(attempts, pauses.length - 1)])
    const first = attempts++ === 0
    const found = !first && (await isRefused()) ? 'refused' : 'lost'
    // it may have come back while we asked
    if (socket.readyState !== WebSocket.OPEN) tell(found)
  }

  function again(): void {
    clearTimeout(timer)
    timer = undefined
    socket = open()
  }

  function tell(now: ConnectionState): void {
    if (now === state) return
    state = now
    for (const watcher of watchers) watcher(now)
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
    fileRefs: (files, watch) => upload(files, watch, lost.error),
    onConnection(listener) {
      watchers.add(listener)
      return () => watchers.delete(listener)
    }
  }
}
