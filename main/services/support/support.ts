// What a user can send to whoever helps: the newest part of the log, masked, and what this Neiro and this PC are.
import { open } from 'node:fs/promises'
import { arch, homedir, hostname, platform, release, userInfo } from 'node:os'
import type { Probe } from '../../../addon/index'
import { logReport, type LogReport } from './log-report'

export interface SupportOptions {
  readonly logFile: string
  readonly appRoot: string
  readonly neiroHome: string
  readonly version: string
  /** null: the engine did not answer */
  readonly machine: Probe | null
  /** of the projects, wherever they lie */
  readonly folders: readonly string[]
}

/** the newest part of the log: enough to see what happened, small enough to be looked through */
const logBytes = 256 * 1024

/** Text and how much of it is masked; of an app that has written no log yet, what it is alone. */
export async function supportReport(o: SupportOptions): Promise<LogReport> {
  return logReport({
    log: await endOf(o.logFile),
    about: [
      `Neiro ${o.version}, Node ${process.versions.node}${electron()}`,
      `${platform()} ${release()} ${arch()}`,
      ...(o.machine
        ? [`${o.machine.processorName} x ${o.machine.processors}, ${o.machine.backend}`, gpuLine(o.machine)]
        : [])
    ],
    appRoot: o.appRoot,
    folders: [o.neiroHome, homedir(), ...o.folders],
    names: [userName(), hostname()].filter((name) => name !== 'localhost')
  })
}

const gpuLine = ({ gpu, noGpu }: Probe): string =>
  gpu ? `${gpu.name}, compute ${gpu.compute}` : `no GPU: ${noGpu?.reason ?? 'unknown'}`

const electron = (): string =>
  process.versions['electron'] ? `, Electron ${process.versions['electron']}` : ''

/** Some systems have a user without a name. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return ''
  }
}

/** From the first whole line of the newest part. */
async function endOf(file: string): Promise<string> {
  const handle = await open(file).catch(() => null)
  if (!handle) return ''
  try {
    const { size } = await handle.stat()
    const from = Math.max(0, size - logBytes)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from)
    const text = buffer.subarray(0, bytesRead).toString('utf8')
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1)
  } finally {
    await handle.close()
  }
}
