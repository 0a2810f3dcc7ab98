// Which user of this machine a connection comes from, where the system tells (Linux). Whoever else works on the machine
// has nothing to do here, whatever cookie or address they have come by.
import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'

/** 127.0.0.1 as the system's tables write it; at the end of it where it stands in the longer form */
const loopback = '0100007F'

/** From another user than ours. Not known is no: then the cookie alone decides. */
export function isOthers(
  { remotePort, localPort }: Pick<Socket, 'remotePort' | 'localPort'>,
  own: number | undefined = process.getuid?.(),
  tables: () => readonly string[] = systemTables
): boolean {
  if (own === undefined || remotePort === undefined || localPort === undefined) return false
  for (const table of tables()) {
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
  const line = table.split('\n').find((one) => {
    const [, here = '', there = ''] = one.trim().split(/\s+/)
    return here.endsWith(local) && there.endsWith(remote)
  })
  const user = line?.trim().split(/\s+/)[7]
  return user === undefined ? null : Number(user)
}

function systemTables(): readonly string[] {
  if (process.platform !== 'linux') return []
  return ['/proc/self/net/tcp', '/proc/self/net/tcp6'].map((file) => {
    try {
      return readFileSync(file, 'utf8')
    } catch {
      return ''
    }
  })
}
