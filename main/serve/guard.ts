// Who may speak to the served window: this machine's browser, with the token that only the terminal showed.
// The token in the address is exchanged once for a cookie and is worth nothing from then on, wherever it was kept
// (a history, a log); another browser needs the next one. Host and Origin are checked on every request, so that
// neither another site (cross-site request, DNS rebinding) nor another user of the network gets in.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface Guard {
  /** what the next browser comes with */
  readonly token: string
  /** another one; the one before is worth nothing from then on */
  renew(): void
  hostAllowed(request: IncomingMessage): boolean
  /** required: for writes and sockets, which browsers always send it with */
  originAllowed(request: IncomingMessage, required: boolean): boolean
  /** The right token is spent, and there is a new one: the value of the Set-Cookie header for this browser. Else null. */
  spend(given: string | null): string | null
  signedIn(request: IncomingMessage): boolean
}

/** The one that came first is let go for another. */
const mostBrowsers = 32

export function createGuard(port: () => number): Guard {
  const newSecret = (): string => randomBytes(24).toString('base64url')
  let token = newSecret()
  /** one a browser */
  const sessions: string[] = []
  // cookies know no ports: two windows served at once must not overwrite each other's
  const cookieName = (): string => `neiro-${port()}`
  const names = (): readonly string[] => [`127.0.0.1:${port()}`, `localhost:${port()}`, `[::1]:${port()}`]

  return {
    get token() {
      return token
    },
    renew() {
      token = newSecret()
    },
    hostAllowed: (request) => names().includes(request.headers.host ?? ''),
    originAllowed(request, required) {
      const { origin } = request.headers
      if (origin === undefined) return !required
      return names().some((name) => origin === `http://${name}`)
    },
    spend(given) {
      if (given === null || !same(given, token)) return null
      token = newSecret()
      const session = newSecret()
      if (sessions.push(session) > mostBrowsers) sessions.shift()
      return `${cookieName()}=${session}; HttpOnly; SameSite=Strict; Path=/`
    },
    signedIn(request) {
      const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim())
      const shown = cookies
        .filter((cookie) => cookie.startsWith(`${cookieName()}=`))
        .map((cookie) => cookie.slice(cookieName().length + 1))
        .slice(0, 3)
      return shown.some((one) => sessions.some((session) => same(one, session)))
    }
  }
}

/** Equal in constant time, whatever the lengths. */
function same(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
