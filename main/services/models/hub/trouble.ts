// What goes wrong on the way to the hub, as sentences: what may pass by itself (Passing, tried again) and what does not
// (a NeiroError).
import type { IncomingHttpHeaders } from 'node:http'
import { NeiroError } from '../../../contract/errors'

/** Another try may do: after so many milliseconds where the hub has said so. */
export class Passing extends Error {
  constructor(
    readonly error: NeiroError,
    readonly waitMs: number | null = null,
    /** what the system said */
    cause?: unknown
  ) {
    super(error.message, { cause })
  }
}

const offline = /^(ENOTFOUND|EAI_AGAIN|ENETUNREACH|ENETDOWN|EHOSTUNREACH|EADDRNOTAVAIL)$/
const certificate = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|ERR_TLS/

/** Of a connection that failed. */
export function troubleOf(error: unknown, { host, hostname }: URL, proxy: URL | null): Error {
  if (error instanceof NeiroError || error instanceof Passing) return error
  const code = String(
    (error as NodeJS.ErrnoException | null)?.code ?? (error as Error | null)?.message ?? error
  )
  if (certificate.test(code)) return new NeiroError('HUB_CERTIFICATE', { host })
  if (code.startsWith('PROXY_407')) return new NeiroError('HUB_PROXY_PASSWORD', { proxy: proxy?.host ?? '' })
  if (proxy !== null && (code.startsWith('PROXY_') || failedAt(error, hostname)))
    return new Passing(new NeiroError('HUB_PROXY', { proxy: proxy.host }), null, error)
  const isOffline = offline.test(code) || code === 'ECONNREFUSED'
  return new Passing(new NeiroError(isOffline ? 'HUB_OFFLINE' : 'HUB_CUT', { host }), null, error)
}

/** Behind a proxy only the proxy is connected to. */
const failedAt = (error: unknown, hostname: string): boolean => {
  const { code, hostname: at } = error as { code?: string; hostname?: string }
  return (offline.test(code ?? '') || code === 'ECONNREFUSED') && at !== hostname
}

export interface Answered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** of the first hop: the hub itself */
  readonly host: string
  /** whether the hub itself said it, not a store that it led to */
  readonly byHub: boolean
}

/** Of an answer that is no success. message: of its body, as far as it was read. */
export function refusal(
  { status, headers, host, byHub }: Answered,
  model: string,
  pageOf: (model: string) => string,
  hasToken: boolean,
  message = ''
): Error {
  const code = String(headers['x-error-code'] ?? '')
  if (status === 429) {
    const waitMs = waitOf(headers) ?? null
    const seconds = String(Math.ceil((waitMs ?? 60_000) / 1000))
    return new Passing(new NeiroError('HUB_BUSY', { host, seconds }), waitMs)
  }
  if (status === 408 || status >= 500)
    return new Passing(new NeiroError('HUB_TROUBLE', { host, status: String(status) }), waitOf(headers))
  // an address that was signed for a while is asked for again
  if (!byHub && (status === 401 || status === 403))
    return new Passing(new NeiroError('HUB_TROUBLE', { host, status: String(status) }), 0)
  if (code === 'GatedRepo' || (status === 403 && /restricted|gated/i.test(message)))
    return new NeiroError('HUB_GATED', { model, page: pageOf(model) })
  if (status === 401)
    return hasToken && /credential|token/i.test(String(headers['x-error-message'] ?? message))
      ? new NeiroError('HUB_TOKEN_WRONG', { host })
      : new NeiroError('HUB_NOT_FOUND', { model, page: pageOf(model) })
  if (status === 403) return new NeiroError('HUB_DISABLED', { model })
  if (code === 'RevisionNotFound' || code === 'EntryNotFound') return new NeiroError('HUB_GONE', { model })
  if (status === 404 || status === 410) return new NeiroError('HUB_NOT_FOUND', { model, page: pageOf(model) })
  return new NeiroError('HUB_ODD_ANSWER', { host, status: String(status) })
}

const longestWaitMs = 15 * 60_000

/** Retry-After in seconds or as a day, else the reset of the rate limit: RateLimit: "api";r=0;t=55. null: not said. */
export function waitOf(headers: IncomingHttpHeaders, now = Date.now()): number | null {
  const after = headers['retry-after']
  if (after !== undefined) {
    const seconds = /^\d+$/.test(after.trim()) ? Number(after) : (Date.parse(after) - now) / 1000
    if (Number.isFinite(seconds)) return Math.min(longestWaitMs, Math.max(0, seconds * 1000))
  }
  const reset = /(?:^|[;,\s])t=(\d{1,6})/.exec(String(headers['ratelimit'] ?? ''))?.[1]
  return reset === undefined ? null : Math.min(longestWaitMs, Number(reset) * 1000 + 1000)
}
