// Loaded into the app's process before it starts: how long it was busy with one thing at the longest, counted in time of the
// processor as in test/workshop/silence.ts, so that a machine that is busy with others makes nobody guilty. SIGUSR2 writes
// the longest since the last one, in milliseconds, to the file in NEIRO_BUSY_FILE, and begins again.
import { renameSync, writeFileSync } from 'node:fs'

const file = process.env.NEIRO_BUSY_FILE
let longest = 0
let last = performance.now()
let used = process.cpuUsage()

function look() {
  const now = performance.now()
  const { user, system } = process.cpuUsage(used)
  longest = Math.max(longest, Math.min(now - last, (user + system) / 1000))
  last = now
  used = process.cpuUsage()
}

setInterval(look, 5).unref()

process.on('SIGUSR2', () => {
  look()
  writeFileSync(`${file}.part`, String(longest))
  renameSync(`${file}.part`, file)
  longest = 0
})
