// The hub over plain HTTP: its answers with their redirects followed, and its token sent to the hub itself and to nobody
// else.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { NeiroError } from '../../../contract/errors'
import { Connections, type ConnectionOptions } from './connections'
import { isLoopback } from './proxy'
import { refusal, troubleOf } from './trouble'

export interface HubOptions extends ConnectionOptions {
  /** https://hub, with a path where a mirror has one */
  readonly address: string
  /** '' = none */
  readonly token: string
}

export interface HubAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** of the hub's own answer: what it says of the file before it leads elsewhere */
  readonly said: IncomingHttpHeaders
  readonly body: IncomingMessage
}

const mostHops = 6
/** of a JSON answer or an error, bytes */
const mostText = 32 * 1024 * 1024

export class HubClient {
  readonly #connections: Connections
  readonly #base: URL

  constructor(private readonly options: HubOptions) {
    this.#base = readBase(options.address)
    this.#connections = new Connections(options)
  }

  get host(): string {
    return this.#base.host
  }

  /** The page of a model, for people. */
  readonly pageOf = (model: string): string => this.url(model)

  url(path: string): string {
    const { href } = this.#base
    return href.endsWith('/') ? href + path : `${href}/${path}`
  }

  fileUrl(model: string, revision: string, path: string): string {
    const parts = [model, 'resolve', revision, path].join('/').split('/')
    return this.url(parts.map(encodeURIComponent).join('/'))
  }

  /** The body is the caller's to read. Throws what the hub refuses; Passing where another try may do. */
  async get(
    url: string,
    model: string,
    signal: AbortSignal,
    headers: Record<string, string> = {}
  ): Promise<HubAnswer> {
    let at = new URL(url)
    let said: IncomingHttpHeaders | null = null
    const been = new Set<string>()
    for (let hop = 0; hop < mostHops; hop++) {
      been.add(at.href)
      const body = await this.#connections.open(
        at,
        { 'Accept-Encoding': 'identity', 'User-Agent': 'Neiro', ...headers, ...this.#tokenFor(at) },
        signal
      )
      const status = body.statusCode ?? 0
      said ??= body.headers
      const { location } = body.headers
      if (status >= 300 && status < 400 && status !== 304) {
        body.destroy()
        at = this.#next(at, location, been)
        continue
      }
      if (status >= 200 && status < 300) return { status, headers: body.headers, said, body }
      const message = (await textOf(body, 64 * 1024).catch(() => '')).slice(0, 2000)
      const answered = {
        status,
        headers: body.headers,
        host: at.host,
        byHub: at.origin === this.#base.origin
      }
      throw refusal(answered, model, this.pageOf, this.options.token !== '', message)
    }
    throw new NeiroError('HUB_REDIRECTS', { host: this.host })
  }

  /** A JSON answer of the hub; its headers along. */
  async json(
    url: string,
    model: string,
    signal: AbortSignal
  ): Promise<{ value: unknown; headers: IncomingHttpHeaders }> {
    const { body, headers } = await this.get(url, model, signal, { Accept: 'application/json' })
    const text = await textOf(body, mostText).catch((error: unknown) => {
      throw signal.aborted ? error : troubleOf(error, new URL(url), null)
    })
    try {
      return { value: JSON.parse(text), headers }
    } catch {
      // a page of a hotel, of a proxy, or of a wrong mirror
      throw new NeiroError('HUB_NOT_A_HUB', { host: this.host })
    }
  }

  /** Whether an address that the hub names is its own. */
  isOwn(url: URL): boolean {
    return url.origin === this.#base.origin
  }

  close(): void {
    this.#connections.close()
  }

  #next(from: URL, location: string | undefined, been: ReadonlySet<string>): URL {
    const next = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : null
    const worse = from.protocol === 'https:' && next?.protocol !== 'https:'
    const known = next !== null && (next.protocol === 'https:' || next.protocol === 'http:')
    if (!next || !known || worse || been.has(next.href))
      throw new NeiroError('HUB_REDIRECTS', { host: from.host })
    return next
  }

  /** To the hub alone, and never in the clear over a network. */
  #tokenFor(at: URL): Record<string, string> {
    const safe = at.protocol === 'https:' || isLoopback(at.hostname)
    if (this.options.token === '' || at.origin !== this.#base.origin || !safe) return {}
    return { Authorization: `Bearer ${this.options.token}` }
  }
}

/** Throws HUB_BAD_HUB {address}. */
export function readBase(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null
  const usable =
    url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === ''
  if (!url || !usable) throw new NeiroError('HUB_BAD_HUB', { address: address.slice(0, 80) })
  url.search = url.hash = ''
  return url
}

async function textOf(body: IncomingMessage, most: number): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of body) {
    size += (piece as Buffer).length
    if (size > most) throw new Error('too much')
    pieces.push(piece as Buffer)
  }
  // headers promised more
  if (!body.complete) throw new Error('cut')
  return Buffer.concat(pieces).toString('utf8')
}
