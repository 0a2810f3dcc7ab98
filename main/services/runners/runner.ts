// Whoever trains a prepared run, wherever that is: the one interface behind queue and terminal. local.ts trains on this
// machine, remote-runner.ts has it trained elsewhere.
import type { MetricLine, RunProgress } from '../../contract/records'
import type { TrainerCalls } from '../../contract/trainer-protocol'
import type { RunPlace } from '../runs/run-view'

export type RunEnd = TrainerCalls['startRun']['result']

export interface RunListener {
  onMetric?(line: MetricLine): void
  onProgress?(progress: RunProgress): void
}

export interface Runner {
  /** Starts or resumes the run; answers when it has ended, by itself or because it was paused or stopped here. */
  startRun(place: RunPlace, listener?: RunListener, options?: { readonly stop?: boolean }): Promise<RunEnd>
  /** Answers when the run is at rest, with a checkpoint. */
  pauseRun(): Promise<void>
  /** Answers when the result is written. */
  stopRun(): Promise<void>
  /** At once: what was not saved yet is lost, or goes on without us. */
  kill(): void
  close(): Promise<void>
}
