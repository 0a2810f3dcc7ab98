// How the client of a service reaches it: over the lines by which models are fetched (the office's proxy, its certificates),
// as a fetch of the few kinds that the client asks with.
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { NeiroError } from '../../../contract/errors'
import { Connections } from '../../models/hub/connections'
import type { Environment } from '../../models/hub/proxy'
import { Passing } from '../../models/hub/trouble'

/** As it is set for models: one place says how this machine gets out. */
export interface WayOut {
  readonly proxy: string
  /** a PEM file; '' = none */
  readonly certificates: string
  readonly env: Environment
}

/** no byte for so long is a cut, milliseconds */
const silenceMs = 300_000

/** Throws what the way out is at fault for (HUB_PROXY_PASSWORD, HUB_CERTIFICATE), and what the system says of the rest. */
export function fetchBy(way: WayOut): typeof fetch {
  const connections = new Connections({ ...way, silenceMs })
  const ask = async (address: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(address instanceof Request ? address.url : address)
    const { content, type } = contentOf(init.body)
    const headers = {
      ...Object.fromEntries(new Headers(init.headers)),
      ...(type !== null && { 'content-type': type }),
      ...(content && { 'content-length': String(content.size) })
    }
    const signal = init.signal ?? new AbortController().signal
    const body = content && Readable.fromWeb(content.stream() as ReadableStream)
    const answer = await connections
      .open(url, headers, signal, { method: init.method ?? 'GET', ...(body && { body }) })
      .catch((error: unknown) => {
        throw plain(error)
      })
    const { statusCode: status = 0, statusMessage: statusText = '' } = answer
    if (status >= 300 && status < 400) {
      answer.destroy()
      // a service that sends elsewhere would be sent the data: that was not agreed to
      throw new TypeError('a redirect, which is not followed')
    }
    const isEmpty = status === 204 || status === 205
    if (isEmpty) answer.resume()
    return new Response(isEmpty ? null : (Readable.toWeb(answer) as never), {
      ...{ status, statusText, headers: headersOf(answer.rawHeaders) }
    })
  }
  // the client looks there for what a form becomes
  return Object.assign(ask, { Response })
}

/** What may pass by itself is told by the system's own word. */
function plain(error: unknown): unknown {
  if (!(error instanceof Passing)) return error
  if (error.error.code !== 'HUB_PROXY') return error.cause ?? error.error
  return new Error(`proxy ${String(error.error.details.proxy)}`, { cause: undefined })
}

function headersOf(raw: readonly string[]): Headers {
  const headers = new Headers()
  for (let at = 0; at + 1 < raw.length; at += 2) headers.append(raw[at] ?? '', raw[at + 1] ?? '')
  return headers
}

function contentOf(body: RequestInit['body']): {
  readonly content: Blob | null
  readonly type: string | null
} {
  if (body === undefined || body === null) return { content: null, type: null }
  if (typeof body === 'string') return { content: new Blob([body]), type: null }
  if (body instanceof FormData) return formOf(body)
  throw new NeiroError('INTERNAL', { reason: 'a body of another kind' })
}

/** Files in it are read from the disk as it is sent; its length is known before. */
function formOf(form: FormData): { readonly content: Blob; readonly type: string } {
  const boundary = `neiro-${randomUUID()}`
  const parts = [...form].flatMap(([name, value]) => {
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(name)}"`
    return typeof value === 'string'
      ? [`${head}\r\n\r\n${value}\r\n`]
      : [
          `${head}; filename="${quoted(value.name)}"\r\n`,
          `content-type: ${value.type || 'application/octet-stream'}\r\n\r\n`,
          value,
          '\r\n'
        ]
  })
  return {
    content: new Blob([...parts, `--${boundary}--\r\n`]),
    type: `multipart/form-data; boundary=${boundary}`
  }
}

const quoted = (text: string): string =>
  text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
