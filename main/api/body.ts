// The body of a request as JSON: bounded in size and in time, and never taken for longer than the client is there.
import type { IncomingMessage } from 'node:http'
import { NeiroError } from '../contract/errors'
import { isObject, type Json } from './fields'

export interface BodyLimits {
  readonly mostBytes: number
  /** for all of it */
  readonly patienceMs: number
}

/** Throws API_BODY_TOO_LARGE {most}, API_BODY_TOO_SLOW, API_BODY_NOT_JSON, or CANCELLED where the client is gone. */
export async function readJson(request: IncomingMessage, limits: BodyLimits): Promise<Json> {
  const text = await readText(request, limits)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new NeiroError('API_BODY_NOT_JSON')
  }
  if (!isObject(value)) throw new NeiroError('API_BODY_NOT_JSON')
  return value
}

function readText(request: IncomingMessage, { mostBytes, patienceMs }: BodyLimits): Promise<string> {
  const tooLarge = (): NeiroError =>
    new NeiroError('API_BODY_TOO_LARGE', { most: String(mostBytes / 2 ** 20) })
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return Promise.reject(tooLarge())
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    let bytes = 0
    const timer = setTimeout(() => fail(new NeiroError('API_BODY_TOO_SLOW')), patienceMs)
    const fail = (error: Error): void => {
      clearTimeout(timer)
      // nothing more of it is kept
      pieces.length = 0
      request.removeAllListeners('data')
      request.pause()
      reject(error)
    }
    request.on('data', (piece: Buffer) => {
      bytes += piece.length
      if (bytes > mostBytes) fail(tooLarge())
      else pieces.push(piece)
    })
    request.once('end', () => {
      clearTimeout(timer)
      resolve(Buffer.concat(pieces).toString('utf8'))
    })
    request.once('close', () => fail(new NeiroError('CANCELLED')))
    request.once('error', () => fail(new NeiroError('CANCELLED')))
  })
}
