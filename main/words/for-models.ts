// What models are told, not people: the frame around passages that were found for a question.
import type { Language } from '../contract/language'

export const passageFrame: Readonly<Record<Language, (passages: readonly string[]) => string>> = {
  ja: (passages) =>
    `次の資料をもとに答えてください。資料にないことは、わからないと答えてください。\n\n${numbered(passages)}`,
  en: (passages) =>
    `Answer from the following material. Where it does not say, answer that you do not know.\n\n${numbered(passages)}`
}

const numbered = (passages: readonly string[]): string =>
  passages.map((passage, at) => `[${at + 1}] ${passage}`).join('\n\n')
