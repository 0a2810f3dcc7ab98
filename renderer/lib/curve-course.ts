// How a curve went, for the sentence that stands for its picture: first, lowest (or highest) and last. Compared
// as the figures are written, so that nothing "fell from 1.27 to 1.27". Pure.
import type { FigureRow } from '../../main/contract/figures'
import type { train } from '../../main/words/window/ja/train'

export type Course =
  | { readonly kind: 'still'; readonly at: string }
  | { readonly kind: 'fell' | 'rose'; readonly from: string; readonly to: string }
  | { readonly kind: 'dipped' | 'peaked'; readonly from: string; readonly turn: string; readonly to: string }

/** null without a figure. `better`: of a loss the lowest point is what counts, however high it once stood; of a
 *  score the highest. */
export function courseOf(
  all: readonly number[],
  written: (value: number) => string,
  better: FigureRow['better'] = null
): Course | null {
  const values = all.filter(Number.isFinite)
  const [first, last] = [values[0], values.at(-1)]
  if (first === undefined || last === undefined) return null
  let [low, high] = [first, first]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const [from, to] = [written(first), written(last)]
  const turns = (at: number): boolean => written(at) !== from && written(at) !== to
  const [dip, peak] = [Math.min(first, last) - low, high - Math.max(first, last)]
  if (turns(low) && (better === 'lower' || (better === null && dip >= peak)))
    return { kind: 'dipped', from, turn: written(low), to }
  if (turns(high) && better !== 'lower') return { kind: 'peaked', from, turn: written(high), to }
  if (from === to) return { kind: 'still', at: from }
  return { kind: last < first ? 'fell' : 'rose', from, to }
}

/** The sentence of a course in the words of the chart. */
export function courseText(what: string, course: Course, words: (typeof train)['chart']['course']): string {
  switch (course.kind) {
    case 'still':
      return words.still(what, course.at)
    case 'fell':
    case 'rose':
      return words[course.kind](what, course.from, course.to)
    case 'dipped':
    case 'peaked':
      return words[course.kind](what, course.from, course.turn, course.to)
  }
}
