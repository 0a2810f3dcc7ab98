// One request over HTTP or HTTPS: through the company's proxy where there is one, with its certificates beside the
// well-known ones, and never longer silent than it may be. Follows nothing and knows no hub.
import { readFileSync } from 'node:fs'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import { pipeline, type Readable } from 'node:stream'
import tls from 'node:tls'
import { proxyFor, type Environment } from './proxy'
import { Passing, troubleOf } from './trouble'

export interface ConnectionOptions {
  readonly proxy: string
  /** a PEM file; '' = none */
  readonly certificates: string
  readonly env: Environment
  /** no byte for so long is a cut, milliseconds */
  readonly silenceMs: number
}

export interface Asking {
  readonly method: string
  readonly body?: Readable
}

const connectMs = 20_000

export class Connections {
  readonly #plain = new http.Agent({ keepAlive: true })
  readonly #secure: https.Agent
  readonly #ca: readonly string[]

  constructor(private readonly options: ConnectionOptions) {
    this.#ca = authorities(options.certificates, options.env)
    this.#secure = new https.Agent({ keepAlive: true, ca: [...this.#ca] })
  }

  /** Answers as soon as the headers are here; the body is the caller's to read or destroy. Rejects with a NeiroError,
   *  or with Passing where another try may do. */
  async open(
    url: URL,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
    asking: Asking = { method: 'GET' }
  ): Promise<IncomingMessage> {
    signal.throwIfAborted()
    const proxy = proxyFor(url, this.options.proxy, this.options.env)
    try {
      const tunnel = proxy && url.protocol === 'https:' ? await this.#tunnel(proxy, url, signal) : null
      return await this.#send(url, proxy, tunnel, { ...headers }, signal, asking)
    } catch (error) {
      throw signal.aborted || error instanceof Passing ? error : troubleOf(error, url, proxy)
    }
  }

  close(): void {
    this.#plain.destroy()
    this.#secure.destroy()
  }

  #send(
    url: URL,
    proxy: URL | null,
    tunnel: tls.TLSSocket | null,
    headers: Record<string, string>,
    signal: AbortSignal,
    { method, body }: Asking
  ): Promise<IncomingMessage> {
    const path = url.pathname + url.search
    const request = tunnel
      ? http.request({
          method,
          path,
          headers: { ...headers, Host: url.host },
          // with an agent of any kind, a line of its own would be opened
          createConnection: () => tunnel,
          signal
        })
      : proxy
        ? plainly(proxy).request({
            ...placeOf(proxy),
            method,
            path: url.href,
            headers: { ...headers, Host: url.host, ...proxyHeaders(proxy) },
            signal
          })
        : plainly(url).request(url, {
            method,
            headers,
            agent: url.protocol === 'https:' ? this.#secure : this.#plain,
            signal
          })
    return new Promise((answered, failed) => {
      request.setTimeout(this.options.silenceMs, () => request.destroy(silent()))
      request.once('error', failed)
      request.once('response', (response) => {
        // what comes after the headers is the reader's to hear
        request.off('error', failed)
        request.on('error', (error) => response.destroy(error))
        answered(response)
      })
      if (body) pipeline(body, request, (error) => error && failed(error))
      else request.end()
    })
  }

  /** A line to the host through the proxy, inside of which TLS is spoken with the host itself. */
  async #tunnel(proxy: URL, url: URL, signal: AbortSignal): Promise<tls.TLSSocket> {
    const target = `${url.hostname}:${url.port || 443}`
    const socket = await new Promise<Socket>((opened, failed) => {
      const request = plainly(proxy).request({
        ...placeOf(proxy),
        ...(proxy.protocol === 'https:' && { ca: [...this.#ca] }),
        method: 'CONNECT',
        path: target,
        headers: { Host: target, ...proxyHeaders(proxy) },
        agent: false,
        signal
      })
      request.setTimeout(connectMs, () => request.destroy(silent()))
      request.once('error', failed)
      request.once('connect', (answer, line) => {
        if (answer.statusCode === 200) return opened(line as Socket)
        line.destroy()
        failed(Object.assign(new Error('the proxy refused'), { code: `PROXY_${answer.statusCode ?? 0}` }))
      })
      request.end()
    })
    return new Promise((secured, failed) => {
      const secure = tls.connect({ socket, servername: url.hostname, ca: [...this.#ca] }, () => {
        secure.off('error', failed)
        secured(secure)
      })
      secure.once('error', failed)
    })
  }
}

const silent = (): Error => Object.assign(new Error('no byte for too long'), { code: 'ESILENT' })

const plainly = ({ protocol }: URL): typeof http | typeof https => (protocol === 'https:' ? https : http)

const placeOf = (proxy: URL): { host: string; port: string } => ({
  host: proxy.hostname,
  port: proxy.port || (proxy.protocol === 'https:' ? '443' : '80')
})

function proxyHeaders({ username, password }: URL): Record<string, string> {
  if (username === '') return {}
  const words = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'Proxy-Authorization': `Basic ${Buffer.from(words).toString('base64')}` }
}

/** The well-known ones, the system's (where this Node can ask for them), and the user's own. */
function authorities(file: string, env: Environment): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (kind: 'system') => string[] }
  const own = [file, env['NODE_EXTRA_CA_CERTS'] ?? ''].filter(Boolean).flatMap((path) => {
    try {
      return [readFileSync(path, 'utf8')]
    } catch {
      // said where it is set; a connection that needs it says so too
      return []
    }
  })
  return [...tls.rootCertificates, ...(getCACertificates?.('system') ?? []), ...own]
}
