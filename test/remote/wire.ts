// A line between Neiro and the cluster's dashboard that can be cut, and remembers how often it was asked.
import { createServer, connect, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { ports } from './cluster'

/** What stands between Neiro and the cluster, and can be cut. */
export class Wire {
  cut = false
  readonly #sockets = new Set<Socket>()
  readonly #server: Server

  constructor() {
    this.#server = createServer((from) => {
      if (this.cut) return from.destroy()
      const to = connect(ports.dashboard, '127.0.0.1')
      for (const socket of [from, to]) {
        this.#sockets.add(socket)
        socket.on('error', () => undefined)
        socket.on('close', () => {
          this.#sockets.delete(socket)
          from.destroy()
          to.destroy()
        })
      }
      from.pipe(to).pipe(from)
    })
    this.#server.listen(ports.proxy, '127.0.0.1')
  }

  cutFor(milliseconds: number): Promise<void> {
    this.cut = true
    for (const socket of this.#sockets) socket.destroy()
    return sleep(milliseconds).then(() => void (this.cut = false))
  }

  end(): void {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
  }
}
