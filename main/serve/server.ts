// The window for a browser on this machine: pages, uploads and one WebSocket on the loopback address. It
// offers the same calls and events as Electron's bridge, through the same gate.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import type { App } from '../app'
import type { NeiroError } from '../contract/errors'
import { failure } from '../ipc/gate'
import type { Log } from '../log'
import { wordsOf } from '../words/errors'
import { Client } from './client'
import { Connections, refuse } from './connections'
import { createGuard } from './guard'
import { headers, readPages } from './pages'
import { emptyUploads, receiveUpload, UploadsRoom } from './upload'

export interface ServeOptions {
  readonly app: App
  readonly log: Log
  /** the built renderer */
  readonly pagesDir: string
  readonly uploadsDir: string
  /** 0 = any free port */
  readonly port: number
  /** told when a browser has come in: the address it came by is spent */
  readonly onSpent?: () => void
  /** a page that does not take what it is sent is cut off after this long */
  readonly patienceMs?: number
}

export interface Served {
  /** with the token, for one browser: shown in the terminal and handed to it */
  readonly url: string
  readonly port: number
  /** another address; the one before, when nobody came by it, is worth nothing any more */
  newAddress(): string
  /** at once, whatever the pages are in the middle of */
  close(): Promise<void>
}

const mostMessageBytes = 16 * 1024 * 1024
/** far over the tabs that anybody has open */
const mostPages = 64

export async function serve({
  app,
  log,
  pagesDir,
  uploadsDir,
  port,
  onSpent = () => undefined,
  patienceMs
}: ServeOptions): Promise<Served> {
  const pages = await readPages(pagesDir)
  const uploadsRoom = new UploadsRoom(uploadsDir)
  let bound = port
  const guard = createGuard(() => bound)
  const address = (): string => `http://127.0.0.1:${bound}/?token=${guard.token}`

  const server = createServer((request, response) => {
    if (!connections.takes(request.socket, response)) return
    handle(request, response).catch((error: unknown) => {
      const said = failure(error, `serve ${request.url?.split('?')[0] ?? ''}`, log)
      if (!response.headersSent) send(response, 500, inBothLanguages(said))
      else response.destroy()
    })
  })

  const connections = new Connections(server)

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    const asked = `http://127.0.0.1${request.url ?? '/'}`
    if (!URL.canParse(asked)) return send(response, 400, refusal)
    const url = new URL(asked)
    const writes = request.method === 'POST'
    if (!guard.hostAllowed(request) || !guard.originAllowed(request, writes)) return turnAway(response)
    if (request.method === 'GET' && url.searchParams.has('token')) {
      const cookie = guard.spend(url.searchParams.get('token'))
      // a browser that is in already may come with an address of old; it leaves the address bar all the same
      if (cookie === null && !guard.signedIn(request)) return turnAway(response)
      if (cookie !== null) response.setHeader('Set-Cookie', cookie)
      letIn(request, response)
      if (cookie !== null) onSpent()
      return
    }
    if (!guard.signedIn(request)) return turnAway(response)
    connections.trust(request.socket)
    if (writes && url.pathname === '/upload') {
      const json = { 'Content-Type': 'application/json' }
      try {
        const path = await receiveUpload(
          request,
          {
            name: url.searchParams.get('name') ?? '',
            folder: url.searchParams.get('folder') ?? undefined,
            batch: url.searchParams.get('batch') ?? undefined
          },
          uploadsDir,
          undefined,
          uploadsRoom
        )
        const ref = await app.addUpload(path)
        response.writeHead(200, json).end(JSON.stringify(ref))
      } catch (error) {
        response.writeHead(500, json).end(JSON.stringify(failure(error, 'upload', log).toData()))
      }
      return
    }
    const page = request.method === 'GET' ? pages.get(url.pathname) : undefined
    if (!page) return send(response, 404, 'ここには何もありません。 There is nothing here.')
    response.writeHead(200, { 'Content-Type': page.type }).end(page.body)
  }

  const sockets = new WebSocketServer({ noServer: true, maxPayload: mostMessageBytes })
  server.on('upgrade', (request, stream, head) => {
    // of a plain server it is the connection itself
    const socket = stream as Socket
    const allowed =
      request.url === '/socket' &&
      guard.hostAllowed(request) &&
      guard.originAllowed(request, true) &&
      guard.signedIn(request)
    if (!allowed) return refuse(socket, 403)
    if (sockets.clients.size >= mostPages) return refuse(socket, 503)
    connections.trust(socket)
    sockets.handleUpgrade(
      request,
      socket,
      head,
      (opened) => void new Client(opened, { app, log, ...(patienceMs !== undefined && { patienceMs }) })
    )
  })

  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', listening)
  })
  bound = (server.address() as AddressInfo).port
  void emptyUploads(uploadsDir).catch((error: unknown) => log('warn', `uploads: ${String(error)}`))

  return {
    get url() {
      return address()
    },
    port: bound,
    newAddress() {
      guard.renew()
      return address()
    },
    async close() {
      const closed = new Promise((done) => server.close(done))
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      connections.end()
      await closed
    }
  }
}

const refusal =
  'このページは、Neiro が表示したアドレスからだけ開けます。アドレスは一度だけ使えます。新しいアドレスは、Neiro を始めた画面で受け取れます。 This page opens only from the address that Neiro showed, and each address works once: the terminal in which Neiro runs gives you the next one.'

/** Nothing here knows who asks. */
function inBothLanguages(error: NeiroError): string {
  return (['ja', 'en'] as const)
    .map((language) => wordsOf(error, language))
    .map(({ message, hint }) => `${message} ${hint}`)
    .join(' ')
}

/** Whoever is not let in sends nothing more. */
function turnAway(response: ServerResponse): void {
  response.setHeader('Connection', 'close')
  send(response, 403, refusal)
}

/** A redirect where the address was typed or clicked outside; a browser that came from a file, or from another page,
 *  would not send the strict cookie along with it, so a page of our own leads there. */
function letIn({ headers: said }: IncomingMessage, response: ServerResponse): void {
  if (said['sec-fetch-site'] === 'none') response.writeHead(303, { Location: '/' }).end()
  else
    response
      .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', Refresh: '0; url=/' })
      .end(signedInPage)
}

/** Seen for a moment at most; the address of the token is replaced in the history. */
/** with an icon of its own: a browser that waits here for long asks for one that is not there, and complains */
const signedInPage = '<!doctype html><title>Neiro</title><link rel="icon" href="data:,"><a href="/">Neiro</a>'

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text)
}
