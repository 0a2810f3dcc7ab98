// As a browser comes to a served window: the token for a cookie, then the socket; calls by hand.
import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import type { ServerMessage, ServerPage } from '../../main/contract/socket'

export interface SignedIn {
  readonly url: string
  readonly cookie: string
  /** below the socket: what is read from it, and how fast */
  readonly stream: Socket
  send(message: object): void
  call<T>(call: string, args: object): Promise<T>
  close(): void
}

/** cookie: the same browser comes once more. */
export async function signedIn(url: string, cookie?: string): Promise<SignedIn> {
  const { origin } = new URL(url)
  const own = cookie ?? (await cookieFor(url))
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`, { headers: { cookie: own, origin } })
  await new Promise((opened, failed) => socket.once('open', opened).once('error', failed))
  socket.on('error', () => undefined)
  const waiting = new Map<number, (message: ServerMessage & { kind: 'answer' }) => void>()
  let pages = ''
  socket.on('message', (data: Buffer) => {
    let message = JSON.parse(data.toString()) as ServerMessage | ServerPage
    if (message.kind === 'page') {
      pages += message.text
      if (!message.last) return
      message = JSON.parse(pages) as ServerMessage
      pages = ''
    }
    if (message.kind === 'answer') waiting.get(message.id)?.(message)
  })
  socket.on('close', () => {
    for (const answer of waiting.values())
      answer({ kind: 'answer', id: 0, result: { ok: false, error: { code: 'CLOSED', details: {} } } })
  })
  let last = 1_000_000
  return {
    url,
    cookie: own,
    stream: (socket as unknown as { _socket: Socket })._socket,
    send: (message) => socket.send(JSON.stringify(message)),
    close: () => socket.terminate(),
    call: (call, args) =>
      new Promise((done, failed) => {
        const id = ++last
        waiting.set(id, ({ result }) => {
          waiting.delete(id)
          if (result.ok) done(result.value as never)
          else failed(new Error(JSON.stringify(result.error)))
        })
        socket.send(JSON.stringify({ id, call, args }))
      })
  }
}

export async function cookieFor(url: string): Promise<string> {
  const reply = await fetch(url, { redirect: 'manual' })
  return (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}
