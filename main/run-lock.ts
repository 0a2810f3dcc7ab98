// Who holds a run folder: at most one living process trains in it. A holder is a file lock-N.json naming a
// process; a dead holder is followed by lock-(N+1).json, which only one process can create.
// Imports nothing but Node and the contract, so that services may look and the trainer may hold.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { asFileError } from './contract/file-errors'
import { NeiroError } from './contract/errors'

interface Holder {
  readonly pid: number
  /** start of the process in clock ticks since boot where the system tells (Linux): a pid may be used again */
  readonly start: string | null
}

export interface RunLock {
  release(): void
}

/** Takes the run folder for this process, or rejects with RUN_BUSY. */
export async function lockRun(runDir: string): Promise<RunLock> {
  const all = generations(runDir)
  for (const generation of all) {
    if (isAlive(await settledHolder(runDir, generation))) throw busy(runDir)
  }
  const own = (all.at(-1) ?? 0) + 1
  try {
    const me: Holder = { pid: process.pid, start: processStart(process.pid) }
    writeFileSync(join(runDir, lockName(own)), JSON.stringify(me), { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw busy(runDir)
    throw asFileError(error, runDir)
  }
  // One who looked before us may have taken an older number since; then both give way.
  for (const generation of generations(runDir)) {
    if (generation === own) continue
    if (isAlive(await settledHolder(runDir, generation))) {
      remove(runDir, own)
      throw busy(runDir)
    }
    remove(runDir, generation)
  }
  return { release: () => remove(runDir, own) }
}

/** Whether a living process trains in this folder. */
export function isRunHeld(runDir: string): boolean {
  return generations(runDir).some((generation) => isAlive(holderOf(runDir, generation)))
}

const lockName = (generation: number): string => `lock-${generation}.json`

function generations(runDir: string): number[] {
  return readdirSync(runDir)
    .map((name) => Number(/^lock-(\d+)\.json$/.exec(name)?.[1] ?? 0))
    .filter((generation) => generation > 0)
    .sort((a, b) => a - b)
}

function holderOf(runDir: string, generation: number): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(join(runDir, lockName(generation)), 'utf8')) as Holder
    return typeof holder.pid === 'number' ? holder : null
  } catch {
    return null
  }
}

/** A file just created may still be empty: look again before calling its holder dead. */
async function settledHolder(runDir: string, generation: number): Promise<Holder | null> {
  for (let look = 0; look < 5; look++) {
    const holder = holderOf(runDir, generation)
    if (holder || !generations(runDir).includes(generation)) return holder
    await sleep(20)
  }
  return null
}

function isAlive(holder: Holder | null): boolean {
  if (!holder) return false
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    // EPERM: it lives and belongs to somebody else
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return holder.start === null || processStart(holder.pid) === holder.start
}

/** Field 22 of /proc/PID/stat; the name in field 2 may hold spaces and brackets, so count from the last one. */
function processStart(pid: number): string | null {
  if (process.platform !== 'linux') return null
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // a zombie has ended; only its parent has not looked yet
    return fields[0] === 'Z' ? 'ended' : (fields[19] ?? null)
  } catch {
    return null
  }
}

function remove(runDir: string, generation: number): void {
  rmSync(join(runDir, lockName(generation)), { force: true })
}

function busy(runDir: string): NeiroError {
  return new NeiroError(
    'RUN_BUSY',
    'This run is being trained by another process already.',
    'Wait until it ends, or pause it there first.',
    { run: runDir }
  )
}
