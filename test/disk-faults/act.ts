// One thing that Neiro writes, done with a fault in it and looked at afterwards: it is as before, or as after.
import type { Outcome } from './injector'

export interface Act {
  readonly name: string
  /** lays out a folder, once; each trial works on a copy. Returns arguments of Node for a trial in `folder`. */
  prepare(folder: string): Promise<(folder: string) => readonly string[]>
  /** Looks at what a trial left in `folder`. Returns what is wrong; null = before or after, nothing between. */
  look(folder: string, outcome: Outcome): Promise<string | null>
}

/** Where Neiro's home lies in a trial's folder. */
export const homeOf = (folder: string): string => `${folder}/home`

export interface Event {
  readonly event: string
  readonly [field: string]: unknown
}
/** Events of `--json`; a line that was cut off is none. */
export const eventsIn = (stdout: string): readonly Event[] =>
  stdout
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Event]
      } catch {
        return []
      }
    })

/** A command that failed must say why in its own words: a code of ours, never a break. */
export function badEnd({ status, signal, stdout, stderr, hung }: Outcome): string | null {
  if (hung) return 'hung'
  if (status === 0 || signal !== null) return null
  const last = eventsIn(stdout).at(-1)
  const code = String(last?.['code'] ?? '')
  if (last?.event !== 'error') return `ended with ${status} and no word: ${stderr.slice(-400)}`
  return ['INTERNAL', 'UNEXPECTED'].includes(code) ? `${code}: ${JSON.stringify(last)}` : null
}
