// Lines out of a company: through a proxy that tunnels (CONNECT) and one that wants a name, and to a host whose certificate
// an authority of the company's own has signed. Proxy and host stand on the loopback; no name is looked up.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import net, { type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Connections } from '../../../../main/services/models/hub/connections'
import { Passing } from '../../../../main/services/models/hub/trouble'

const certificates = join(import.meta.dirname, '../../../hub/certificates')
const authority = join(certificates, 'ca.pem')
const read = (name: string): Buffer => readFileSync(join(certificates, name))

/** speaks for hub.test */
let host: https.Server
let proxy: http.Server
let heard: { readonly host: string; readonly token: string | undefined }[]
let asked: { readonly line: string; readonly headers: http.IncomingHttpHeaders }[]
/** what the proxy does with a line */
let manner: 'opens' | 'wants a name' | 'refuses' | 'hangs up'
const open: Socket[] = []

const portOf = (server: net.Server): number => (server.address() as AddressInfo).port

beforeEach(async () => {
  ;[heard, asked, manner] = [[], [], 'opens']
  host = https.createServer({ cert: read('hub.pem'), key: read('hub.key') }, (request, answer) => {
    heard.push({ host: request.headers.host ?? '', token: request.headers.authorization })
    answer.end('from the host')
  })
  proxy = http.createServer((request, answer) => {
    asked.push({ line: `${request.method} ${request.url}`, headers: request.headers })
    answer.end('by the proxy')
  })
  proxy.on('connect', (request, socket: Socket) => {
    asked.push({ line: `CONNECT ${request.url}`, headers: request.headers })
    socket.on('error', () => undefined)
    open.push(socket)
    if (manner === 'hangs up') return void socket.destroy()
    if (manner === 'refuses') return void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
    const named =
      request.headers['proxy-authorization'] === `Basic ${Buffer.from('kim:pass word').toString('base64')}`
    if (manner === 'wants a name' && !named)
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    const line = net.connect(portOf(host), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      line.pipe(socket).pipe(line)
    })
    line.on('error', () => socket.destroy())
    open.push(line)
  })
  for (const server of [host, proxy]) {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  }
})
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy()
  for (const server of [host, proxy]) {
    server.closeAllConnections()
    server.close()
  }
})

async function get(
  url: string,
  o: { readonly proxy?: string; readonly certificates?: string; readonly token?: string } = {}
): Promise<string> {
  const connections = new Connections({
    proxy: o.proxy ?? `http://127.0.0.1:${portOf(proxy)}`,
    certificates: o.certificates ?? authority,
    ...{ env: {}, silenceMs: 3000 }
  })
  try {
    const headers: Record<string, string> =
      o.token === undefined ? {} : { authorization: `Bearer ${o.token}` }
    const answer = await connections.open(new URL(url), headers, new AbortController().signal)
    return await textOf(answer)
  } finally {
    connections.close()
  }
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of answer as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts).toString()
}

const codeOf = (wrong: unknown): string => {
  const error = wrong instanceof Passing ? wrong.error : wrong
  return (error as { code?: string }).code ?? String(wrong)
}
const refused = (work: Promise<unknown>): Promise<string> => work.then(() => 'was answered', codeOf)

test('a line through the proxy is spoken with the host alone: the token is heard by it, and by nobody between', async () => {
  expect(await get('https://hub.test/a/b', { token: 'hf_secret' })).toBe('from the host')
  expect(heard).toEqual([{ host: 'hub.test', token: 'Bearer hf_secret' }])
  expect(asked.map(({ line }) => line)).toEqual(['CONNECT hub.test:443'])
  expect(JSON.stringify(asked)).not.toContain('hf_secret')
})

test('without the company’s authority the host is not believed, and nothing is said to it', async () => {
  expect(await refused(get('https://hub.test/', { certificates: '', token: 'hf_secret' }))).toBe(
    'HUB_CERTIFICATE'
  )
  expect(await refused(get('https://hub.test/', { certificates: '/none.pem' }))).toBe('HUB_CERTIFICATE')
  expect(heard).toEqual([])
})

test('a certificate of another name is not believed', async () => {
  expect(await refused(get('https://elsewhere.test/'))).toBe('HUB_CERTIFICATE')
  expect(heard).toEqual([])
})

test('a proxy that wants a name is told it where it was given, and else that is said', async () => {
  manner = 'wants a name'
  expect(await refused(get('https://hub.test/'))).toBe('HUB_PROXY_PASSWORD')
  const named = `http://kim:pass%20word@127.0.0.1:${portOf(proxy)}`
  expect(await get('https://hub.test/', { proxy: named })).toBe('from the host')
})

test.each(['refuses', 'hangs up'] as const)('a proxy that %s may do better at another try', async (how) => {
  manner = how
  const error = await get('https://hub.test/').catch((wrong: unknown) => wrong)
  expect(error).toBeInstanceOf(Passing)
  expect(['HUB_PROXY', 'HUB_CUT']).toContain(codeOf(error))
})

test('a proxy that is not there is named', async () => {
  const port = portOf(proxy)
  await new Promise((closed) => proxy.close(closed))
  expect(await refused(get('https://hub.test/', { proxy: `http://127.0.0.1:${port}` }))).toBe('HUB_PROXY')
})

test('without TLS the proxy is asked for the whole address', async () => {
  expect(await get('http://hub.test/a?b=1')).toBe('by the proxy')
  expect(asked.map(({ line }) => line)).toEqual(['GET http://hub.test/a?b=1'])
})

test('a host on this machine is behind no proxy', async () => {
  expect(await refused(get(`https://127.0.0.1:${portOf(host)}/`))).toBe('HUB_CERTIFICATE')
  expect(asked).toEqual([])
})
