// The window for a browser on this machine: pages, uploads and one WebSocket on the loopback address. It
// offers the same calls and events as Electron's bridge, through the same gate.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import type { App } from '../app'
import type { NeiroError } from '../contract/errors'
import type { ClientMessage, ServerMessage } from '../contract/socket'
import { answer, failure } from '../ipc/gate'
import { createPublisher } from '../ipc/publish'
import type { Log } from '../log'
import { wordsOf } from '../words/errors'
import { createGuard } from './guard'
import { headers, readPages } from './pages'
import { emptyUploads, receiveUpload } from './upload'

export interface ServeOptions {
  readonly app: App
  readonly log: Log
  /** the built renderer */
  readonly pagesDir: string
  readonly uploadsDir: string
  /** 0 = any free port */
  readonly port: number
  /** told when a browser has come in: the address it came by is spent, this is the next one */
  readonly onAddress?: (url: string) => void
}

export interface Served {
  /** with the token, for one browser: shown in the terminal and handed to it */
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

const mostMessageBytes = 16 * 1024 * 1024

export async function serve({
  app,
  log,
  pagesDir,
  uploadsDir,
  port,
  onAddress = () => undefined
}: ServeOptions): Promise<Served> {
  const pages = await readPages(pagesDir)
  let bound = port
  const guard = createGuard(() => bound)
  const address = (): string => `http://127.0.0.1:${bound}/?token=${guard.token}`

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      const said = failure(error, `serve ${request.url?.split('?')[0] ?? ''}`, log)
      if (!response.headersSent) send(response, 500, inBothLanguages(said))
      else response.destroy()
    })
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    const asked = `http://127.0.0.1${request.url ?? '/'}`
    if (!URL.canParse(asked)) return send(response, 400, refusal)
    const url = new URL(asked)
    const writes = request.method === 'POST'
    if (!guard.hostAllowed(request) || !guard.originAllowed(request, writes))
      return send(response, 403, refusal)
    if (request.method === 'GET' && url.searchParams.has('token')) {
      const signsIn = guard.spend(url.searchParams.get('token'))
      // a browser that is in already may come with an address of old; it leaves the address bar all the same
      if (!signsIn && !guard.signedIn(request)) return send(response, 403, refusal)
      if (signsIn) response.setHeader('Set-Cookie', guard.setCookie())
      response.writeHead(303, { Location: '/' }).end()
      if (signsIn) onAddress(address())
      return
    }
    if (!guard.signedIn(request)) return send(response, 403, refusal)
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
          uploadsDir
        )
        const [ref] = await app.addPaths([path])
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
  server.on('upgrade', (request, socket, head) => {
    const allowed =
      request.url === '/socket' &&
      guard.hostAllowed(request) &&
      guard.originAllowed(request, true) &&
      guard.signedIn(request)
    if (!allowed) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (opened) => attach(opened))
  })

  function attach(socket: WebSocket): void {
    const tell = (message: ServerMessage): boolean => {
      if (socket.readyState !== socket.OPEN) return false
      socket.send(JSON.stringify(message))
      return true
    }
    const publisher = createPublisher({ send: (event, value) => tell({ kind: 'event', event, value }) })
    const off = app.on((event, value) => publisher.publish(event, value))
    socket.on('message', (data) => {
      void (async () => {
        let message: Partial<ClientMessage>
        try {
          message = JSON.parse(String(data)) as Partial<ClientMessage>
        } catch {
          return socket.close(1003)
        }
        if (typeof message !== 'object' || message === null || typeof message.id !== 'number')
          return socket.close(1003)
        tell({ kind: 'answer', id: message.id, result: await answer(app, log, message.call, message.args) })
      })()
    })
    socket.on('close', () => {
      off()
      publisher.close()
    })
    socket.on('error', (error) => log('warn', `socket: ${error.message}`))
  }

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
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    }
  }
}

const refusal =
  'このページは、Neiro が表示したアドレスからだけ開けます。アドレスは一度だけ使えます。新しいアドレスは、Neiro を始めた画面に出ています。 This page opens only from the address that Neiro showed, and each address works once: the terminal in which Neiro runs shows the next one.'

/** Nothing here knows who asks. */
function inBothLanguages(error: NeiroError): string {
  return (['ja', 'en'] as const)
    .map((language) => wordsOf(error, language))
    .map(({ message, hint }) => `${message} ${hint}`)
    .join(' ')
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text)
}
