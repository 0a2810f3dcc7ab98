// A server that speaks as Ollama does where a model is created, and misbehaves on demand.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Misbehaviour = 'refuses' | 'cuts' | 'says nothing' | 'is no Ollama' | 'redirects' | 'floods'

export class OllamaStandIn {
  readonly blobs = new Map<string, Buffer>()
  readonly created: Record<string, unknown>[] = []
  readonly asked: string[] = []
  misbehaves: Misbehaviour | null = null
  #server: Server | null = null

  async start(): Promise<number> {
    const server = createServer((call, answer) => void this.#answer(call, answer))
    this.#server = server
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections()
    await new Promise((resolve) => this.#server?.close(resolve))
  }

  async #answer(call: IncomingMessage, answer: ServerResponse): Promise<void> {
    const path = call.url ?? ''
    this.asked.push(`${call.method} ${path}`)
    const parts: Buffer[] = []
    for await (const part of call as AsyncIterable<Buffer>) parts.push(part)
    const body = Buffer.concat(parts)
    const end = (status: number, text = ''): void => void answer.writeHead(status).end(text)
    if (this.misbehaves === 'is no Ollama') return end(200, '<html>')
    if (this.misbehaves === 'redirects')
      return void answer.writeHead(302, { location: 'http://192.0.2.1/' }).end()
    if (path === '/api/version') return end(200, '{"version":"0.40.11"}')
    const digest = path.replace('/api/blobs/', '')
    if (call.method === 'HEAD') return end(this.blobs.has(digest) ? 200 : 404)
    if (path.startsWith('/api/blobs/')) {
      const own = `sha256:${createHash('sha256').update(body).digest('hex')}`
      if (own !== digest) return end(400, '{"error":"digest mismatch"}')
      this.blobs.set(digest, body)
      return end(201)
    }
    if (path !== '/api/create') return end(404)
    if (this.misbehaves === 'says nothing') return
    answer.writeHead(200, { 'content-type': 'application/x-ndjson' })
    answer.write('{"status":"parsing GGUF"}\n')
    if (this.misbehaves === 'refuses') return void answer.end('{"error":"invalid model file"}\n')
    if (this.misbehaves === 'cuts') return void answer.destroy()
    if (this.misbehaves === 'floods') return void answer.end('x'.repeat(3 << 20))
    this.created.push(JSON.parse(body.toString('utf8')))
    answer.end('{"status":"writing manifest"}\n{"status":"success"}\n')
  }
}
