// The order in which held-out questions are asked: whoever reads English first sees an English question first,
// where there is one; else the order stays.
import type { Message } from '../../contract/records'
import type { Language } from '../../contract/language'
import { Pauses } from '../reading/pauses'
import { languageOfText } from '../dataset/read/script-language'
import { exchangeOf } from '../dataset/set/exchange'

/** Each question is looked at once, in turns: there may be thousands. */
export async function inLanguageFirst<T extends { readonly messages: readonly Message[] }>(
  examples: readonly T[],
  language: Language
): Promise<readonly T[]> {
  const own: T[] = []
  const others: T[] = []
  const pauses = new Pauses()
  for (const example of examples) {
    const side = languageOfText(exchangeOf(example.messages).question) === language ? own : others
    side.push(example)
    await pauses.whenDue()
  }
  return [...own, ...others]
}
