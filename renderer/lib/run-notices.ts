// Which notices of a run are worth showing now: the newest of each kind, warnings first, two at most. Pure.
import type { RunView } from '../../main/contract/window/training'

type Notice = RunView['notices'][number]

const warnings: ReadonlySet<string> = new Set(['OVERFITTING', 'DIVERGENCE', 'NOTHING_LEARNT', 'NOT_FINITE'])
/** What the state of the run says already. */
const known: ReadonlySet<string> = new Set(['PAUSED', 'STOPPED', 'INTERRUPTED'])
const most = 2

export const isWarning = ({ code }: Notice): boolean => warnings.has(code)

export function shownNotices({ notices }: Pick<RunView, 'notices'>): readonly Notice[] {
  const newest = notices.filter(
    ({ code }, at) => !known.has(code) && !notices.slice(at + 1).some((later) => later.code === code)
  )
  return [
    ...newest.filter(isWarning).reverse(),
    ...newest.filter((notice) => !isWarning(notice)).reverse()
  ].slice(0, most)
}
