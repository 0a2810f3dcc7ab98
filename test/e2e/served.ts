// `neiro serve` as a process of its own, on a data folder of the test: the address it prints, and its death.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Language } from '../../main/contract/language'

const cli = resolve(import.meta.dirname, '../../out/main/cli.js')

export interface Served {
  /** with the token, for one browser: read it anew for each */
  readonly url: string
  readonly pid: number
  /** its trainer processes, its readers, and whatever else it started (Linux only) */
  children(): number[]
  /** of them, those that calculate */
  engines(): number[]
  /** as a user ends it: Ctrl-C */
  stop(signal?: NodeJS.Signals): Promise<void>
  /** at once, with everything it started left behind */
  kill(): Promise<void>
}

/** A room's address for a browser that came in already: without the token, which is spent. */
export const roomAt = (url: string, hash: string): string => new URL(`/${hash}`, url).href

export interface ServeOptions {
  /** of the user who starts it; the window begins with it */
  readonly language?: Language
  /** arguments for Node itself */
  readonly node?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** default: a free one */
  readonly port?: number
  /** what starts it */
  readonly before?: readonly string[]
  /** more of the command line */
  readonly args?: readonly string[]
}

/** `folder` becomes the user's home (what the window's own browser of folders opens with) and holds the data. */
export async function startServed(folder: string, o: ServeOptions = {}): Promise<Served> {
  const locale = o.language === 'en' ? 'en_US.UTF-8' : 'ja_JP.UTF-8'
  mkdirSync(folder, { recursive: true })
  const args = [cli, 'serve', '--port', String(o.port ?? 0), ...(o.args ?? [])]
  const [program = '', ...rest] = [...(o.before ?? []), process.execPath, ...(o.node ?? []), ...args]
  const child = spawn(program, rest, {
    env: {
      ...process.env,
      HOME: folder,
      NEIRO_HOME: resolve(folder, 'neiro'),
      LANG: locale,
      LC_ALL: locale,
      NO_COLOR: '1',
      ...o.env
    },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  // a program that ends in the middle takes what it has started along
  const takeAlong = (): boolean => child.kill('SIGKILL')
  process.once('exit', takeAlong)
  const gone = new Promise<void>((done) =>
    child.on('exit', () => {
      process.off('exit', takeAlong)
      done()
    })
  )
  const pid = child.pid ?? 0
  const url = await addresses(child)
  return {
    get url() {
      return url()
    },
    pid,
    children: () => childrenOf(pid),
    engines: () => childrenOf(pid).filter((child) => /trainer\.js/.test(commandOf(child))),
    stop(signal = 'SIGINT') {
      child.kill(signal)
      return gone
    },
    kill() {
      child.kill('SIGKILL')
      return gone
    }
  }
}

/** The newest address that it has told; there is a new one after each browser that came in. */
function addresses(child: ChildProcess): Promise<() => string> {
  return new Promise((found, failed) => {
    let said = ''
    const hear = (data: Buffer): void => {
      said += data.toString()
      // a line that is not whole yet may hold half an address
      const newest = (): string =>
        [...said.matchAll(/http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+(?=\n)/g)].at(-1)?.[0] ?? ''
      if (newest() !== '') found(newest)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.on('exit', (code) => failed(new Error(`neiro serve ended with ${code}: ${said}`)))
  })
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        // "pid (name) state ppid ..."
        return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(parent)
      } catch {
        return false
      }
    })
    .map(Number)
}
