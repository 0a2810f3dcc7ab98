// A process group under inject.c: its calls that change a folder are counted, and one of them fails, or the power goes
// at it. Linux, with a C compiler.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const faultKinds = ['cut', 'ENOSPC', 'EIO', 'EPERM', 'EBUSY'] as const
export type FaultKind = (typeof faultKinds)[number]

export interface Outcome {
  readonly status: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
  /** it was ended because it did not end by itself */
  readonly hung: boolean
  /** calls that were counted */
  readonly calls: number
}

const longestMs = 120_000
const folder = mkdtempSync(join(tmpdir(), 'neiro-inject-'))
const library = join(folder, 'inject.so')

/** Throws where there is no C compiler. */
export function buildInjector(): void {
  const { status, stderr } = spawnSync(
    'gcc',
    ['-O1', '-shared', '-fPIC', '-o', library, resolve(import.meta.dirname, 'inject.c'), '-ldl'],
    { encoding: 'utf8' }
  )
  if (status !== 0) throw new Error(`inject.c does not compile: ${stderr}`)
}

/** Runs Node with `args`; call number `at` (0 = none) on a file under `under` goes wrong. */
export async function runWithFault(
  args: readonly string[],
  under: string,
  fault: { readonly at: number; readonly kind: FaultKind },
  env: Readonly<Record<string, string>>
): Promise<Outcome> {
  const counter = join(folder, 'counter')
  const log = join(folder, 'log')
  writeFileSync(counter, Buffer.alloc(8))
  writeFileSync(log, '')
  const child = spawn(process.execPath, [...args], {
    // a group of its own, which the cut ends whole
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...env,
      NO_COLOR: '1',
      LD_PRELOAD: library,
      NEIRO_FAULT_UNDER: under,
      NEIRO_FAULT_COUNTER: counter,
      NEIRO_FAULT_LOG: log,
      NEIRO_FAULT_AT: String(fault.at),
      NEIRO_FAULT_KIND: fault.kind
    }
  })
  let [stdout, stderr, hung] = ['', '', false]
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
  const end = (): void => {
    try {
      process.kill(-(child.pid as number), 'SIGKILL')
    } catch {
      // gone
    }
  }
  const timer = setTimeout(() => {
    hung = true
    end()
  }, longestMs)
  const [status, signal] = await new Promise<[number | null, string | null]>((done) =>
    child.on('close', (...how) => done(how))
  )
  clearTimeout(timer)
  end()
  if (fault.kind === 'cut' && fault.at > 0) losePower(log)
  return { status, signal, stdout, stderr, hung, calls: Number(readFileSync(counter).readBigInt64LE()) }
}

/** What had been written but not synced when the power went was never on the disk: files lose it. */
function losePower(log: string): void {
  const synced = new Map<string, number>()
  const dirty = new Set<string>()
  for (const line of readFileSync(log, 'utf8').split('\n').filter(Boolean)) {
    const [what, path, other] = line.split('\t') as [string, string, string]
    if (what === 'w') dirty.add(path)
    else if (what === 's') {
      dirty.delete(path)
      synced.set(path, Number(other))
    } else if (what === 'r') {
      for (const names of [dirty, synced])
        for (const name of [...names.keys()])
          if (name === path || name.startsWith(`${path}/`)) {
            const moved = other + name.slice(path.length)
            if (names instanceof Map) names.set(moved, names.get(name) as number)
            else names.add(moved)
            names.delete(name)
          }
    }
  }
  for (const path of dirty) {
    const held = synced.get(path) ?? 0
    if (existsSync(path) && statSync(path).size > held) truncateSync(path, held)
  }
}
