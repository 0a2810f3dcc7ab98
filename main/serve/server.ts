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
import { wordsOf } from '../words'
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
}

export interface Served {
  /** with the token; shown once in the terminal and handed to the browser */
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

const mostMessageBytes = 16 * 1024 * 1024

export async function serve({ app, log, pagesDir, uploadsDir, port }: ServeOptions): Promise<Served> {
  const pages = await readPages(pagesDir)
  let bound = port
  const guard = createGuard(() => bound)

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      const said = failure(error, `serve ${request.url?.split('?')[0] ?? ''}`, log)
      if (!response.headersSent) send(response, 500, inBothLanguages(said))
      else response.destroy()
    })
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    const address = `http://127.0.0.1${request.url ?? '/'}`
    if (!URL.canParse(address)) return send(response, 400, refusal)
    const url = new URL(address)
    const writes = request.method === 'POST'
    if (!guard.hostAllowed(request) || !guard.originAllowed(request, writes))
      return send(response, 403, refusal)
    if (request.method === 'GET' && guard.tokenRight(url.searchParams.get('token'))) {
      response.setHeader('Set-Cookie', guard.setCookie())
      response.writeHead(303, { Location: '/' }).end()
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
    url: `http://127.0.0.1:${bound}/?token=${guard.token}`,
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
  'このページは、Neiro を始めたときに表示されたアドレスからだけ開けます。 This page opens only from the address that Neiro showed when it started.'

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
