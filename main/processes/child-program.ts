// A program of ours in a process of its own, as whoever started it sees it: a forked Node program as it is, a utility
// process of Electron through an adapter (main/shell/utility-process.ts).
import { fork } from 'node:child_process'
import type { Readable } from 'node:stream'

export interface ProgramOptions {
  readonly program: string
  /** for lists of processes */
  readonly name: string
  readonly env?: Readonly<Record<string, string>>
  /** for Node itself */
  readonly execArgv?: readonly string[]
}

export interface ChildProgram {
  readonly pid?: number | undefined
  readonly connected: boolean
  readonly stdout: Readable | null
  readonly stderr: Readable | null
  send(message: unknown, sent: () => void): unknown
  disconnect(): void
  kill(signal: 'SIGKILL'): unknown
  /** whether a program that has nothing else to do waits for it; a utility process has no such thing */
  hold?(on: boolean): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'exit', listener: (code: number | null, signal: string | null) => void): unknown
}

export type StartProgram = (options: ProgramOptions) => ChildProgram

export const forkProgram: StartProgram = ({ program, env, execArgv = [] }) => {
  const child = fork(program, [], {
    serialization: 'advanced', // typed arrays survive
    execArgv: [...execArgv], // no debugger port or loader of ours
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env }
  })
  const holders = [child, child.channel, child.stdout, child.stderr] as readonly {
    ref?(): void
    unref?(): void
  }[]
  return Object.assign(child, {
    hold(on: boolean): void {
      for (const one of holders)
        if (on) one?.ref?.()
        else one?.unref?.()
    }
  }) as ChildProgram
}
