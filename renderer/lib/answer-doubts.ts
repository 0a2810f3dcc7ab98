// What is known of a run's answers that speaks against handing its model out: some that have something to look at, and what is
// personal that it says, or was shown. Pure.
import type { LeakCounts, LeakView } from '../../main/contract/leak'
import type { Language } from '../../main/contract/language'
import type { Evaluation } from '../../main/contract/window/results'
import { doubtfulPairs } from '../../main/metrics/doubtful-answers'
import { windowWords } from '../../main/words/window'
import { count } from './format'

interface Known {
  readonly run: string
  readonly answered: Pick<Evaluation, 'run' | 'pairs'> | null
  readonly leak: Pick<LeakView, 'run' | 'report' | 'kept'> | null
}

/** Each a sentence; of another run nothing counts. */
export function answerDoubts({ run, answered, leak }: Known, language: Language): readonly string[] {
  const words = windowWords[language].exporting.doubts
  const number = (value: number): string => count(value, language)
  const pairs = answered?.run === run ? answered.pairs : []
  const doubtful = doubtfulPairs(pairs).length
  const { repeated, inRun } = leak?.run === run ? leakOf(leak) : nothing
  return [
    ...(doubtful > 0 ? [words.doubtful(number(doubtful), number(pairs.length))] : []),
    ...(repeated > 0 ? [words.repeated(number(repeated))] : []),
    ...(inRun ? [words.inRun(number(inRun))] : [])
  ]
}

const nothing = { repeated: 0, inRun: null }

const leakOf = ({
  report,
  kept
}: Pick<LeakView, 'report' | 'kept'>): Pick<LeakCounts, 'repeated' | 'inRun'> =>
  report ? { repeated: report.repeated.length, inRun: report.inRun } : (kept ?? nothing)
