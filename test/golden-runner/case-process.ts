// Cases are run in a process beside the runner: what ends it, holds it up or breaks its GPU (after whose failure every
// further call fails) costs that one case, and the next begins in a new process.
import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { Case } from './cases'
import type { Outcome } from './run-case'

export interface CaseOfFolder {
  readonly item: Case
  /** the folder of cases: its tolerances.json counts first */
  readonly folder: string
}
export interface Timed {
  readonly outcome: Outcome
  readonly seconds: number
}
export type FromCases =
  | { readonly kind: 'device'; readonly name: string }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'outcome'; readonly timed: Timed }

/** The longest case takes seconds on a processor; on the emulator minutes. */
const limitMs = Number(process.env['NEIRO_GOLDEN_LIMIT_S'] ?? 900) * 1000

export interface Listener {
  readonly onDevice: (name: string) => void
  readonly onOutcome: (outcome: Outcome) => void
}

export async function runEachCase(
  cases: readonly CaseOfFolder[],
  listener: Listener
): Promise<{ readonly timed: readonly Timed[]; readonly refused?: string }> {
  const timed: Timed[] = []
  while (timed.length < cases.length) {
    const refused = await runSome(cases.slice(timed.length), (message) => {
      if (message.kind === 'device' && !timed.length) listener.onDevice(message.name)
      if (message.kind !== 'outcome') return
      timed.push(message.timed)
      listener.onOutcome(message.timed.outcome)
    })
    if (refused !== undefined) return { timed, refused }
  }
  return { timed }
}

/** Runs until all are done or one has failed, the last of those that it tells. */
function runSome(
  cases: readonly CaseOfFolder[],
  tell: (message: FromCases) => void
): Promise<string | undefined> {
  return new Promise((done) => {
    // as it runs here: from the source by tsx, or from a bundle
    const source = import.meta.filename.endsWith('.ts')
    const child: ChildProcess = fork(
      join(import.meta.dirname, source ? 'cases-main.ts' : 'cases-main.mjs'),
      [],
      {
        serialization: 'advanced'
      }
    )
    let began = performance.now()
    let told = 0
    let failed = false
    let refused: string | undefined
    let late = false
    let clock: NodeJS.Timeout
    const watch = (): void => {
      clearTimeout(clock)
      began = performance.now()
      clock = setTimeout(() => {
        late = true
        child.kill('SIGKILL')
      }, limitMs)
    }
    watch()
    child.on('message', (message: FromCases) => {
      watch()
      if (message.kind === 'outcome') {
        ++told
        failed = message.timed.outcome.kind === 'failed'
      }
      if (message.kind === 'refused') refused = message.why
      tell(message)
    })
    child.send(cases)
    child.on('close', (code, signal) => {
      clearTimeout(clock)
      const lost = cases[told]
      if (refused === undefined && lost && !failed) {
        const reason = late
          ? `nothing came for ${limitMs / 1000} s`
          : `its process ended with ${signal ?? `code ${code}`}`
        const outcome: Outcome = { kind: 'failed', name: lost.item.name, reason }
        tell({ kind: 'outcome', timed: { outcome, seconds: (performance.now() - began) / 1000 } })
      }
      done(refused)
    })
  })
}
