// How a score of a run stands to that of the first one beside it: of few shared questions nothing is said, here as in Compare. Pure.
import { fewestItems, scoreRows, type ComparedScore, type Difference } from '../../main/contract/evaluation'

export type RunStanding = 'few' | 'better' | 'worse' | 'unclear'

/** items: questions that both have answered. By the wide interval where there is one: several scores are looked at. */
export function runStanding(name: ComparedScore, difference: Difference, items: number): RunStanding {
  if (items < fewestItems) return 'few'
  const { low, high } = difference.together ?? difference
  const [above, below] = [low > 0, high < 0]
  if (!above && !below) return 'unclear'
  return above === (scoreRows[name].better === 'more') ? 'better' : 'worse'
}
