// Which notices of a run are worth showing now: the newest of each kind, warnings first, two at most. Pure.
import type { RunView } from '../../main/contract/window/training'

type Notice = RunView['notices'][number]

const warnings: ReadonlySet<string> = new Set(['OVERFITTING', 'DIVERGENCE', 'NOTHING_LEARNT', 'NOT_FINITE'])
const most = 2

export interface ShownNotice {
  /** key of its words */
  readonly words: string
  readonly isWarning: boolean
}

export function shownNotices({
  notices,
  settings
}: Pick<RunView, 'notices' | 'settings'>): readonly ShownNotice[] {
  const newest = notices.filter(
    (notice, at) => !notices.slice(at + 1).some(({ code }) => code === notice.code)
  )
  const isWarning = ({ code }: Notice): boolean => warnings.has(code)
  return [...newest.filter(isWarning).reverse(), ...newest.filter((notice) => !isWarning(notice)).reverse()]
    .slice(0, most)
    .map((notice) => ({ words: wordsKey(notice, settings), isWarning: isWarning(notice) }))
}

/** The same code is said in other words where something else follows from it. */
function wordsKey({ code, details }: Notice, settings: RunView['settings']): string {
  if (code === 'MEMORY_SAVED' && details['checkpointing'] === 'true') return 'MEMORY_RECOMPUTED'
  if (code === 'OVERFITTING' && settings.earlyStoppingPatience === 0) return 'OVERFITTING_GOES_ON'
  return code
}
