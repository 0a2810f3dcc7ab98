// The built command line as a person runs it: text out, Ctrl-C sent when some text has appeared.
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

const cli = resolve(import.meta.dirname, '../../out/main/cli.js')

export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** what starts it */
  readonly before?: readonly string[]
  /** Ctrl-C, once each time this text has newly appeared on standard output */
  readonly interruptAt?: readonly string[]
}

export function runNeiro(args: readonly string[], o: RunOptions = {}): Promise<Ended> {
  return new Promise((done, fail) => {
    const [program = '', ...rest] = [...(o.before ?? []), process.execPath, cli, ...args]
    const child = spawn(program, rest, {
      env: { ...process.env, NO_COLOR: '1', ...o.env }
    })
    const waiting = [...(o.interruptAt ?? [])]
    let stdout = ''
    let stderr = ''
    let looked = 0
    child.stdout.on('data', (data: Buffer) => {
      stdout += data.toString()
      const at = waiting[0] === undefined ? -1 : stdout.indexOf(waiting[0], looked)
      if (at < 0) return
      looked = at + (waiting.shift()?.length ?? 0)
      child.kill('SIGINT')
    })
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
    child.on('error', fail)
    child.on('close', (status) => done({ status, stdout, stderr }))
    child.stdin.end(o.input ?? '')
  })
}
