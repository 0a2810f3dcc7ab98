// The order in which held-out questions are asked: whoever reads English first sees an English question first,
// where there is one; else the order stays.
import type { Example } from '../../contract/records'
import type { Language } from '../../contract/language'
import { Breath } from '../dataset/breath'
import { languageOfText } from '../dataset/script-language'
import { firstQuestion } from '../dataset/split'

/** Each question is looked at once, in turns: there may be thousands. */
export async function inLanguageFirst(
  examples: readonly Example[],
  language: Language
): Promise<readonly Example[]> {
  const own: Example[] = []
  const others: Example[] = []
  const breath = new Breath()
  for (const example of examples) {
    const side = languageOfText(firstQuestion(example)) === language ? own : others
    side.push(example)
    await breath.take()
  }
  return [...own, ...others]
}
