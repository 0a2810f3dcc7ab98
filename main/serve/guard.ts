// Who may speak to the served window: this machine's browser, with the token that only the terminal showed.
// The token in the address is exchanged once for a cookie; Host and Origin are checked on every request, so
// that neither another site (cross-site request, DNS rebinding) nor another user of the network gets in.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface Guard {
  readonly token: string
  /** value of the Set-Cookie header that the right token is exchanged for */
  setCookie(): string
  hostAllowed(request: IncomingMessage): boolean
  /** required: for writes and sockets, which browsers always send it with */
  originAllowed(request: IncomingMessage, required: boolean): boolean
  tokenRight(given: string | null): boolean
  signedIn(request: IncomingMessage): boolean
}

export function createGuard(port: () => number): Guard {
  const token = randomBytes(24).toString('base64url')
  const session = randomBytes(24).toString('base64url')
  // cookies know no ports: two windows served at once must not overwrite each other's
  const cookieName = (): string => `neiro-${port()}`
  const names = (): readonly string[] => [`127.0.0.1:${port()}`, `localhost:${port()}`, `[::1]:${port()}`]

  return {
    token,
    setCookie: () => `${cookieName()}=${session}; HttpOnly; SameSite=Strict; Path=/`,
    hostAllowed: (request) => names().includes(request.headers.host ?? ''),
    originAllowed(request, required) {
      const { origin } = request.headers
      if (origin === undefined) return !required
      return names().some((name) => origin === `http://${name}`)
    },
    tokenRight: (given) => given !== null && same(given, token),
    signedIn(request) {
      const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim())
      return cookies.some(
        (cookie) =>
          cookie.startsWith(`${cookieName()}=`) && same(cookie.slice(cookieName().length + 1), session)
      )
    }
  }
}

/** Equal in constant time, whatever the lengths. */
function same(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
