// Who holds a run folder: at most one living process trains in it. A holder is a file lock-N.json naming a
// process; a dead holder is followed by lock-(N+1).json, which only one process can create.
// The number of a dead process may be given to another program: Linux tells when a process started, and so which
// of the two it is. Where the system does not tell (Windows, macOS) a holder touches its file every few seconds,
// and one whose file stays still is dead.
//
// Nothing is written or removed while anybody waits: where the disk is busy with a huge file, that alone takes the system
// most of a second, and the window would stand still.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { NeiroError } from '../contract/errors'
import { asFileError } from './file-errors'
import { isProcessAlive, processStart } from './process-alive'

interface Holder {
  readonly pid: number
  /** start of the process in clock ticks since boot; null where the system does not tell: then it beats */
  readonly start: string | null
}

export interface RunLock {
  release(): Promise<void>
}

/** What the lock asks of the system. */
export interface ProcessTable {
  /** null: the system does not tell */
  startOf(pid: number): string | null
  /** how often a holder without a start touches its file, milliseconds */
  readonly beatMs: number
}

const thisSystem: ProcessTable = { startOf: processStart, beatMs: 4000 }

/** Takes the run folder for this process, or rejects with RUN_BUSY. */
export async function lockRun(runDir: string, system: ProcessTable = thisSystem): Promise<RunLock> {
  const lock = await lockFolder(runDir, system)
  if (lock) return lock
  throw new NeiroError('RUN_BUSY', { run: runDir })
}

/** Takes any folder for this process; null: somebody else holds it. */
export async function lockFolder(runDir: string, system: ProcessTable = thisSystem): Promise<RunLock | null> {
  const all = generations(runDir)
  for (const generation of all) {
    if (await holds(runDir, generation, system)) return null
  }
  const own = (all.at(-1) ?? 0) + 1
  try {
    const me: Holder = { pid: process.pid, start: system.startOf(process.pid) }
    await writeFile(join(runDir, lockName(own)), JSON.stringify(me), { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null
    throw asFileError(error, runDir)
  }
  // One who looked before us may have taken an older number since; then both give way.
  for (const generation of generations(runDir)) {
    if (generation === own) continue
    if (await holds(runDir, generation, system)) {
      await remove(runDir, own)
      return null
    }
    await remove(runDir, generation)
  }
  const beat = system.startOf(process.pid) === null ? keepBeating(runDir, own, system.beatMs) : null
  return {
    async release() {
      if (beat) clearInterval(beat)
      await remove(runDir, own)
    }
  }
}

/** Whether a living process trains in this folder. */
export function isRunHeld(runDir: string, system: ProcessTable = thisSystem): boolean {
  return generations(runDir).some((generation) => {
    const holder = holderOf(runDir, generation)
    if (!isAlive(holder, system)) return false
    // after a sleep of the machine a beat may be late: lockRun, which must be sure, waits for the next one
    return holder?.start !== null || Math.abs(Date.now() - beatOf(runDir, generation)) < 4 * system.beatMs
  })
}

const lockName = (generation: number): string => `lock-${generation}.json`

function generations(runDir: string): number[] {
  return namesIn(runDir)
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

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    throw asFileError(error, folder)
  }
}

/** A file just created may still be empty: look again before calling its holder dead. */
async function settledHolder(runDir: string, generation: number): Promise<Holder | null> {
  for (let look = 0; ; look++) {
    const holder = holderOf(runDir, generation)
    if (holder || !generations(runDir).includes(generation)) return holder
    const isFresh = Math.abs(Date.now() - beatOf(runDir, generation)) < settlingMs
    if (look >= 5 && !isFresh) return null
    await sleep(20)
  }
}

/** A busy disk writes into a file that it has created so much later, at most. */
const settlingMs = 3000

/** Whether a living process stands behind the lock file; waits for its next beat where only that can tell. */
async function holds(runDir: string, generation: number, system: ProcessTable): Promise<boolean> {
  const holder = await settledHolder(runDir, generation)
  if (!isAlive(holder, system)) return false
  if (holder?.start !== null || holder.pid === process.pid) return true
  const seen = beatOf(runDir, generation)
  for (let waited = 0; waited < 3 * system.beatMs; waited += system.beatMs / 4) {
    await sleep(system.beatMs / 4)
    if (beatOf(runDir, generation) !== seen) return generations(runDir).includes(generation)
  }
  return false
}

/** When the holder last touched its file, milliseconds; 0: it is gone. */
function beatOf(runDir: string, generation: number): number {
  return statSync(join(runDir, lockName(generation)), { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function keepBeating(runDir: string, generation: number, everyMs: number): NodeJS.Timeout {
  const timer = setInterval(() => {
    const now = new Date()
    // a folder that was moved away holds nobody back
    utimes(join(runDir, lockName(generation)), now, now).catch(() => undefined)
  }, everyMs)
  return timer.unref()
}

function isAlive(holder: Holder | null, system: ProcessTable): boolean {
  if (!holder || !isProcessAlive(holder.pid)) return false
  return holder.start === null || system.startOf(holder.pid) === holder.start
}

async function remove(runDir: string, generation: number): Promise<void> {
  // where the right to write was taken meanwhile it stays, and nobody living stands behind it for long
  await rm(join(runDir, lockName(generation)), { force: true }).catch(() => undefined)
}
