// One page at the other end of a socket: what it asks is answered in turn, what happens is told. However much it asks
// and however slowly it reads, what is kept for it here stays small: it waits, and is cut off when nothing moves.
import type { WebSocket } from 'ws'
import type { App } from '../app'
import type { CallName } from '../contract/channels'
import { tooSlowCode, type ClientMessage, type ServerMessage, type ServerPage } from '../contract/socket'
import { answer } from '../ipc/gate'
import { createPublisher } from '../ipc/publish'
import type { Log } from '../log'
import { jsonPieces } from './pieces'

/** Calls that are worked on at once: a page asks for a few, and waits. */
const mostRunning = 32
/** Messages that wait to be read; whoever reads so slowly while so much happens is not there any more. */
const mostUnread = 4000
/** A piece of a message that nobody takes, milliseconds: the slowest line carries one in less. */
export const patienceMs = 30_000
/** how long the sentence of a cut is waited for */
const farewellMs = 1000

/** Replies of these may be long: one at a time. */
const long: ReadonlySet<CallName> = new Set<CallName>([
  'app.log',
  'data.rows',
  'data.source',
  'data.refused',
  'data.refusedFile'
])

export interface ClientOptions {
  readonly app: App
  readonly log: Log
  readonly patienceMs?: number
}

export class Client {
  /** read, and not begun */
  #asked: Buffer[] = []
  #next: ClientMessage | null = null
  #running = 0
  #longRunning = false
  #unread: ServerMessage[] = []
  #sending = false
  #beats = true
  readonly #stops: (() => void)[]

  constructor(
    private readonly socket: WebSocket,
    private readonly o: ClientOptions
  ) {
    const publisher = createPublisher({
      send: (event, value) => this.#tell({ kind: 'event', event, value })
    })
    const off = o.app.on((event, value) => publisher.publish(event, value))
    // a machine that went to sleep, a line that was cut: no close comes from there
    const beat = setInterval(() => this.#beat(), o.patienceMs ?? patienceMs)
    this.#stops = [off, () => publisher.close(), () => clearInterval(beat)]
    socket.on('pong', () => (this.#beats = true))
    socket.on('message', (data) => this.#heard(data as Buffer))
    socket.on('close', () => this.#ended())
    socket.on('error', (error) => o.log('warn', `socket: ${error.message}`))
  }

  #heard(data: Buffer): void {
    this.#asked.push(data)
    this.#goOn()
  }

  /** Begins what may begin; where something has to wait, no more is read. */
  #goOn(): void {
    for (let next = this.#peek(); next; next = this.#peek()) {
      const full = this.#running >= mostRunning || this.#unread.length > 0
      if (full || (this.#longRunning && long.has(next.call))) return this.socket.pause()
      this.#next = null
      void this.#answer(next)
    }
    this.socket.resume()
  }

  #peek(): ClientMessage | null {
    const data = this.#next ? undefined : this.#asked.shift()
    if (data) this.#next = asked(data.toString())
    if (data && !this.#next) this.#end(1003)
    return this.#next
  }

  async #answer({ id, call, args }: ClientMessage): Promise<void> {
    const isLong = long.has(call)
    this.#running++
    this.#longRunning ||= isLong
    const result = await answer(this.o.app, this.o.log, call, args)
    this.#running--
    if (isLong) this.#longRunning = false
    this.#tell({ kind: 'answer', id, result })
    this.#goOn()
  }

  #tell(message: ServerMessage): boolean {
    if (this.socket.readyState !== this.socket.OPEN) return false
    this.#unread.push(message)
    if (this.#unread.length > mostUnread) this.#cut()
    else if (!this.#sending) void this.#send().catch((error: unknown) => this.#broke(error))
    return true
  }

  /** One message after the other, each piece when the one before has left. */
  async #send(): Promise<void> {
    this.#sending = true
    for (let message = this.#unread[0]; message; message = this.#unread[0]) {
      let held: string | null = null
      let pages = false
      for (const piece of jsonPieces(message)) {
        if (held !== null) {
          pages = true
          await this.#take(JSON.stringify({ kind: 'page', text: held, last: false } satisfies ServerPage))
        }
        if (this.socket.readyState !== this.socket.OPEN) return
        held = piece
      }
      const text = held ?? 'null'
      await this.#take(pages ? JSON.stringify({ kind: 'page', text, last: true } satisfies ServerPage) : text)
      if (this.socket.readyState !== this.socket.OPEN) return
      this.#unread.shift()
    }
    this.#sending = false
    this.#goOn()
  }

  /** Answers when the system has taken it; a client that lets it lie for too long is cut off. */
  #take(text: string): Promise<void> {
    return new Promise((taken) => {
      const patience = setTimeout(() => this.#cut(), this.o.patienceMs ?? patienceMs)
      this.socket.send(text, () => {
        clearTimeout(patience)
        taken()
      })
    })
  }

  #beat(): void {
    // one that is read slowly answers late; what lies unread for it has its own patience
    if (!this.#beats && !this.#sending && !this.socket.isPaused) return this.socket.terminate()
    this.#beats = false
    this.socket.ping()
  }

  #cut(): void {
    if (this.socket.readyState !== this.socket.OPEN) return
    this.o.log('warn', `socket: cut off, ${this.#unread.length} messages were not read`)
    this.#end(tooSlowCode)
  }

  /** What is not plain data is a fault of ours; the page asks anew. */
  #broke(error: unknown): void {
    this.o.log('error', `socket: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    this.#end(1011)
  }

  #end(code: number): void {
    this.#ended()
    this.socket.resume()
    this.socket.close(code)
    setTimeout(() => this.socket.terminate(), farewellMs)
  }

  #ended(): void {
    this.#unread = []
    this.#asked = []
    this.#next = null
    for (const stop of this.#stops) stop()
  }
}

/** null: no message of ours. What is asked in it is checked behind the gate. */
function asked(text: string): ClientMessage | null {
  if (!isLight(text)) return null
  try {
    const message = JSON.parse(text) as Partial<ClientMessage> | null
    return typeof message === 'object' && typeof message?.id === 'number' ? (message as ClientMessage) : null
  } catch {
    return null
  }
}

/** Lists, objects and members of one message; a page sends some hundreds. */
const mostParts = 100_000

/** A long text is read in no time; millions of brackets would hold everybody else up. */
function isLight(text: string): boolean {
  if (text.length < mostParts) return true
  let parts = 0
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at)
    if (c === 0x22) {
      at = endOfText(text, at)
      if (at < 0) return false
    } else if ((c === 0x5b || c === 0x7b || c === 0x2c) && ++parts > mostParts) return false
  }
  return true
}

/** The mark that closes a text of JSON; -1: none. */
function endOfText(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1
    while (text.charCodeAt(before) === 0x5c) before--
    if ((at - before) % 2 === 1) return at
  }
  return -1
}
