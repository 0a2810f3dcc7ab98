// Ollama's HTTP interface, as far as a model is created with it. It is asked on this machine only, follows no redirect,
// and what it says has limits: it may be anything that listens there.
import { createReadStream } from 'node:fs'
import { request, type ClientRequest, type IncomingMessage } from 'node:http'
import { NeiroError } from '../../../contract/errors'
import type { OllamaAddress } from './address'

/** bytes of one answer, or of one line of a stream */
const mostBytes = 1 << 20
const askMs = 2000
/** without a sign of life; large models are checked for a while */
export const silentMs = 120_000

export interface Sending {
  readonly signal?: AbortSignal | undefined
  readonly onBytes?: (sent: number) => void
}

export interface CreateBody {
  readonly model: string
  readonly files: Readonly<Record<string, string>>
  readonly template?: string
  readonly system?: string
  readonly license?: string
  readonly parameters: { readonly stop: readonly string[]; readonly num_ctx: number }
}

export class OllamaClient {
  constructor(
    private readonly address: OllamaAddress,
    private readonly silence = silentMs
  ) {}

  /** Null: nothing that calls itself Ollama answers. */
  async version(): Promise<string | null> {
    try {
      const answer = await this.#ask('GET', '/api/version', { ms: askMs })
      if (answer.statusCode !== 200) return drop(answer)
      const { version } = JSON.parse(await textOf(answer)) as { version?: unknown }
      return typeof version === 'string' ? version.slice(0, 40) : null
    } catch {
      return null
    }
  }

  async hasBlob(digest: string, signal?: AbortSignal): Promise<boolean> {
    const answer = await this.#ask('HEAD', `/api/blobs/${digest}`, { signal })
    drop(answer)
    return answer.statusCode === 200
  }

  /** Throws OLLAMA_REFUSED where it says that the bytes are not those of the digest, or else no. */
  async sendBlob(digest: string, file: string, size: number, sending: Sending = {}): Promise<void> {
    const answer = await this.#ask('POST', `/api/blobs/${digest}`, { ...sending, file, size })
    if (answer.statusCode === 200 || answer.statusCode === 201) return void drop(answer)
    throw refused(await textOf(answer), answer.statusCode)
  }

  /** Throws OLLAMA_REFUSED {reason}, or OLLAMA_CUT where it ends without saying that it is done. */
  async create(body: CreateBody, onStatus: (status: string) => void, signal?: AbortSignal): Promise<void> {
    const text = JSON.stringify({ ...body, stream: true })
    const answer = await this.#ask('POST', '/api/create', { signal, text })
    if (answer.statusCode !== 200) throw refused(await textOf(answer), answer.statusCode)
    for await (const line of linesOf(answer)) {
      const { status, error } = statusIn(line)
      if (error !== null) throw refused(JSON.stringify({ error }), 200)
      if (status === 'success') return void drop(answer)
      if (status !== null) onStatus(status)
    }
    throw new NeiroError('OLLAMA_CUT')
  }

  #ask(
    method: string,
    path: string,
    o: Sending & {
      readonly ms?: number
      readonly text?: string
      readonly file?: string
      readonly size?: number
    }
  ): Promise<IncomingMessage> {
    const { ms = this.silence, signal, text, file, size } = o
    return new Promise((resolve, reject) => {
      const length = file === undefined ? Buffer.byteLength(text ?? '') : (size ?? 0)
      const call = request({
        ...{ ...this.address, method, path, agent: false, ...(signal && { signal }) },
        headers: {
          ...(text !== undefined && { 'content-type': 'application/json' }),
          ...(file !== undefined && { 'content-type': 'application/octet-stream' }),
          'content-length': length
        }
      })
      call.setTimeout(ms, () => call.destroy(new NeiroError('OLLAMA_SILENT')))
      call.on('response', resolve)
      call.on('error', (error) => reject(signal?.aborted ? signal.reason : known(error)))
      if (file === undefined) call.end(text)
      else sendFile(call, file, o.onBytes, reject)
    })
  }
}

function sendFile(
  call: ClientRequest,
  file: string,
  onBytes: ((sent: number) => void) | undefined,
  reject: (error: unknown) => void
): void {
  let sent = 0
  const from = createReadStream(file, { highWaterMark: 1 << 20 })
  from.on('data', (bytes) => onBytes?.((sent += bytes.length)))
  from.on('error', (error) => {
    call.destroy()
    reject(error)
  })
  call.on('close', () => from.destroy())
  from.pipe(call)
}

function known(error: Error): unknown {
  if (error instanceof NeiroError) return error
  const { code } = error as NodeJS.ErrnoException
  return new NeiroError(code === 'ECONNREFUSED' ? 'OLLAMA_NOT_RUNNING' : 'OLLAMA_CUT')
}

/** In its own words, shortened: a sentence of ours stands around them. */
function refused(text: string, status: number | undefined): NeiroError {
  let reason = `HTTP ${status ?? 0}`
  try {
    const { error } = JSON.parse(text) as { error?: unknown }
    if (typeof error === 'string' && error !== '') reason = error
  } catch {
    // no words of its own
  }
  return new NeiroError('OLLAMA_REFUSED', { reason: reason.replace(/\p{C}+/gu, ' ').slice(0, 300) })
}

function statusIn(line: string): { readonly status: string | null; readonly error: string | null } {
  try {
    const said = JSON.parse(line) as { status?: unknown; error?: unknown }
    return {
      status: typeof said.status === 'string' ? said.status.slice(0, 200) : null,
      error: said.error === undefined ? null : String(said.error)
    }
  } catch {
    throw new NeiroError('OLLAMA_CUT')
  }
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length
    if (size > mostBytes) {
      answer.destroy()
      break
    }
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

async function* linesOf(answer: IncomingMessage): AsyncGenerator<string> {
  let rest = ''
  const decoder = new TextDecoder()
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      const lines = (rest + decoder.decode(part, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > mostBytes) throw new NeiroError('OLLAMA_CUT')
      for (const line of lines) if (line.trim() !== '') yield line
    }
  } catch (error) {
    throw known(error as Error)
  }
  if (rest.trim() !== '') yield rest
}

function drop(answer: IncomingMessage): null {
  answer.on('error', () => undefined)
  answer.destroy()
  return null
}
