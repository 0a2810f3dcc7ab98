// How far a training went and which of its states is kept, in words of what goes with a model: its card, its audit sheet, its report.
import type { Language } from '../contract/language'
import type { LearntLength, RunEnd } from '../contract/learnt-length'

interface LengthWords {
  /** early: '' where all of them were made */
  readonly updates: (steps: string, early: string) => string
  readonly early: (planned: string, end: string) => string
  readonly ends: Readonly<Record<RunEnd, string>>
  /** of a result that is not the last state */
  readonly keptBest: (step: string) => string
  readonly keptLastBest: string
  readonly keptLast: string
  readonly keptUnknown: string
}

const ja: LengthWords = {
  updates: (steps, early) => `更新 ${steps}回${early}`,
  early: (planned, end) => `（設定では ${planned}回。${end}）`,
  ends: {
    whole: '',
    itself: '自動で終わりました',
    'by-hand': '人が途中で終えました',
    'not-yet': 'まだ終わっていません'
  },
  keptBest: (step) => `${step}回目の更新のあと（検証でいちばん良かったもの）`,
  keptLastBest: '最後の更新のあと（検証でいちばん良かったもの）',
  keptLast: '最後の更新のあと',
  keptUnknown: 'どの更新のあとかは、わかりません'
}

const en: LengthWords = {
  updates: (steps, early) => `${steps} ${steps === '1' ? 'update' : 'updates'}${early}`,
  early: (planned, end) => ` (the settings are for ${planned}: ${end})`,
  ends: {
    whole: '',
    itself: 'it ended by itself',
    'by-hand': 'somebody ended it early',
    'not-yet': 'it has not ended yet'
  },
  keptBest: (step) => `after update ${step}, the best of the checks`,
  keptLastBest: 'after the last update, the best of the checks',
  keptLast: 'after the last update',
  keptUnknown: 'after which update is not known'
}

const words: Readonly<Record<Language, LengthWords>> = { ja, en }

type Written = (value: number) => string

/** number: as its reader writes them. */
export function updatesText(
  { steps, plannedSteps, end }: Omit<LearntLength, 'kept'>,
  language: Language,
  number: Written = String
): string {
  const { updates, early, ends } = words[language]
  return updates(number(steps), end === 'whole' ? '' : early(number(plannedSteps), ends[end]))
}

/** Which state the result is; '' where there were no updates to choose from. */
export function keptText(
  { steps, kept }: Pick<LearntLength, 'steps' | 'kept'>,
  language: Language,
  number: Written = String
): string {
  const { keptBest, keptLastBest, keptLast, keptUnknown } = words[language]
  if (!kept) return keptUnknown
  if (kept.step < steps) return keptBest(number(kept.step))
  if (kept.isBest) return keptLastBest
  return steps === 0 ? '' : keptLast
}
