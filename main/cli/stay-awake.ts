// Keeps the machine awake while a run trains, through the program that the system has for that. Where
// there is none, nothing happens. It ends with this process, however that ends.
import { spawn, type ChildProcess } from 'node:child_process'

/** The program, holding its breath for as long as this process lives. */
const programs: Readonly<Partial<Record<NodeJS.Platform, (pid: number) => readonly [string, string[]]>>> = {
  linux: () => [
    'systemd-inhibit',
    // cat ends when its input does, and its input ends with this process
    ['--what=sleep:idle', '--who=Neiro', '--why=Training', '--mode=block', 'cat']
  ],
  darwin: (pid) => ['caffeinate', ['-i', '-w', String(pid)]]
}

/** Answers with the switch. */
export function stayAwake(platform: NodeJS.Platform = process.platform): (active: boolean) => void {
  const program = programs[platform]?.(process.pid)
  let child: ChildProcess | null = null
  return (active) => {
    if (active && !child && program) {
      const [name, args] = program
      // in a session of its own: no question for a password appears on the terminal, and Ctrl-C is not for it
      const started = spawn(name, args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
      child = started
      // not here, or not allowed
      started.on('error', () => undefined)
      started.stdin.on('error', () => undefined)
      started.unref()
    }
    if (!active && child) {
      child.stdin?.destroy()
      child.kill()
      child = null
    }
  }
}
