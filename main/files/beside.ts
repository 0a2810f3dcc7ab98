// Names for what is written beside its place before it is renamed into it, and for what is moved aside meanwhile:
// .NAME.tmp-MARK and .NAME.old-MARK. A mark is the writing process (its number, and where the system tells it the start of the
// process) and a number of its own, so that whoever comes later can tell work that goes on from what a killed process left.
import { randomUUID } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { isProcessAlive, processStart } from './process-alive'

export type Purpose = 'tmp' | 'old'

/** at work in this process */
const live = new Set<string>()
const ownStart = processStart(process.pid)
const ownNumber = ownStart === null ? `${process.pid}` : `${process.pid}.${ownStart}`

export interface Mark {
  readonly text: string
  /** the work has ended, well or not */
  done(): void
}

export function newMark(): Mark {
  const text = `${ownNumber}-${randomUUID().slice(0, 8)}`
  live.add(text)
  return { text, done: () => live.delete(text) }
}

export const beside = (place: string, purpose: Purpose, mark: string): string =>
  join(dirname(place), `.${basename(place)}.${purpose}-${mark}`)

export interface Leftover {
  /** name of the file or folder that it was to become, or had been */
  readonly of: string
  readonly purpose: Purpose
  readonly mark: string
}

/** What a name says of itself; null for anybody else's. */
export function leftoverOf(name: string): Leftover | null {
  const [, of, purpose, mark] = /^\.(.+)\.(tmp|old)-(\d+(?:\.\d+)?-[0-9a-f]{8})$/.exec(name) ?? []
  return of && mark ? { of, purpose: purpose as Purpose, mark } : null
}

/** Nobody works on it any more. Where a mark says no start (another system, an earlier version) its number may have been given
 *  to another program since: then it waits for the next look. */
export function isAbandoned(mark: string): boolean {
  const [pid = 0, start = null] = (mark.split('-')[0] ?? '').split('.')
  if (Number(pid) === process.pid) return !live.has(mark)
  if (!isProcessAlive(Number(pid))) return true
  // a process that lives and does not show its start is somebody else's: it may be the one
  const now = processStart(Number(pid))
  return start !== null && now !== null && now !== start
}
