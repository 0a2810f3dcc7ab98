// log.txt of a run: a few plain lines about each life of the run, for people and for reports of trouble.
// A log that cannot be written must not stop the training.
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { runFiles } from '../contract/run-files'

export type RunLog = (line: string) => void

export function openRunLog(runDir: string): RunLog {
  return (line) => {
    try {
      appendFileSync(
        join(runDir, runFiles.log),
        `${new Date().toISOString()} ${line.replaceAll('\n', ' ⏎ ')}\n`
      )
    } catch {
      // see above
    }
  }
}
