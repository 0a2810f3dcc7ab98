// Titles of rooms that say a result: in whatever figures, a test knows the room by them.
import { evaluationWords } from '../../main/words/evaluation'
import type { WindowWords } from '../../main/words/window'

const figure = '¤'

/** The title of the compare room, before its result and with it. */
export function compareTitle({ compare }: Pick<WindowWords, 'compare'>): RegExp {
  const { tone, fell, rose, still } = compare.result
  const titles = [
    compare.title,
    ...Object.values(evaluationWords).flatMap(({ verdict }) =>
      Object.values(verdict).map(({ title }) => title)
    ),
    tone(figure, figure, figure),
    fell(figure, figure),
    rose(figure, figure),
    still(figure)
  ]
  return new RegExp(`^(${titles.map(pattern).join('|')})$`)
}

/** As a part of a regular expression, with any number where a figure stands. */
const pattern = (text: string): string =>
  text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(figure, '[\\d.,]+')
