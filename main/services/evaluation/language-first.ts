// The order in which held-out questions are asked: whoever reads English first sees an English question first,
// where there is one; else the order stays.
import type { Message } from '../../contract/records'
import type { Language } from '../../contract/language'
import { Breath } from '../dataset/breath'
import { languageOfText } from '../dataset/script-language'
import { exchangeOf } from '../dataset/exchange'

/** Each question is looked at once, in turns: there may be thousands. */
export async function inLanguageFirst<T extends { readonly messages: readonly Message[] }>(
  examples: readonly T[],
  language: Language
): Promise<readonly T[]> {
  const own: T[] = []
  const others: T[] = []
  const breath = new Breath()
  for (const example of examples) {
    const side = languageOfText(exchangeOf(example.messages).question) === language ? own : others
    side.push(example)
    await breath.take()
  }
  return [...own, ...others]
}
