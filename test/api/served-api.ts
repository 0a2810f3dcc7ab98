// `neiro api` as a process over a home with two tuned runs of one tiny base, for tests and for the soak.
import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import OpenAI from 'openai'
import { Desk, small } from '../cli/desk'
import { neiro, type CliEvent } from '../fixtures/neiro-cli'

const cli = resolve(import.meta.dirname, '../../out/main/cli.js')

export class ServedApi {
  private constructor(
    readonly desk: Desk,
    readonly process: ChildProcess,
    readonly url: string,
    readonly models: readonly string[],
    readonly key: string
  ) {}

  /** more: flags of `neiro api` */
  static async start(more: readonly string[] = []): Promise<ServedApi> {
    const desk = new Desk()
    await desk.train()
    const second = join(desk.place, 'second-run')
    const args = ['--out', second, '--max-steps', '12', '--learning-rate', '0.01', '--name', '二つ目 の学習']
    const { status, stderr } = await neiro(
      ['tune', '--model', desk.model, '--data', desk.faq, ...small, ...args],
      desk.env
    )
    if (status !== 0) throw new Error(stderr)
    return ServedApi.over(desk, ['--model', desk.model, ...more])
  }

  static async over(desk: Desk, flags: readonly string[]): Promise<ServedApi> {
    const child = spawn(process.execPath, [cli, 'api', '--json', '--port', '0', '--threads', '1', ...flags], {
      env: { ...process.env, ...desk.env },
      stdio: ['ignore', 'pipe', 'pipe']
    })
    let said = ''
    let errors = ''
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
    const serving = await new Promise<CliEvent>((done, fail) => {
      child.once('close', () => fail(new Error(said + errors)))
      child.stdout.on('data', (data: Buffer) => {
        said += data.toString()
        const line = said.split('\n').find((one) => one.includes('"serving"'))
        if (line) done(JSON.parse(line) as CliEvent)
      })
    })
    const file = flags.includes('--no-key') ? null : join(desk.env.NEIRO_HOME, 'api-key')
    const key = file === null ? 'none' : readFileSync(file, 'utf8').trim()
    return new ServedApi(desk, child, String(serving['url']), serving['models'] as readonly string[], key)
  }

  client(more: ConstructorParameters<typeof OpenAI>[0] = {}): OpenAI {
    return new OpenAI({ baseURL: this.url, apiKey: this.key, maxRetries: 0, ...more })
  }

  /** {status, answering, waiting} */
  async health(): Promise<{ readonly answering: number; readonly waiting: number }> {
    const answer = await fetch(this.url.replace(/\/v1$/, '/health'))
    return (await answer.json()) as { answering: number; waiting: number }
  }

  /** Ctrl-C; its exit code. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((done) => this.process.once('close', done))
    if (this.process.exitCode !== null) return this.process.exitCode
    this.process.kill('SIGINT')
    return ended
  }

  async remove(): Promise<void> {
    await this.stop()
    this.desk.remove()
  }
}
