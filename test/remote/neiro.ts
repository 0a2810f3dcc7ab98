// The built command line as a process, with --json: what it says, event by event.
import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const root = join(import.meta.dirname, '../..')

export type Heard = Record<string, unknown>[]

/** before: what starts it */
export function neiro(
  args: readonly string[],
  home: string,
  before: readonly string[] = []
): [ChildProcess, Heard] {
  const heard: Heard = []
  const cli = join(root, 'out/main/cli.js')
  const [program = '', ...rest] = [...before, process.execPath, cli, ...args, '--json', '--lang', 'en']
  const child = spawn(program, rest, {
    cwd: root,
    env: { ...process.env, NEIRO_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  for (const stream of [child.stdout, child.stderr])
    if (stream)
      createInterface({ input: stream }).on('line', (line) => {
        try {
          heard.push(JSON.parse(line) as Record<string, unknown>)
        } catch {
          process.stderr.write(`${line}\n`)
        }
      })
  return [child, heard]
}

/** To its end, whatever that is. */
export async function events(args: readonly string[], home: string, most?: number): Promise<Heard> {
  const [child, heard] = neiro(args, home)
  await held(() => child.exitCode !== null, null, most)
  if (child.exitCode !== 0) process.stderr.write(`exit ${child.exitCode}: ${JSON.stringify(heard.at(-1))}\n`)
  return heard
}

/** Waits for something that happens in a child that lives. */
export async function held(done: () => boolean, child: ChildProcess | null, most = 600_000): Promise<void> {
  const end = Date.now() + most
  while (!done()) {
    if (Date.now() > end) throw new Error('it took too long')
    if (child && child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    await sleep(100)
  }
}

/** A training begun, and told of up to this step. */
export async function upTo(
  step: number,
  args: readonly string[],
  home: string
): Promise<[ChildProcess, Heard]> {
  const [child, heard] = neiro(args, home)
  await held(() => heard.some(({ event, step: at }) => event === 'step' && Number(at) >= step), child)
  return [child, heard]
}

export const runOf = (heard: Heard): string => String(heard.find(({ event }) => event === 'started')?.['run'])
export const lossOf = (heard: Heard): number => {
  const best = heard.findLast(({ event }) => event === 'finished')?.['best'] as { value: number } | undefined
  return best?.value ?? NaN
}
