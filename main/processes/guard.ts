// A thread beside the work that ends the whole process where the work itself no longer can: when it has more memory
// than it may, and when whoever started it is gone. A loop without an end stops neither of the two.
import { Worker } from 'node:worker_threads'

// Plain JavaScript: an evaluated worker needs no file of its own in the bundle.
const program = `
const { workerData: { name, most, parent } } = require('node:worker_threads')
const { writeSync } = require('node:fs')
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
  if (process.memoryUsage.rss() < most) return
  try {
    writeSync(2, name + ': out of memory\\n')
  } catch {
    // nobody listens
  }
  process.kill(process.pid, 'SIGKILL')
}, 40)
`

/** name: for its last words. most: MB that the process may have; not a number: as much as it likes. */
export function keepGuard(name: string, most: number): void {
  const guard = new Worker(program, {
    eval: true,
    workerData: { name, most: most > 0 ? most * 2 ** 20 : Infinity, parent: process.ppid },
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 }
  })
  guard.unref()
  guard.on('error', (error) => console.error(`${name}: no guard: ${error.message}`))
}
