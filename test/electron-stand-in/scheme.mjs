// `protocol`: a scheme of the app's own. Chromium knows only its built-in ones, so each address of ours becomes
// a loopback server that asks the app's handler, and addresses are translated wherever the app sees them.
import { createServer } from 'node:http'
import { app } from './app.mjs'

const privileged = new Set()
const handlers = new Map()
/** app://neiro -> http://127.0.0.1:PORT, and back */
const carriers = new Map()

export const protocol = {
  registerSchemesAsPrivileged(list) {
    if (app.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme } of list) privileged.add(scheme)
  },
  handle(scheme, handler) {
    if (!app.isReady()) throw new Error('protocol.handle needs a ready app')
    if (!privileged.has(scheme)) throw new Error(`${scheme} was not registered as privileged`)
    handlers.set(scheme, handler)
  }
}

/** Address that Chromium can load for one of ours. */
export async function carried(address) {
  const url = new URL(address)
  const handler = handlers.get(url.protocol.slice(0, -1))
  if (!handler) return address
  const origin = `${url.protocol}//${url.host}`
  if (!carriers.has(origin)) carriers.set(origin, await listen(origin, handler))
  return carriers.get(origin) + address.slice(origin.length)
}

/** What the app is told instead of the loopback address. */
export function translated(address) {
  for (const [origin, carrier] of carriers)
    if (address.startsWith(`${carrier}/`)) return origin + address.slice(carrier.length)
  return address
}

function listen(origin, handler) {
  const server = createServer((request, response) => {
    void (async () => {
      const reply = await handler(new Request(origin + request.url, { method: request.method }))
      response.writeHead(reply.status, Object.fromEntries(reply.headers))
      response.end(Buffer.from(await reply.arrayBuffer()))
    })().catch(() => response.destroy())
  })
  server.unref()
  return new Promise((done) =>
    server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${server.address().port}`))
  )
}
