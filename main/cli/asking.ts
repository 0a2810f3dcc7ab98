// What the person at the terminal of `neiro serve` says while it runs: Enter for another address, yes or no to a
// folder that the window asks for. Where nobody sits there (a pipe, a service, a job in the background), nobody is asked.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface, type Interface } from 'node:readline'
import type { Context } from './context'
import { printable } from './format'

interface Question {
  readonly folder: string
  readonly answer: (allowed: boolean) => void
}

export class Asking {
  readonly isPerson: boolean
  readonly #lines: Interface | null
  #questions: Question[] = []

  constructor(
    private readonly context: Pick<Context, 'stdin' | 'out' | 'words'>,
    private readonly onEnter: () => void,
    foreground = inForeground
  ) {
    const { stdin, out } = context
    this.isPerson = stdin.isTTY === true && !out.json && foreground()
    // without a terminal of its own: Ctrl-C stays the system's
    this.#lines = this.isPerson ? createInterface({ input: stdin, terminal: false }) : null
    this.#lines?.on('line', (line) => this.#heard(line.trim()))
  }

  /** null: nobody can be asked. One question after the other; the same one is asked once. */
  allow(folder: string): Promise<boolean> | null {
    if (!this.isPerson) return null
    return new Promise((answer) => {
      this.#questions.push({ folder, answer })
      if (this.#questions.length === 1) this.#ask()
    })
  }

  end(): void {
    this.#lines?.close()
  }

  #ask(): void {
    const { out, words } = this.context
    const [question] = this.#questions
    if (question) out.line(words.serve.allow(printable(question.folder)))
  }

  #heard(line: string): void {
    const question = this.#questions.shift()
    if (!question) return this.onEnter()
    question.answer(/^(y|yes|はい|ｙ)$/i.test(line))
    this.#ask()
  }
}

/** A job in the background is stopped by the system as soon as it reads from its terminal. */
function inForeground(): boolean {
  if (process.platform === 'win32') return true
  try {
    const [group, foreground] =
      process.platform === 'linux'
        ? // "pid (name) state parent group session terminal foreground ..."
          afterName(readFileSync('/proc/self/stat', 'utf8'), 2, 5)
        : spawnSync('ps', ['-o', 'pgid=,tpgid=', '-p', String(process.pid)], { encoding: 'utf8' })
            .stdout.trim()
            .split(/\s+/)
    return group === foreground
  } catch {
    return false
  }
}

function afterName(stat: string, ...fields: readonly number[]): readonly (string | undefined)[] {
  const all = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.map((field) => all[field])
}
