// A figure as a sentence or a table says it, by the kind that its row gives it. Pure.
import { figureRow } from '../../main/contract/figures'
import { figureOf } from '../../main/contract/goals'
import type { Language } from '../../main/contract/language'
import type { MethodKey } from '../../main/contract/methods'
import type { BestFigure } from '../../main/contract/records'
import type { RunView } from '../../main/contract/window/training'
import { figureWords } from '../../main/words/figures'
import { count, decimal, memory, percent, significant, tiny } from './format'

export function figureText(name: string, value: number, language: Language): string {
  switch (figureRow(name).kind) {
    case 'loss':
      return lossText(value, language)
    case 'score':
      return significant(value, 3, language)
    case 'share':
      return percent(value)
    case 'rate':
      return significant(value, 2, language)
    case 'norm':
      return significant(value, 3, language)
    case 'speed':
    case 'count':
      return count(value, language)
    case 'bytes':
      return memory(value)
  }
}

/** What is said first of what a run reached: the figure of its goal where it was measured, else the one that decided. */
export function saidOf({ best, settings }: Pick<RunView, 'best' | 'settings'>): BestFigure | null {
  const figure = figureOf(settings.method)
  const value = best?.figures?.[figure]
  return value === undefined ? best : { figure, value }
}

/** What a run reached, in a table whose heading says loss where all are (`losses`): any other figure says its name. */
export function bestText(
  best: BestFigure | null,
  language: Language,
  method: MethodKey,
  losses: boolean
): string {
  if (best === null) return '–'
  const { figure, value } = best
  const { short } = figureWords(figure, language, method)
  return losses && short === figureWords('loss', language, null).short
    ? lossText(value, language)
    : `${short} ${figureText(figure, value, language)}`
}

/** 1.27; near nothing the figures that are left: 0.013 */
export const lossText = (value: number, language: Language): string =>
  value !== 0 && Math.abs(value) < 0.1 ? tiny(value, language) : decimal(value, 2, language)
