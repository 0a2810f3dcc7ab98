// Which proxy stands before an address: the one that was set, else the environment's (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY),
// unless NO_PROXY names the host. Pure.

export type Environment = Readonly<Record<string, string | undefined>>

/** set: of the settings, '' = none. Answers null where there is none. */
export function proxyFor(address: URL, set: string, env: Environment): URL | null {
  // a hub on this very machine is behind no proxy
  if (isLoopback(address.hostname)) return null
  const of = (name: string): string => env[name.toLowerCase()] ?? env[name] ?? ''
  if (excluded(address, of('NO_PROXY'))) return null
  const named = set || of(address.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') || of('ALL_PROXY')
  return named === '' ? null : readProxy(named)
}

/** company:8080 is http://company:8080; null where it is none that can be used. */
export function readProxy(text: string): URL | null {
  const address = /^[a-z][\w+.-]*:\/\//i.test(text) ? text : `http://${text}`
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '' ? url : null
}

/** As curl and Python read it: *, a host with all below it, with or without a port. */
function excluded({ hostname, port, protocol }: URL, list: string): boolean {
  const own = port || (protocol === 'https:' ? '443' : '80')
  return list
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      if (entry === '*') return true
      const [, named = '', portNamed] = /^\.?(.*?)(?::(\d+))?$/.exec(entry.replace(/^\*\./, '')) ?? []
      const host = named.toLowerCase()
      return (
        (hostname === host || hostname.endsWith(`.${host}`)) && (portNamed === undefined || portNamed === own)
      )
    })
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
