// How a store of bytes misbehaves: cuts, lies, and answers that go on for ever.
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'

export const storeFaults = [
  'cut-early',
  'cut-late',
  'wrong-bytes',
  'too-short',
  'too-long',
  'endless',
  'stalled',
  'whole',
  'whole-cut',
  'other-etag',
  'lying-length',
  'gzip',
  'gzip-cut',
  'gzip-range',
  'other-range',
  'past-the-end',
  'expired',
  'store-busy',
  'store-trouble',
  'empty'
] as const
export type StoreFault = (typeof storeFaults)[number]

export function misbehaveInStore(
  fault: StoreFault,
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer
): void {
  const [, first, last] = /^bytes=(\d+)-(\d+)?$/.exec(request.headers.range ?? '') ?? []
  const from = Number(first ?? 0)
  const to = Math.min(bytes.length, last === undefined ? bytes.length : Number(last) + 1)
  const part = bytes.subarray(from, to)
  const status = first === undefined ? 200 : 206
  const range = `bytes ${from}-${to - 1}/${bytes.length}`
  const headers = { 'Content-Length': part.length, ...(status === 206 && { 'Content-Range': range }) }
  /** so many of the bytes, and the line breaks */
  const cutAfter = (count: number): void => {
    response.writeHead(status, headers)
    if (count > 0) response.write(part.subarray(0, count))
    setTimeout(() => response.destroy(), 1)
  }
  switch (fault) {
    case 'cut-early':
      return cutAfter(Math.min(part.length - 1, Math.floor(Math.random() * 64)))
    case 'cut-late':
      return cutAfter(Math.max(0, part.length - 1 - Math.floor(Math.random() * 64)))
    case 'wrong-bytes': {
      const wrong = Buffer.from(part)
      const at = Math.floor(Math.random() * wrong.length)
      wrong[at] = (wrong[at] ?? 0) ^ 0x55
      return void response.writeHead(status, headers).end(wrong)
    }
    case 'too-short':
      // chunked: its end looks whole
      delete (headers as { 'Content-Length'?: number })['Content-Length']
      return void response.writeHead(status, headers).end(part.subarray(0, part.length >> 1))
    case 'too-long':
      delete (headers as { 'Content-Length'?: number })['Content-Length']
      return void response.writeHead(status, headers).end(Buffer.concat([part, randomBytes(100)]))
    case 'endless':
      delete (headers as { 'Content-Length'?: number })['Content-Length']
      response.writeHead(status, headers)
      response.write(part)
      return pour(response)
    case 'stalled':
      response.writeHead(status, headers)
      return void response.write(part.subarray(0, part.length >> 1))
    case 'whole':
      return void response.writeHead(200, { 'Content-Length': bytes.length }).end(bytes)
    case 'whole-cut':
      response.writeHead(200, { 'Content-Length': bytes.length })
      response.write(bytes.subarray(0, Math.floor(Math.random() * bytes.length)))
      return void setTimeout(() => response.destroy(), 1)
    case 'other-etag':
      return void response.writeHead(status, { ...headers, ETag: `"other-${Math.random()}"` }).end(part)
    case 'lying-length':
      response.writeHead(status, { ...headers, 'Content-Length': part.length + 50 })
      response.write(part)
      return void setTimeout(() => response.destroy(), 1)
    case 'gzip': {
      const packed = gzipSync(bytes)
      return void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(packed)
    }
    case 'gzip-cut': {
      const packed = gzipSync(bytes)
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': packed.length })
      response.write(packed.subarray(0, packed.length >> 1))
      return void setTimeout(() => response.destroy(), 1)
    }
    case 'gzip-range':
      return void response.writeHead(status, { ...headers, 'Content-Encoding': 'gzip' }).end(part)
    case 'other-range':
      return void response
        .writeHead(206, {
          'Content-Length': part.length,
          'Content-Range': `bytes ${from + 7}-${to + 6}/${bytes.length}`
        })
        .end(part)
    case 'past-the-end':
      return void response.writeHead(416, { 'Content-Range': `bytes */${bytes.length}` }).end()
    case 'expired':
      return void response.writeHead(403).end('Request has expired')
    case 'store-busy':
      return void response.writeHead(429, { 'Retry-After': '0' }).end()
    case 'store-trouble':
      return void response.writeHead(500 + Math.floor(Math.random() * 5)).end()
    case 'empty':
      return void response.writeHead(status).end()
  }
}

/** Until the other side has had enough. */
function pour(response: ServerResponse): void {
  const more = (): void => {
    if (response.destroyed) return
    if (response.write(randomBytes(4096))) setTimeout(more, 1)
    else response.once('drain', more)
  }
  more()
}
