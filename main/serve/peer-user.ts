// Which user of this machine a connection comes from, where the system tells (Linux). Whoever else works on the machine
// has nothing to do here, whatever cookie or address they have come by.
import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'

/** 127.0.0.1 as the system's tables write it; at the end of it where it stands in the longer form */
const loopback = '0100007F'

/** What the system says of all connections: as it was a moment ago, or at this one. */
type Tables = (now: boolean) => readonly string[]

/** From another user than ours. Not known is no: then the cookie alone decides. */
export function isOthers(
  { remotePort, localPort }: Pick<Socket, 'remotePort' | 'localPort'>,
  own: number | undefined = process.getuid?.(),
  tables: Tables = systemTables
): boolean {
  if (own === undefined || remotePort === undefined || localPort === undefined) return false
  // those that came together stand in it together: to have it made for each of hundreds would hold everybody else up
  for (const now of [false, true])
    for (const table of tables(now)) {
      const user = userIn(table, remotePort, localPort)
      // root can do as it likes anyway; relays of the system (WSL) are root's
      if (user !== null) return user !== own && user !== 0
    }
  return false
}

/** "n: local:port remote:port state queues timer retransmissions USER ..."; null where it does not stand there */
function userIn(table: string, from: number, to: number): number | null {
  const address = (port: number): string => `${loopback}:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const [local, remote] = [address(from), address(to)]
  for (let at = table.indexOf(local); at >= 0; at = table.indexOf(local, at + 1)) {
    const [here, there = '', , , , , user] = table.slice(at, at + longestRest).split(/\s+/)
    if (here === local && there.endsWith(remote)) return Number(user)
  }
  return null
}
/** characters of a line from its first address on that are looked at, the user among them */
const longestRest = 160

/** Milliseconds: no port has another owner so soon. */
const mostAge = 30
let known: { readonly at: number; readonly tables: readonly string[] } | null = null

function systemTables(now: boolean): readonly string[] {
  if (process.platform !== 'linux') return []
  if (!now) return known && performance.now() - known.at < mostAge ? known.tables : []
  // the system makes each anew when it is read, and walks over all connections of the machine for it
  const tables = ['/proc/self/net/tcp', '/proc/self/net/tcp6'].map((file) => {
    try {
      return readFileSync(file, 'utf8')
    } catch {
      return ''
    }
  })
  known = { at: performance.now(), tables }
  return tables
}
