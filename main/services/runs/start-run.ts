// Starts or resumes a prepared run in a trainer process that is handed in, and passes on what it tells.
import { resolve } from 'node:path'
import type { MetricLine, RunProgress } from '../../contract/records'
import type { TrainerCalls } from '../../contract/trainer-protocol'
import type { TrainerHost } from '../../trainer-host'

export interface StartOptions {
  readonly dir: string
  readonly host: Pick<TrainerHost, 'call' | 'subscribe'>
  onMetric?(line: MetricLine): void
  onProgress?(progress: RunProgress): void
}

/** Answers when the run has ended, by itself or because it was paused or stopped through the same host. */
export async function startRun(options: StartOptions): Promise<TrainerCalls['startRun']['result']> {
  const unsubscribe = options.host.subscribe((message) => {
    if (message.kind === 'metric') options.onMetric?.(message.line)
    if (message.kind === 'progress') options.onProgress?.(message.progress)
  })
  try {
    return await options.host.call('startRun', { runDir: resolve(options.dir) })
  } finally {
    unsubscribe()
  }
}
