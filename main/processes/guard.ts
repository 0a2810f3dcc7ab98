// A thread beside the work that ends the whole process where the work itself no longer can: when it has more memory than it
// may, when it works on a job for longer than it may, or in silence, and when whoever started it is gone. A loop without an
// end stops none of the three.
//
// Time is counted twice: on the clock, and in processor time. A process that is not let at the processor, because the machine
// is busy or sleeps, works on nothing: what it was given is not to blame.
import { Worker } from 'node:worker_threads'

export interface JobTime {
  /** longest time that a job may take, ms */
  readonly mostMs: number
  /** longest time without a sign of life, ms */
  readonly mostSilentMs: number
}

/** How the work tells its guard what it does. */
export interface Guarded {
  begin(time: JobTime): void
  /** a sign of life */
  beat(): void
  end(): void
}

/** places in the memory that both threads see */
const [beats, jobs, silentMs, workMs] = [0, 1, 2, 3]

// Plain JavaScript: an evaluated worker needs no file of its own in the bundle.
const program = `
const { workerData: { name, most, parent, shared } } = require('node:worker_threads')
const { writeSync } = require('node:fs')
const told = new Int32Array(shared)
const end = (why) => {
  try {
    writeSync(2, name + ': ' + why + '\\n')
  } catch {
    // nobody listens
  }
  process.kill(process.pid, 'SIGKILL')
}
const now = () => {
  const { user, system } = process.cpuUsage()
  return { clock: performance.now(), processor: (user + system) / 1000 }
}
let [job, beat] = [0, 0]
let [begun, alive] = [now(), now()]
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
  if (process.memoryUsage.rss() >= most) end('out of memory')
  const at = now()
  const isOver = (since, ms) => ms > 0 && at.clock - since.clock > ms && at.processor - since.processor > ms
  if (told[${jobs}] !== job) [job, begun, alive] = [told[${jobs}], at, at]
  if (told[${beats}] !== beat) [beat, alive] = [told[${beats}], at]
  if (isOver(alive, told[${silentMs}]) || isOver(begun, told[${workMs}])) end('silent')
}, 40)
`

/** name: for its last words. most: MB that the process may have; not a number: as much as it likes. */
export function keepGuard(name: string, most: number): Guarded {
  const told = new Int32Array(new SharedArrayBuffer(16))
  const guard = new Worker(program, {
    eval: true,
    workerData: {
      ...{ name, most: most > 0 ? most * 2 ** 20 : Infinity, parent: process.ppid },
      shared: told.buffer
    },
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 }
  })
  guard.unref()
  guard.on('error', (error) => console.error(`${name}: no guard: ${error.message}`))
  const say = (time: JobTime): void => {
    told[silentMs] = longest(time.mostSilentMs)
    told[workMs] = longest(time.mostMs)
    Atomics.add(told, jobs, 1)
  }
  return {
    begin: say,
    beat: () => void Atomics.add(told, beats, 1),
    end: () => say({ mostMs: Infinity, mostSilentMs: Infinity })
  }
}

/** 0: as long as it likes */
const longest = (ms: number): number => (ms < 2 ** 31 ? Math.ceil(ms) : 0)
