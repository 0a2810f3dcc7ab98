// A hub on the loopback address that speaks the protocol of the real one: model info, tree in pages, resolve with a
// redirect to a store that signs its addresses, ranges. It misbehaves as it is told, request by request, and keeps a list
// of everything that it was asked.
import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { misbehaveInStore, type StoreFault } from './store-faults'

export interface ServedModel {
  readonly id: string
  readonly files: Readonly<Record<string, Buffer>>
  readonly gated?: boolean
  readonly licence?: string
  readonly family?: string
}

export type HubFault =
  | 'busy'
  | 'busy-until'
  | 'busy-limit'
  | 'trouble'
  | 'cut'
  | 'portal'
  | 'loop'
  | 'elsewhere'
  | 'script'
  | 'other-size'
  | 'other-mark'
  | 'next-elsewhere'

export interface Asked {
  /** which of the three servers: the hub, its store, a stranger */
  readonly at: 'hub' | 'store' | 'stranger'
  readonly what: 'info' | 'tree' | 'resolve' | 'bytes'
  readonly path: string
  readonly range: string | null
  /** what it was sent as Authorization */
  readonly token: string | null
}

export interface HubServerOptions {
  readonly models: readonly ServedModel[]
  /** who has this is let through gates */
  readonly token?: string
  /** entries of one page of a tree */
  readonly pageSize?: number
  /** larger files lie in the store, as LFS */
  readonly largeFrom?: number
  /** bytes a second of one answer; absent: as fast as it goes */
  readonly pace?: number
  fault?(asked: Asked): HubFault | StoreFault | null
}

export interface HubServer {
  readonly address: string
  readonly asked: readonly Asked[]
  forget(): void
  /** every line breaks at once, and none is taken for so long */
  cut(ms: number): void
  stop(): Promise<void>
}

export const sha256 = once((bytes) => createHash('sha256').update(bytes).digest('hex'))
export const gitSha1 = once((bytes) =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
)

/** Real weights are not summed for every question. */
function once(sum: (bytes: Buffer) => string): (bytes: Buffer) => string {
  const known = new WeakMap<Buffer, string>()
  return (bytes) => {
    const found = known.get(bytes) ?? sum(bytes)
    known.set(bytes, found)
    return found
  }
}

/** A model's folder as a hub serves it. */
export function modelFromFolder(id: string, dir: string, more: Partial<ServedModel> = {}): ServedModel {
  const files = readdirSync(dir).filter((name) => statSync(join(dir, name)).isFile())
  return {
    id,
    files: Object.fromEntries(files.map((name) => [name, readFileSync(join(dir, name))])),
    ...more
  }
}

export const revisionOf = ({ id }: ServedModel): string => createHash('sha1').update(id).digest('hex')

export async function startHub(options: HubServerOptions): Promise<HubServer> {
  const asked: Asked[] = []
  let downUntil = 0
  const largeFrom = options.largeFrom ?? 1024
  const signature = randomBytes(8).toString('hex')
  const models = new Map(options.models.map((model) => [model.id, model]))

  const note = (at: Asked['at'], what: Asked['what'], path: string, request: IncomingMessage): Asked => {
    const one = {
      at,
      what,
      path,
      range: request.headers.range ?? null,
      token: request.headers.authorization ?? null
    }
    asked.push(one)
    return one
  }

  /** The store and the stranger: bytes under signed addresses. */
  const bytesServer = (at: 'store' | 'stranger'): Server =>
    createServer((request, response) => {
      if (Date.now() < downUntil) return void request.destroy()
      const url = new URL(request.url ?? '/', 'http://store')
      const [owner = '', name = '', ...path] = url.pathname.slice(1).split('/').map(decodeURIComponent)
      const file = path.join('/')
      const one = note(at, 'bytes', file, request)
      const bytes = models.get(`${owner}/${name}`)?.files[file]
      if (!bytes) return void response.writeHead(404).end()
      // a store takes no other word than its signature
      if (url.searchParams.get('signature') !== signature || one.token !== null)
        return void response.writeHead(400).end('one authorization only')
      if (options.pace !== undefined) slowly(response, options.pace)
      sendBytes(request, response, bytes, (options.fault?.(one) ?? null) as StoreFault | null)
    })

  const store = bytesServer('store')
  const stranger = bytesServer('stranger')
  const storeAt = await listen(store)
  const strangerAt = await listen(stranger)

  const hub = createServer((request, response) => {
    if (Date.now() < downUntil) return void request.destroy()
    const url = new URL(request.url ?? '/', 'http://hub')
    const words = url.pathname.slice(1).split('/').map(decodeURIComponent)
    const isApi = words[0] === 'api'
    const [owner = '', name = '', word = '', revision = '', ...path] = isApi ? words.slice(2) : words
    const what = isApi ? (word === 'tree' ? 'tree' : 'info') : 'resolve'
    const one = note('hub', what, path.join('/'), request)
    const fault = options.fault?.(one) ?? null
    if (refuse(response, fault, url)) return
    const model = models.get(`${owner}/${name}`)
    const known = options.token !== undefined && one.token === `Bearer ${options.token}`
    if (one.token !== null && !known)
      return sendError(response, 401, '', 'Invalid credentials in Authorization header')
    if (!model)
      return known ? sendError(response, 404, 'RepoNotFound') : sendError(response, 401, 'RepoNotFound')
    const commit = revisionOf(model)
    if (revision !== '' && !['main', commit].includes(revision))
      return sendError(response, 404, 'RevisionNotFound')
    if (what === 'info')
      return sendJson(response, {
        id: model.id,
        sha: commit,
        gated: model.gated ? 'manual' : false,
        cardData: { license: model.licence ?? 'apache-2.0' },
        config: { model_type: model.family ?? 'llama' }
      })
    if (what === 'tree') return sendTree(response, model, url, address, fault)
    if (model.gated && !known)
      return sendError(response, 401, 'GatedRepo', `Access to model ${model.id} is restricted.`)
    const file = path.join('/')
    const bytes = model.files[file]
    if (!bytes) return sendError(response, 404, 'EntryNotFound')
    response.setHeader('X-Repo-Commit', commit)
    if (bytes.length < largeFrom) {
      response.setHeader('ETag', `"${gitSha1(bytes)}"`)
      return sendBytes(request, response, bytes, fault as StoreFault | null)
    }
    response.setHeader(
      'X-Linked-Etag',
      `"${fault === 'other-mark' ? sha256(Buffer.from('other')) : sha256(bytes)}"`
    )
    response.setHeader('X-Linked-Size', String(bytes.length + (fault === 'other-size' ? 1 : 0)))
    const at = fault === 'elsewhere' ? strangerAt : storeAt
    const place = [owner, name, ...path].map(encodeURIComponent).join('/')
    response.writeHead(302, { Location: `${at}/${place}?signature=${signature}` }).end()
  })
  const address = await listen(hub)

  function sendTree(
    response: ServerResponse,
    model: ServedModel,
    url: URL,
    own: string,
    fault: string | null
  ): void {
    const size = options.pageSize ?? 3
    const from = Number(url.searchParams.get('cursor') ?? 0)
    const entries = Object.entries(model.files).map(([path, bytes]) => ({
      type: 'file',
      path,
      size: bytes.length,
      oid: gitSha1(bytes),
      ...(bytes.length >= largeFrom && { lfs: { oid: sha256(bytes), size: bytes.length, pointerSize: 130 } })
    }))
    if (from + size < entries.length) {
      url.searchParams.set('cursor', String(from + size))
      const host = fault === 'next-elsewhere' ? strangerAt : own
      response.setHeader('Link', `<${host}${url.pathname}${url.search}>; rel="next"`)
    }
    sendJson(response, [
      { type: 'directory', path: 'onnx', oid: 'f'.repeat(40), size: 0 },
      ...entries.slice(from, from + size)
    ])
  }

  return {
    address,
    asked,
    forget: () => asked.splice(0),
    cut(ms) {
      downUntil = Date.now() + ms
      for (const server of [hub, store, stranger]) server.closeAllConnections()
    },
    stop: async () => {
      for (const server of [hub, store, stranger]) {
        server.closeAllConnections()
        await new Promise((closed) => server.close(closed))
      }
    }
  }
}

/** The hub's own refusals; true where nothing else is to be said. */
function refuse(response: ServerResponse, fault: string | null, url: URL): boolean {
  switch (fault) {
    case 'busy':
      response.writeHead(429, { 'Retry-After': '0' }).end()
      return true
    case 'busy-until':
      response.writeHead(429, { 'Retry-After': new Date().toUTCString() }).end()
      return true
    case 'busy-limit':
      response.writeHead(429, { RateLimit: '"resolvers";r=0;t=0' }).end()
      return true
    case 'trouble':
      response.writeHead(503).end('try again')
      return true
    case 'cut':
      response.destroy()
      return true
    case 'portal':
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Welcome to our hotel</html>')
      return true
    case 'loop':
      response.writeHead(302, { Location: url.pathname + url.search }).end()
      return true
    case 'script':
      response.writeHead(302, { Location: 'file:///etc/passwd' }).end()
      return true
    default:
      return false
  }
}

function sendBytes(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
  fault: StoreFault | null
): void {
  if (fault !== null) return misbehaveInStore(fault, request, response, bytes)
  const range = /^bytes=(\d+)-(\d+)?$/.exec(request.headers.range ?? '')
  if (!response.hasHeader('ETag')) response.setHeader('ETag', `"store-${sha256(bytes).slice(0, 8)}"`)
  if (!range) return void response.writeHead(200, { 'Content-Length': bytes.length }).end(bytes)
  const from = Number(range[1])
  const to = Math.min(bytes.length, range[2] === undefined ? bytes.length : Number(range[2]) + 1)
  if (from >= bytes.length) return void response.writeHead(416).end()
  response
    .writeHead(206, {
      'Content-Length': to - from,
      'Content-Range': `bytes ${from}-${to - 1}/${bytes.length}`,
      'Accept-Ranges': 'bytes'
    })
    .end(bytes.subarray(from, to))
}

/** Bytes go out piece by piece, as over a line. */
function slowly(response: ServerResponse, pace: number): void {
  const whole = response.end.bind(response) as (bytes?: Buffer) => ServerResponse
  const piece = Math.ceil(pace / 20)
  response.end = ((bytes?: Buffer) => {
    if (!Buffer.isBuffer(bytes)) return whole()
    let at = 0
    const next = (): void => {
      if (response.destroyed) return
      response.write(bytes.subarray(at, at + piece))
      at += piece
      if (at >= bytes.length) whole()
      else setTimeout(next, 50)
    }
    next()
    return response
  }) as typeof response.end
}

const sendJson = (response: ServerResponse, value: unknown): void =>
  void response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))

function sendError(response: ServerResponse, status: number, code: string, message = code): void {
  response
    .writeHead(status, {
      ...(code !== '' && { 'X-Error-Code': code }),
      'X-Error-Message': message,
      'Content-Type': 'application/json'
    })
    .end(JSON.stringify({ error: message }))
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
