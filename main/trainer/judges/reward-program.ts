// Marks by a program of the user's own: for each answer one line of JSON goes in, and one comes out. It is held to the file that
// the user agreed to, to its time, and to numbers; whatever else it does ends the training with a sentence.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { dirname, extname } from 'node:path'
import { NeiroError } from '../../contract/errors'
import type { ProgramOfJob } from '../../contract/trainer-protocol'
import { fileHash } from '../../files/file-hash'
import type { Judge, JudgedAnswer } from './judge'

/** characters of one line that comes out, and of what is kept of its complaints */
const longestLine = 100_000
const keptWords = 300

export async function startRewardProgram(program: ProgramOfJob): Promise<Judge> {
  const { file, sha256, seconds } = program
  if ((await fileHash(file).catch(() => null)) !== sha256) throw new NeiroError('PROGRAM_CHANGED', { file })
  const [command, ...args] = commandOf(file)
  const running = new Running(file, spawn(command, args, { cwd: dirname(file), windowsHide: true }))
  return {
    async marks(answers) {
      const marks: number[] = []
      for (const answer of answers) marks.push(markIn(file, await running.ask(lineOf(answer), seconds)))
      return marks
    },
    end: async () => running.end()
  }
}

/** Whatever the system starts by itself; scripts of Python and Node by the program that their kind is for. */
function commandOf(file: string): [string, ...string[]] {
  const python = process.platform === 'win32' ? 'py' : 'python3'
  const by: Readonly<Record<string, string>> = {
    '.py': python,
    '.js': 'node',
    '.mjs': 'node',
    '.cjs': 'node'
  }
  const reader = by[extname(file).toLowerCase()]
  return reader === undefined ? [file] : [reader, file]
}

const lineOf = ({ asked, said, reference }: JudgedAnswer): string =>
  JSON.stringify({ prompt: asked, answer: said, reference })

/** 0.5, or {"reward": 0.5} */
function markIn(file: string, line: string): number {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    value = null
  }
  const mark =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['reward'] : value
  if (typeof mark === 'number' && Number.isFinite(mark)) return mark
  throw new NeiroError('PROGRAM_NONSENSE', { file, said: line.slice(0, keptWords) })
}

/** The program while it runs: one line is asked at a time. */
class Running {
  #heard = ''
  #complained = ''
  #failure: NeiroError | null = null
  #waiting: { resolve(line: string): void; reject(error: NeiroError): void } | null = null

  constructor(
    private readonly file: string,
    private readonly child: ChildProcessWithoutNullStreams
  ) {
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.#hear(text))
    child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (this.#complained = (this.#complained + text).slice(-keptWords)))
    // what cannot be written any more is told by the end of the program
    child.stdin.on('error', () => undefined)
    child.on('error', ({ message }) => this.#fail('PROGRAM_NOT_STARTED', { reason: message }))
    child.on('close', (code, signal) =>
      this.#fail('PROGRAM_ENDED', {
        code: String(code ?? signal),
        said: this.#complained === '' ? '' : `: ${this.#complained.trim()}`
      })
    )
  }

  async ask(line: string, seconds: number): Promise<string> {
    if (this.#failure) throw this.#failure
    const answer = new Promise<string>((resolve, reject) => (this.#waiting = { resolve, reject }))
    const late = setTimeout(() => this.#fail('PROGRAM_SILENT', { seconds: String(seconds) }), seconds * 1000)
    this.child.stdin.write(`${line}\n`)
    this.#tell()
    try {
      return await answer
    } finally {
      clearTimeout(late)
      this.#waiting = null
    }
  }

  end(): void {
    this.#failure ??= new NeiroError('PROGRAM_ENDED', { file: this.file, code: '', said: '' })
    this.child.kill('SIGKILL')
  }

  #hear(text: string): void {
    this.#heard += text
    if (this.#heard.length > longestLine && !this.#heard.includes('\n'))
      this.#fail('PROGRAM_NONSENSE', { said: this.#heard.slice(0, keptWords) })
    this.#tell()
  }

  /** The first whole line that came goes to whoever waits. */
  #tell(): void {
    const end = this.#heard.indexOf('\n')
    if (!this.#waiting || end < 0) return
    const line = this.#heard.slice(0, end)
    this.#heard = this.#heard.slice(end + 1)
    this.#waiting.resolve(line)
  }

  #fail(code: string, details: Readonly<Record<string, string>>): void {
    this.#failure ??= new NeiroError(code, { file: this.file, ...details })
    this.#waiting?.reject(this.#failure)
  }
}
