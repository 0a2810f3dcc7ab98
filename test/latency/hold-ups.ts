// The longest time the app's process was held up, noted phase by phase, through monitor.mjs inside it.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { until } from '../e2e/until'

export class HoldUps {
  readonly noted: { what: string; longest: number }[] = []
  readonly nodeArguments = ['--import', resolve(import.meta.dirname, 'monitor.mjs')]
  readonly environment: Record<string, string>
  private pid = 0

  constructor(private readonly file: string) {
    this.environment = { NEIRO_LATENCY_FILE: file }
  }

  watch(pid: number): void {
    this.pid = pid
  }

  /** Ends a phase: what was the longest since the one before? */
  async note(what: string): Promise<void> {
    rmSync(this.file, { force: true })
    process.kill(this.pid, 'SIGUSR2')
    const { longest } = await until(async () => {
      try {
        return existsSync(this.file)
          ? (JSON.parse(readFileSync(this.file, 'utf8')) as { longest: number })
          : null
      } catch {
        // half written
        return null
      }
    })
    this.noted.push({ what, longest })
  }
}
