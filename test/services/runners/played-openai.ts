// OpenAI's fine-tuning API, played on the loopback address after its published reference (files, fine_tuning/jobs with events
// and checkpoints, chat/completions), in the paths of OpenAI, of Azure's v1 and of Azure's dated versions. What a job comes to is
// said by the test; whatever is asked can be refused, delayed or cut.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export interface PlayedFile {
  readonly id: string
  readonly filename: string
  readonly bytes: number
  readonly text: string
  status: string
  status_details?: string
}

export interface PlayedJob {
  readonly id: string
  readonly request: Readonly<Record<string, unknown>>
  status: string
  fine_tuned_model: string | null
  error: { code: string; message: string } | null
  readonly events: {
    id: string
    created_at: number
    level: string
    message: string
    type: string
    data?: unknown
  }[]
  readonly checkpoints: { step_number: number; fine_tuned_model_checkpoint: string }[]
}

/** What is answered in place of the right answer; `cut`: the line goes dead: before the body was read, or when all was done. */
export interface Trouble {
  /** of "POST /files" */
  readonly at: RegExp
  times: number
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly error?: Readonly<Record<string, unknown>>
  readonly cut?: 'in the middle' | 'after it'
}

export class PlayedOpenAi {
  readonly files: PlayedFile[] = []
  readonly jobs: PlayedJob[] = []
  /** "POST /files", one after the other */
  readonly asked: string[] = []
  readonly keys = new Set<string>()
  readonly versions = new Set<string>()
  readonly questions: { model: string; messages: unknown; body: Readonly<Record<string, unknown>> }[] = []
  readonly troubles: Trouble[] = []
  connections = 0
  /** what happens there between two looks at a job, one after the other */
  readonly script: ((job: PlayedJob) => void)[] = []
  /** what the service thinks of a file */
  received: (file: PlayedFile) => void = () => undefined
  answer = (model: string, question: string): string => `${model}: ${question}`
  readonly #server = createServer((request, response) => void this.#answer(request, response))
  readonly #sockets = new Set<Socket>()
  #count = 0

  constructor() {
    this.#server.on('connection', (socket) => {
      this.connections++
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
  }

  async start(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done))
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((done) => this.#server.close(done))
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }
  /** as --on has it */
  get openai(): string {
    return `openai:${this.origin}/v1`
  }
  get azure(): string {
    return `azure:${this.origin}`
  }

  count(asked: string): number {
    return this.asked.filter((one) => one === asked).length
  }

  step(job: PlayedJob, step: number, of: number, data: Readonly<Record<string, number>> = {}): void {
    const loss = 3 / (step + 1)
    this.say(job, 'info', `Step ${step}/${of}: training loss=${loss.toFixed(2)}`, {
      ...{ step, total_steps: of, train_loss: loss, ...data }
    })
  }

  say(job: PlayedJob, level: string, message: string, data?: unknown): void {
    job.events.push({
      ...{ id: `ftevent-${++this.#count}`, created_at: 1_790_000_000 + this.#count, level, message },
      ...(data === undefined ? { type: 'message' } : { type: 'metrics', data })
    })
  }

  succeed(job: PlayedJob, model = 'ft:gpt-4.1-mini:our-office:neiro:AbCd'): void {
    Object.assign(job, { status: 'succeeded', fine_tuned_model: model })
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin)
    const path = url.pathname.replace(/^\/(openai\/v1|openai|v1)/, '')
    const name = `${request.method} ${path.replaceAll(/(file|ftjob)-\d+/g, '$1')}`
    const version = url.searchParams.get('api-version')
    if (version !== null) this.versions.add(version)
    this.keys.add(String(request.headers['api-key'] ?? request.headers.authorization ?? ''))
    this.asked.push(name)
    const trouble = this.troubles.find(({ at, times }) => times > 0 && at.test(name))
    if (trouble) trouble.times--
    if (trouble?.cut === 'in the middle') {
      request.once('data', () => request.socket.destroy())
      request.once('end', () => request.socket.destroy())
      return
    }
    const body = await bodyOf(request)
    if (trouble && trouble.cut === undefined) {
      response.writeHead(trouble.status ?? 500, { 'content-type': 'application/json', ...trouble.headers })
      response.end(JSON.stringify({ error: trouble.error ?? { message: 'trouble' } }))
      return
    }
    const said = this.#said(String(request.method), path, url.searchParams, body, request)
    if (trouble?.cut === 'after it') return void request.socket.destroy()
    response.writeHead(said === null ? 404 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(said ?? { error: { message: `no ${path}`, code: 'not_found' } }))
  }

  #said(
    method: string,
    path: string,
    query: URLSearchParams,
    body: Buffer,
    request: IncomingMessage
  ): unknown {
    const json = (): Record<string, unknown> => JSON.parse(body.toString('utf8')) as Record<string, unknown>
    if (path === '/files' && method === 'GET')
      return { object: 'list', data: this.files.map(fileOf), has_more: false }
    if (path === '/files') return fileOf(this.#store(body, String(request.headers['content-type'])))
    const [, fileId] = /^\/files\/([^/]+)$/.exec(path) ?? []
    if (fileId) {
      const file = this.files.find(({ id }) => id === fileId)
      return file ? fileOf(file) : null
    }
    if (/^\/(deployments\/[^/]+\/)?chat\/completions$/.test(path)) return this.#complete(path, json())
    if (path === '/fine_tuning/jobs' && method === 'GET')
      return { object: 'list', data: [...this.jobs].reverse().map(jobOf), has_more: false }
    if (path === '/fine_tuning/jobs') {
      const job: PlayedJob = {
        ...{ id: `ftjob-${++this.#count}`, request: json(), status: 'validating_files' },
        ...{ fine_tuned_model: null, error: null, events: [], checkpoints: [] }
      }
      this.jobs.push(job)
      return jobOf(job)
    }
    const [, jobId, what] = /^\/fine_tuning\/jobs\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? []
    const job = this.jobs.find(({ id }) => id === jobId)
    if (!job) return null
    if (what === 'cancel') job.status = 'cancelled'
    if (what === 'pause') job.status = 'paused'
    if (what === 'resume') job.status = 'running'
    if (what === 'events') return page([...job.events].reverse(), query, 20)
    if (what === 'checkpoints')
      return page(
        job.checkpoints.map((one) => ({
          id: `ftckpt-${one.step_number}`,
          object: 'fine_tuning.job.checkpoint',
          ...one
        })),
        ...([query, 10] as const)
      )
    if (what === undefined) this.script.shift()?.(job)
    return jobOf(job)
  }

  /** multipart/form-data, as the reference has it: the file and its purpose. */
  #store(body: Buffer, type: string): PlayedFile {
    const boundary = /boundary=(?:"([^"]+)"|([^;]+))/.exec(type)
    const parts = body.toString('latin1').split(`--${boundary?.[1] ?? boundary?.[2] ?? '?'}`)
    const own = parts.find((part) => part.includes('filename="')) ?? ''
    const purpose = parts.find((part) => part.includes('name="purpose"')) ?? ''
    if (!purpose.includes('fine-tune')) throw new Error('no purpose')
    const bytes = Buffer.from(own.slice(own.indexOf('\r\n\r\n') + 4, own.lastIndexOf('\r\n')), 'latin1')
    const file: PlayedFile = {
      ...{
        id: `file-${++this.#count}`,
        filename: /filename="([^"]+)"/.exec(own)?.[1] ?? '',
        bytes: bytes.length
      },
      ...{ text: bytes.toString('utf8'), status: 'processed' }
    }
    this.received(file)
    this.files.push(file)
    return file
  }

  #complete(path: string, body: Record<string, unknown>): unknown {
    const model = decodeURIComponent(/^\/deployments\/([^/]+)/.exec(path)?.[1] ?? String(body['model']))
    const messages = body['messages'] as readonly { readonly content: string }[]
    this.questions.push({ model, messages, body })
    const content = this.answer(model, messages.at(-1)?.content ?? '')
    return {
      ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model },
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } }],
      usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 }
    }
  }
}

const fileOf = ({ text: _, ...file }: PlayedFile) => ({
  ...{ object: 'file', purpose: 'fine-tune', created_at: 1 },
  ...file
})

const jobOf = ({ events: _, checkpoints: __, request, ...job }: PlayedJob) => ({
  ...{ object: 'fine_tuning.job', created_at: 1, organization_id: 'org', result_files: [] },
  ...{ model: request['model'], training_file: request['training_file'] },
  ...{ validation_file: request['validation_file'] ?? null, hyperparameters: {}, finished_at: null },
  ...{ seed: request['seed'], trained_tokens: null },
  ...job
})

/** Newest first, from behind `after` on. */
function page(all: readonly { readonly id: string }[], query: URLSearchParams, usual: number): unknown {
  const limit = Math.min(Number(query.get('limit') ?? usual), usual)
  const after = query.get('after')
  const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1
  const data = all.slice(from, from + limit)
  return { object: 'list', data, has_more: from + limit < all.length }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}
