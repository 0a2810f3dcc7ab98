// The questions that are watched while a run trains, where the user has none of their own: some that it does not
// learn, because only those show whether it has learnt to answer. In the reader's language first.
import type { Language } from '../../contract/language'
import type { Example } from '../../contract/records'
import { itemsOf } from '../evaluation/items'

/** answered at every check */
const most = 3
/** they stand a line each, beside a chart */
const longest = 120

export async function watchedQuestions(
  heldOut: readonly Example[],
  language: Language
): Promise<readonly string[]> {
  const items = await itemsOf(heldOut, language)
  // what stands on earlier turns makes no sense alone
  const alone = items.flatMap(({ exchange, continues }) =>
    exchange && exchange.before.length === 0
      ? [continues ? exchange.question.slice(0, longest) : exchange.question]
      : []
  )
  const lines = alone.map((question) => question.replace(/\s+/g, ' ').trim()).filter((line) => line !== '')
  const short = lines.filter((line) => line.length <= longest)
  return [...new Set(short.length > 0 ? short : lines)].slice(0, most)
}
