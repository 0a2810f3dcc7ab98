// A Ray cluster, played by a server on the loopback address: it writes down every connection and every question, refuses as
// Ray's dashboard does, and its log files are what the test puts there.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { adapterThere, stepLine } from './played-place'

/** bytes that Ray's dashboard takes at once */
const mostBody = 100 * 2 ** 20

export class PlayedCluster {
  readonly asked: string[] = []
  connections = 0
  /** name of a file below the logs -> what stands there */
  readonly files: Record<string, string | Buffer> = {}
  status = 'RUNNING'
  /** name -> what was put */
  readonly packages = new Map<string, Buffer>()
  onPackage: (name: string) => void = () => undefined
  /** of the head's memory, bytes */
  free = 2 ** 34
  readonly #server: Server

  constructor() {
    this.#server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const [code, answer] = this.#answer(request, body)
        response.writeHead(code).end(answer)
      })
    })
    this.#server.on('connection', () => this.connections++)
  }

  /** Its address. */
  async start(): Promise<string> {
    await new Promise<void>((resume) => this.#server.listen(0, '127.0.0.1', resume))
    return this.address
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resume) => this.#server.close(resume))
  }

  /** The job was stopped: a checkpoint under its seal. */
  paused(step: number): void {
    const status = { state: 'paused', step, total_steps: 10, checkpoint: step }
    this.files['status.json'] = JSON.stringify(status)
    this.files['metrics.jsonl'] = `${JSON.stringify(stepLine(step))}\n`
    const [name, text] = ['metrics.jsonl', this.files['metrics.jsonl']]
    this.files[`checkpoints/checkpoint-${step}/${name}`] = text
    const entry = { name, size: text.length, sha256: createHash('sha256').update(text).digest('hex') }
    this.files[`checkpoints/checkpoint-${step}/sealed.json`] = JSON.stringify({ files: [entry] })
    this.status = 'STOPPED'
  }

  /** The job has come to its end: one line of metrics, and an adapter under its seal. */
  finished(steps: number): void {
    const status = { state: 'finished', step: steps, total_steps: steps, checkpoint: 0 }
    this.files['status.json'] = JSON.stringify(status)
    this.files['metrics.jsonl'] = `${JSON.stringify(stepLine(steps))}\n`
    const entries = Object.entries(adapterThere).map(([name, text]) => {
      this.files[`adapter/${name}`] = text
      return { name, size: text.length, sha256: createHash('sha256').update(text).digest('hex') }
    })
    this.files['adapter/sealed.json'] = JSON.stringify({ files: entries })
  }

  #answer(request: IncomingMessage, body: Buffer): [number, string | Buffer] {
    const { method = '', url = '', headers } = request
    this.asked.push(`${method} ${url.split('?')[0]}`)
    // as Ray's dashboard: what looks like a browser changes nothing
    if (method !== 'GET' && ('sec-fetch-mode' in headers || /Mozilla/.test(headers['user-agent'] ?? '')))
      return [405, 'not allowed for browser traffic']
    if (url.startsWith('/api/packages/')) {
      const name = url.split('/').at(-1) ?? ''
      if (method === 'GET') return [this.packages.has(name) ? 200 : 404, '']
      // as Ray 2.60 says it
      if (body.length > mostBody)
        return [500, `Traceback\nHTTPRequestEntityTooLarge: Maximum request body size ${mostBody} exceeded`]
      this.packages.set(name, body)
      this.onPackage(name)
      return [200, '']
    }
    if (url.startsWith('/nodes')) {
      const summary = [{ raylet: { isHeadNode: true }, mem: [2 ** 40, this.free, 1, 1] }]
      return [200, JSON.stringify({ result: true, data: { summary } })]
    }
    if (url === '/api/jobs/' && method === 'POST') {
      this.files['job'] = body
      return [200, body]
    }
    if (url.startsWith('/api/jobs/'))
      return [200, JSON.stringify({ status: this.status, message: 'said there', driver_node_id: 'n1' })]
    const name = new URL(url, 'http://x').searchParams.get('filename') ?? ''
    const found = this.files[name.replace(/^neiro\/[^/]+\//, '')]
    return found === undefined ? [500, 'A file is not found at: x'] : [200, found]
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts)
}
