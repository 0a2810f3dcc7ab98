// Loaded into the app's process before it starts: how long its event loop was held up. SIGUSR2 writes the
// longest hold since the last one to the file in NEIRO_LATENCY_FILE, and begins again.
import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const file = process.env.NEIRO_LATENCY_FILE
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()

process.on('SIGUSR2', () => {
  // a first measure includes the sampler's own millisecond
  writeFileSync(file, JSON.stringify({ longest: delay.max / 1e6, p99: delay.percentile(99) / 1e6 }))
  delay.reset()
})
