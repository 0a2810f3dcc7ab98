// Which keys a host is known by: the user's own known_hosts, as ssh keeps it. A host that is not in it was never met, and
// one with another key is not the one that was met. Pure. sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT".
import { createHash, createHmac } from 'node:crypto'

export interface HostKey {
  /** ssh-ed25519 … */
  readonly type: string
  /** in Base64, as the file has it */
  readonly key: string
}

/** Keys of the host on this port; [revoked]: such a key is worse than none. */
export function keysOf(
  text: string,
  host: string,
  port: number
): { readonly known: readonly HostKey[]; readonly revoked: readonly HostKey[] } {
  const name = (port === 22 ? host : `[${host}]:${port}`).toLowerCase()
  const known: HostKey[] = []
  const revoked: HostKey[] = []
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/)
    const mark = words[0]?.startsWith('@') ? words.shift() : undefined
    const [hosts = '', type = '', key = ''] = words
    // certificates are signed by what @cert-authority names: not read here
    if (hosts === '' || hosts.startsWith('#') || key === '' || mark === '@cert-authority') continue
    if (!isNamed(hosts, name)) continue
    ;(mark === '@revoked' ? revoked : known).push({ type, key })
  }
  return { known, revoked }
}

function isNamed(hosts: string, name: string): boolean {
  if (hosts.startsWith('|1|')) {
    const [, , salt = '', hash = ''] = hosts.split('|')
    return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash
  }
  const patterns = hosts.toLowerCase().split(',')
  const matches = (pattern: string): boolean => fits(pattern, name)
  if (patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1)))) return false
  return patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern))
}

/** * stands for anything, ? for one sign. A star takes more only where what follows it does not come. */
function fits(pattern: string, name: string): boolean {
  let [at, on, star, from] = [0, 0, -1, 0]
  while (on < name.length) {
    if (pattern[at] === '*') [star, from] = [at++, on]
    else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[on]))
      [at, on] = [at + 1, on + 1]
    else if (star >= 0) [at, on] = [star + 1, ++from]
    else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}

/** As ssh shows it: SHA256:…, without the filling at its end. */
export const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').slice(0, 43)}`
