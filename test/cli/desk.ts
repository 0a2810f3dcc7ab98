// What tests of the command line share: a tiny model, a small FAQ with one bad row, a home of its own, and one
// finished run.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { neiro, type CliEvent } from '../fixtures/neiro-cli'
import { tinyModel } from '../fixtures/tiny-model'
import { runNeiro, type Ended, type RunOptions } from './neiro-process'

export const only = (events: readonly CliEvent[], name: string): CliEvent[] =>
  events.filter(({ event }) => event === name)

export const eventsIn = (stdout: string): CliEvent[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as CliEvent)

export const small = ['--max-seq-length', '64', '--lora-rank', '4', '--threads', '1']

export class Desk {
  readonly place = mkdtempSync(join(tmpdir(), 'neiro-cli-'))
  readonly model = tinyModel('llama', this.place)
  readonly faq = join(this.place, 'faq.csv')
  /** folder of the finished run */
  readonly run = join(this.place, 'first-run')
  readonly env = { NEIRO_HOME: join(this.place, 'home'), LC_ALL: 'en_US.UTF-8' }

  constructor() {
    const rows = Array.from({ length: 20 }, (_, at) => `質問${at}は,答えは${at}です。`)
    writeFileSync(this.faq, `質問,回答\n${rows.join('\n')}\n空の答え,\n`)
  }

  async train(): Promise<void> {
    const args = this.tuneArgs('--out', this.run, '--question', '送料は', '--max-steps', '4')
    const { status, stderr } = await neiro(args, this.env)
    if (status !== 0) throw new Error(stderr)
  }

  tuneArgs(...more: string[]): string[] {
    return ['tune', '--model', this.model, '--data', this.faq, ...small, ...more]
  }

  /** As a person runs it. */
  person(args: readonly string[], o: RunOptions = {}): Promise<Ended> {
    return runNeiro(args, { ...o, env: { ...this.env, ...o.env } })
  }

  remove(): void {
    rmSync(this.place, { recursive: true, force: true })
  }
}
