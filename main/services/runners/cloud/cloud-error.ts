// What a service refuses, as errors of ours: each with the service's own reason, cut short. Pure.
import { NeiroError } from '../../../contract/errors'

/** As the client of the API throws it. */
interface Refusal {
  readonly status?: unknown
  readonly code?: unknown
  readonly message?: unknown
  readonly headers?: unknown
  readonly error?: unknown
  readonly cause?: unknown
}

/** of a stranger's sentence */
const mostReason = 300

export const shortReason = (text: string): string => {
  const plain = text.replaceAll(/\s+/g, ' ').trim()
  return plain.length > mostReason ? `${plain.slice(0, mostReason)}…` : plain
}

/** Words by which the services say that it is what stands in the texts. */
const ofContent = /unsafe|content_?(filter|policy)|moderation|usage polic|responsible ?ai|harmful/i

export const isAboutContent = (code: string, reason: string): boolean =>
  ofContent.test(code) || ofContent.test(reason)

/** The same of whatever was thrown. HUB_PROXY_PASSWORD, HUB_CERTIFICATE: of the way out. PLACE_UNREACHABLE, PLACE_BUSY {seconds}: worth trying again; CLOUD_KEY_REFUSED, CLOUD_NO_CREDIT,
 *  CLOUD_NOT_FOUND, CLOUD_FILE_REFUSED, CLOUD_CONTENT_REFUSED, CLOUD_REFUSED: not. */
export function cloudError(thrown: unknown, place: string): NeiroError {
  if (thrown instanceof NeiroError) return thrown
  const { status, code, message, headers, error, cause } = (
    typeof thrown === 'object' && thrown !== null ? thrown : {}
  ) as Refusal
  const reason = shortReason(saidIn(error) ?? (typeof message === 'string' ? message : String(thrown)))
  const name = typeof code === 'string' ? code : ''
  if (typeof status !== 'number') {
    // the way out of the office, which says itself what it lacks
    if (cause instanceof NeiroError) return cause
    const why = cause instanceof Error ? whyOf(cause) : reason
    const said = { place, reason: shortReason(why) }
    // it would lead to another address than was agreed to
    return /redirect/i.test(why)
      ? new NeiroError('CLOUD_REFUSED', said)
      : new NeiroError('PLACE_UNREACHABLE', said)
  }
  const details = { place, reason }
  if (status === 401 || status === 403) return new NeiroError('CLOUD_KEY_REFUSED', details)
  if (status === 429 && /insufficient_quota|billing/i.test(`${name} ${reason}`))
    return new NeiroError('CLOUD_NO_CREDIT', details)
  if (status === 429) return new NeiroError('PLACE_BUSY', { place, seconds: String(secondsIn(headers)) })
  if (status === 404) return new NeiroError('CLOUD_NOT_FOUND', details)
  if (status === 413) return new NeiroError('CLOUD_FILE_REFUSED', details)
  if (status >= 500 || status === 408)
    return new NeiroError('PLACE_UNREACHABLE', { place, reason: `${status} ${reason}` })
  return isAboutContent(name, reason)
    ? new NeiroError('CLOUD_CONTENT_REFUSED', details)
    : new NeiroError('CLOUD_REFUSED', details)
}

const saidIn = (error: unknown): string | null => {
  const message = (error as { readonly message?: unknown } | null | undefined)?.message
  return typeof message === 'string' ? message : null
}

/** The innermost tells why. */
function whyOf(error: Error): string {
  let inner = error
  while (inner.cause instanceof Error) inner = inner.cause
  const { code } = inner as NodeJS.ErrnoException
  return inner.message || code || inner.name
}

/** waited where it is not said */
const usualWait = 20
/** it is not believed that it means more */
const longestWait = 3600

/** Retry-After: seconds, or a date. */
function secondsIn(headers: unknown): number {
  const said = headers instanceof Headers ? headers.get('retry-after') : null
  if (said === null) return usualWait
  const seconds = /^\d+(\.\d+)?$/.test(said.trim()) ? Number(said) : (Date.parse(said) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), longestWait) : usualWait
}
