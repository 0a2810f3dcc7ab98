// Who may ask: whoever shows the key. Host and Origin are looked at first, so that no page of another site gets an
// answer in a browser on this machine (cross-site request, DNS rebinding).
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { NeiroError } from '../contract/errors'
import { sameKey } from '../services/serving/api-key'

export interface AdmissionOptions {
  /** null: whoever is on this machine */
  readonly key: () => string | null
  readonly port: () => number
  /** others than this machine may come */
  readonly open: boolean
  /** sites whose pages may ask: https://intranet.example */
  readonly origins: readonly string[]
}

/** Throws API_HOST_REFUSED, API_ORIGIN_REFUSED. */
export function checkSource(request: IncomingMessage, o: AdmissionOptions): void {
  const { host = '', origin } = request.headers
  if (!hostAllowed(host, o)) throw new NeiroError('API_HOST_REFUSED', { host: host.slice(0, 200) })
  if (origin === undefined || o.origins.includes(origin)) return
  throw new NeiroError('API_ORIGIN_REFUSED', { origin: origin.slice(0, 200) })
}

/** Throws API_KEY_MISSING, API_KEY_WRONG. */
export function checkKey(request: IncomingMessage, { key }: AdmissionOptions): void {
  const right = key()
  if (right === null) return
  const [scheme = '', shown = ''] = (request.headers.authorization ?? '').split(' ')
  if (scheme.toLowerCase() !== 'bearer' || shown === '') throw new NeiroError('API_KEY_MISSING')
  if (!sameKey(shown, right)) throw new NeiroError('API_KEY_WRONG')
}

/** By a number, or by this machine's own name: a name of somebody else's may be made to lead here. */
function hostAllowed(host: string, { port, open }: AdmissionOptions): boolean {
  const parsed = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : null
  if (!parsed || host.includes('@') || host.includes('/')) return false
  const name = parsed.hostname.replace(/^\[|\]$/g, '')
  const here = ['127.0.0.1', '::1', 'localhost'].includes(name)
  if (!open) return here && (parsed.port || '80') === String(port())
  const own = hostname().toLowerCase()
  return here || isIP(name) !== 0 || name === own || name === `${own}.local`
}
