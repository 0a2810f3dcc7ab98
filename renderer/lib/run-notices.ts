// Which notices of a run are worth showing now: the newest of each kind, warnings first, two at most; and in which words, while it
// trains or once it is over. Pure.
import { isOver } from './answers-awaited'
import type { Language } from '../../main/contract/language'
import { wordsOfNotice } from '../../main/words/errors'
import { windowWords } from '../../main/words/window'
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

/** What it says of the moment is not true any more once the training is over: then what is to be learnt from it is said. */
export function noticeWords(
  notice: Notice,
  run: Pick<RunView, 'state'>,
  language: Language
): { readonly message: string; readonly hint: string } {
  const { past } = windowWords[language].train
  const said = isOver(run) ? past[notice.code as keyof typeof past] : undefined
  return said ?? wordsOfNotice(notice, language)
}
