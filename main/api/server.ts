// The server for other programs, in OpenAI's form: a small router on node:http. On this machine alone unless it is told
// otherwise; who may ask is admission.ts, what can be asked requests.ts.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { NeiroError } from '../contract/errors'
import type { Language } from '../contract/language'
import { knownError } from '../files/file-errors'
import type { Log } from '../log'
import { Connections } from '../serve/connections'
import { modelNamed } from '../services/serving/served-models'
import type { Serving } from '../services/serving/serving'
import { checkKey, checkSource, type AdmissionOptions } from './admission'
import { readJson } from './body'
import { complete } from './completions'
import { embeddingRequest, embeddingShape } from './embeddings'
import { failureOf, isClients } from './errors'
import { chatRequest, completionRequests } from './requests'
import { chatShapes, modelShape, textShapes } from './shapes'

export interface ApiServerOptions {
  readonly serving: Pick<Serving, 'served' | 'answer' | 'embed' | 'talking' | 'waiting'>
  /** null: whoever is on this machine may ask */
  readonly key: () => string | null
  /** 127.0.0.1, or another address of this machine: then others may come, and a key is needed */
  readonly host: string
  /** 0 = any free port */
  readonly port: number
  /** sites whose pages may ask; none as a rule */
  readonly origins?: readonly string[]
  readonly language: () => Language
  readonly log: Log
  readonly limits?: Partial<typeof usualLimits>
}

export interface ApiServer {
  readonly port: number
  /** http://127.0.0.1:PORT/v1 */
  readonly address: string
  /** Nobody new is let in; those who are being answered have a moment to hear the rest. */
  close(): Promise<void>
}

export const loopback: readonly string[] = ['127.0.0.1', 'localhost', '::1']

export const usualLimits = {
  bodyBytes: 4 * 2 ** 20,
  bodyMs: 30_000,
  /** a client that does not take what it is sent */
  patienceMs: 30_000,
  /** from the question to the last word */
  answerMs: 15 * 60_000,
  farewellMs: 5000,
  connections: 2048
}

type Answer = (request: IncomingMessage, response: ServerResponse, signal: AbortSignal) => Promise<void>

export async function startApiServer(o: ApiServerOptions): Promise<ApiServer> {
  const limits = { ...usualLimits, ...o.limits }
  const open = !loopback.includes(o.host)
  if (open && o.key() === null) throw new NeiroError('API_HOST_NEEDS_KEY', { host: o.host })
  let bound = o.port
  const admission: AdmissionOptions = { key: o.key, port: () => bound, open, origins: o.origins ?? [] }
  const answering = new Set<AbortController>()
  const body = (request: IncomingMessage): ReturnType<typeof readJson> =>
    readJson(request, { mostBytes: limits.bodyBytes, patienceMs: limits.bodyMs })
  const told = (error: unknown): NeiroError => {
    const known = knownError(error)
    if (!isClients(known) && known.code !== 'CANCELLED') o.log('warn', `api: ${known.message}`)
    return known
  }
  const sending = (response: ServerResponse, signal: AbortSignal): Parameters<typeof complete>[2] => ({
    ...{ serving: o.serving, response, signal, patienceMs: limits.patienceMs },
    failure: (error) => failureOf(told(reasonOf(signal) ?? error), o.language()).body
  })

  const routes: Readonly<Record<string, Readonly<Record<string, Answer>>>> = {
    '/health': {
      GET: async (_request, response) =>
        sendJson(response, 200, { status: 'ok', answering: o.serving.talking, waiting: o.serving.waiting })
    },
    '/v1/models': {
      GET: async (_request, response) => {
        const { models } = await o.serving.served()
        sendJson(response, 200, { object: 'list', data: models.map(modelShape) })
      }
    },
    '/v1/chat/completions': {
      POST: async (request, response, signal) =>
        complete([chatRequest(await body(request))], chatShapes, sending(response, signal))
    },
    '/v1/completions': {
      POST: async (request, response, signal) =>
        complete(completionRequests(await body(request)), textShapes, sending(response, signal))
    },
    '/v1/embeddings': {
      POST: async (request, response, signal) => {
        const asked = embeddingRequest(await body(request))
        const made = await o.serving.embed(asked.model, asked.inputs, signal)
        signal.throwIfAborted()
        sendJson(response, 200, embeddingShape(asked, made))
      }
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request)
    checkSource(request, admission)
    allowOrigin(request, response)
    if (request.method === 'OPTIONS' && request.headers.origin !== undefined) {
      response.writeHead(204).end()
      return
    }
    // whether it is there at all may be asked by anybody here
    if (path !== '/health') {
      checkKey(request, admission)
      connections.trust(request.socket)
    }
    const model = /^\/v1\/models\/(.+)$/.exec(path)?.[1]
    if (model !== undefined && request.method === 'GET') {
      return sendJson(response, 200, modelShape(modelNamed(await o.serving.served(), decoded(model))))
    }
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined
    if (!route) throw new NeiroError('API_NO_SUCH_PATH', { path: path.slice(0, 200) })
    const work = Object.hasOwn(route, request.method ?? '') ? route[request.method ?? ''] : undefined
    if (!work) {
      response.setHeader('Allow', Object.keys(route).join(', '))
      throw new NeiroError('API_WRONG_METHOD', { method: request.method ?? '', path })
    }
    const abort = new AbortController()
    answering.add(abort)
    const gone = (): void => abort.abort(new NeiroError('CANCELLED'))
    const late = setTimeout(() => abort.abort(new NeiroError('API_TOO_LONG')), limits.answerMs)
    response.once('close', gone)
    try {
      await work(request, response, abort.signal)
    } catch (error) {
      throw reasonOf(abort.signal) ?? error
    } finally {
      clearTimeout(late)
      response.off('close', gone)
      answering.delete(abort)
    }
  }

  function allowOrigin({ headers: { origin } }: IncomingMessage, response: ServerResponse): void {
    if (origin === undefined) return
    response.setHeader('Access-Control-Allow-Origin', origin)
    response.setHeader('Vary', 'Origin')
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST')
    response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type')
  }

  const server = createServer({ maxHeaderSize: 16 * 1024 }, (request, response) => {
    response.setHeader('X-Content-Type-Options', 'nosniff')
    answer(request, response).catch((error: unknown) => {
      const known = told(error)
      if (response.headersSent || response.destroyed) return void response.destroy()
      const { status, headers, body: said } = failureOf(known, o.language())
      // what is left of a body that was not read is not waited for
      if (!request.complete) response.setHeader('Connection', 'close')
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      sendJson(response, status, said)
    })
  })
  server.maxConnections = limits.connections
  const connections = new Connections(server, { othersToo: open || o.key() !== null })

  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(o.port, o.host, listening)
  })
  bound = (server.address() as AddressInfo).port
  const shown = o.host.includes(':') ? `[${o.host}]` : o.host

  return {
    port: bound,
    address: `http://${shown}:${bound}/v1`,
    async close() {
      const closed = new Promise((done) => server.close(done))
      server.closeIdleConnections()
      const until = Date.now() + limits.farewellMs
      while (answering.size > 0 && Date.now() < until) await sleep(20)
      for (const abort of answering) abort.abort(new NeiroError('CANCELLED'))
      // what they are told now must go out
      while (answering.size > 0 && Date.now() < until + 500) await sleep(10)
      connections.end()
      await closed
    }
  }
}

const reasonOf = ({ aborted, reason }: AbortSignal): NeiroError | null =>
  aborted && reason instanceof NeiroError ? reason : null

function pathOf(request: IncomingMessage): string {
  const asked = `http://127.0.0.1${request.url ?? '/'}`
  if (!URL.canParse(asked)) throw new NeiroError('API_NO_SUCH_PATH', { path: '' })
  const path = new URL(asked).pathname.replace(/\/$/, '')
  return path === '' ? '/' : path
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}
