// An evaluation of points in lines for people and events: how often the preferred reply of a pair has more, and the pairs in
// which it has less.
import type { RatingReport } from '../services/rating/rating'
import { figureWords } from '../words/figures'
import type { Context } from './context'
import { decimal, percentage, printable } from './format'
import { table } from './table'

const mostShown = 5
const longestShown = 60

export function reportRating({ out, words, language }: Context, report: RatingReport): void {
  const { figures, pairs, refused } = report
  const { rating } = words
  for (const { example, chosen, rejected } of pairs)
    out.event('rated', { chosen: example.chosen, rejected: example.rejected, points: [chosen, rejected] })
  out.event('scores', { figures, pairs: pairs.length, refused: refused.length })
  out.line(out.style(rating.title(pairs.length), 'bold'))
  const shown = Object.entries(figures).map(([name, value]) => [
    figureWords(name, language, 'reward').plain,
    name === 'pointAccuracy' ? percentage(100 * value) : decimal(value)
  ])
  for (const line of table(shown, ['left', 'right'])) out.line(`  ${line}`)
  const wrong = pairs.filter(({ chosen, rejected }) => chosen <= rejected)
  if (wrong.length > 0) out.line(out.style(rating.wrong(wrong.length), 'bold'))
  for (const { example, chosen, rejected } of wrong.slice(0, mostShown)) {
    out.line(`  ${decimal(chosen)}  ${short(example.chosen)}`)
    out.line(`  ${decimal(rejected)}  ${short(example.rejected)}`)
    out.line()
  }
  if (refused.length > 0) out.warning(rating.leftOut(refused.length))
}

const short = (text: string): string => {
  const line = printable(text.replace(/\s+/g, ' '))
  return [...line].length > longestShown ? `${[...line].slice(0, longestShown).join('')}…` : line
}
