// Every connection to the server, from its first moment: what goes wrong with one is its own end only. Nobody keeps
// the server from ending, and those who were never let in cannot take the places of those who were.
import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { isOthers } from './peer-user'

/** of those who have shown nothing yet */
const mostStrangers = 128
/** bytes that come to nothing: the head of a request, or a body that stands still */
const headMs = 15_000
const idleMs = 120_000
/** requests of one connection that wait for their answers; no browser asks before it was answered */
const mostWaiting = 4

export class Connections {
  /** the oldest first */
  readonly #strangers = new Set<Socket>()
  readonly #known = new Set<Socket>()
  readonly #waiting = new WeakMap<Socket, number>()

  /** othersToo: other users of this machine, or other machines, may come */
  constructor(
    server: Server,
    private readonly o: { readonly othersToo: boolean } = { othersToo: false }
  ) {
    server.headersTimeout = headMs
    // an upload may take as long as it likes while it goes on
    server.requestTimeout = 0
    server.timeout = idleMs
    server.on('connection', (socket: Socket) => this.#opened(socket))
    // a head that is none, or came too slowly; what cannot be answered is gone
    server.on('clientError', (_error, socket) => refuse(socket as Socket, 400))
  }

  /** It has shown that it belongs to the user. */
  trust(socket: Socket): void {
    if (this.#strangers.delete(socket)) this.#known.add(socket)
  }

  /** False where nothing is to be answered any more: thousands of requests sent at once would be answered in one go, and hold
   *  everybody else up. */
  takes(socket: Socket, response: ServerResponse): boolean {
    if (socket.destroyed) return false
    const waiting = (this.#waiting.get(socket) ?? 0) + 1
    if (waiting > mostWaiting) {
      socket.destroy()
      return false
    }
    this.#waiting.set(socket, waiting)
    response.once('close', () => this.#waiting.set(socket, (this.#waiting.get(socket) ?? 1) - 1))
    return true
  }

  /** At once, whatever they are in the middle of. */
  end(): void {
    for (const socket of [...this.#strangers, ...this.#known]) socket.destroy()
  }

  #opened(socket: Socket): void {
    // before anything is decided: a reset at any later moment finds it
    socket.on('error', () => socket.destroy())
    socket.once('close', () => {
      this.#strangers.delete(socket)
      this.#known.delete(socket)
    })
    if (!this.o.othersToo && isOthers(socket)) return void socket.destroy()
    this.#strangers.add(socket)
    if (this.#strangers.size > mostStrangers)
      for (const oldest of this.#strangers) return void oldest.destroy()
  }
}

/** Says no and is gone, whether or not the other side ends as well. */
export function refuse(socket: Socket, status: 400 | 403 | 503): void {
  if (!socket.writable) return void socket.destroy()
  const reason = { 400: 'Bad Request', 403: 'Forbidden', 503: 'Service Unavailable' }[status]
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  socket.destroySoon()
}
