// A service behind the proxy of an office: files, job, events and answers go through its tunnel, by the same setting by which
// models are fetched; what the way out lacks is said. The service speaks TLS for hub.test, which only the proxy can find.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import net, { type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import tls from 'node:tls'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CloudApi } from '../../../main/services/runners/cloud/cloud-api'
import { readPlace } from '../../../main/services/runners/places'
import { CloudBench, codeOf, model } from './cloud-bench'

const certificates = join(import.meta.dirname, '../../hub/certificates')
const authority = join(certificates, 'ca.pem')
const read = (name: string): Buffer => readFileSync(join(certificates, name))
const place = 'openai:https://hub.test/v1'

let bench: CloudBench
let proxy: http.Server
/** in front of the played service */
let host: tls.Server
let asked: string[]
let isPassworded: boolean
const open: Socket[] = []

const portOf = (server: net.Server): number => (server.address() as AddressInfo).port

beforeEach(async () => {
  ;[asked, isPassworded] = [[], false]
  bench = new CloudBench()
  await bench.start()
  await bench.keys.set(readPlace(place), 'sk-secret')
  host = tls.createServer({ cert: read('hub.pem'), key: read('hub.key') }, (from) => {
    const to = net.connect(Number(new URL(bench.service.origin).port), '127.0.0.1')
    for (const socket of [from, to]) open.push(socket.on('error', () => undefined))
    from.pipe(to).pipe(from)
  })
  proxy = http.createServer()
  proxy.on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '')
    open.push(socket.on('error', () => undefined))
    if (isPassworded) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    const line = net.connect(portOf(host), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      line.pipe(socket).pipe(line)
    })
    open.push(line.on('error', () => undefined))
  })
  for (const server of [host, proxy]) {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  }
  bench.way = { proxy: `http://127.0.0.1:${portOf(proxy)}`, certificates: authority, env: {} }
})
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy()
  proxy.closeAllConnections()
  for (const server of [host, proxy]) server.close()
  await bench.service.stop()
})

test('a training goes through it from its files to its result, and its key is heard by the service alone', async () => {
  await bench.agreed(place)
  expect(asked).toEqual([])
  bench.then(bench.running, bench.done)
  expect(await bench.train()).toMatchObject({ outcome: 'finished' })
  expect(new Set(asked)).toEqual(new Set(['hub.test:443']))
  expect([...bench.service.keys]).toEqual(['Bearer sk-secret'])
  expect(bench.service.files).toHaveLength(2)
  const [file] = bench.service.files
  expect(file?.text.trim().split('\n')).toHaveLength(12)
  expect(file?.bytes).toBe(Buffer.byteLength(file?.text ?? ''))
})

test('the environment says it where nothing is set, and who is excepted', async () => {
  const env = { HTTPS_PROXY: bench.way.proxy, NO_PROXY: '' }
  const answer = (way: Partial<CloudBench['way']>) =>
    new CloudApi({
      ...{ place: readPlace(place), key: 'k', apiVersion: null },
      way: { ...bench.way, proxy: '', ...way }
    }).answer(model, [{ role: 'user', content: 'はい？' }], {
      ...{ maxNewTokens: 5, signal: new AbortController().signal }
    })
  expect((await answer({ env })).text).toBe(`${model}: はい？`)
  expect(asked).toHaveLength(1)
  // not by the proxy, and no name server knows it
  expect(await codeOf(answer({ env: { ...env, NO_PROXY: 'hub.test' } }))).toBe('PLACE_UNREACHABLE')
  expect(asked).toHaveLength(1)
})

test('a proxy that wants a name, a host that is not believed and a proxy that is gone are told apart', async () => {
  await bench.agreed(place)
  const ask = (way: CloudBench['way']) =>
    new CloudApi({ place: readPlace(place), key: 'k', apiVersion: null, way }).job('j')
  isPassworded = true
  expect(await codeOf(bench.train())).toBe('HUB_PROXY_PASSWORD')
  isPassworded = false
  expect(await codeOf(ask({ ...bench.way, certificates: '' }))).toBe('HUB_CERTIFICATE')
  const gone = await ask({ ...bench.way, proxy: 'http://127.0.0.1:9' }).catch((error: unknown) => error)
  expect(gone).toMatchObject({
    code: 'PLACE_UNREACHABLE',
    details: { place: 'OpenAI (https://hub.test/v1)', reason: 'proxy 127.0.0.1:9' }
  })
  expect(bench.service.asked).toEqual([])
})
