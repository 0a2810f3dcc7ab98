// What models are told, not people: the frame around passages that were found for a question.
import type { Language } from '../contract/language'

export const passageFrame: Readonly<Record<Language, (passages: readonly string[]) => string>> = {
  ja: (passages) =>
    `次の資料をもとに答えてください。資料にないことは、わからないと答えてください。\n\n${numbered(passages)}`,
  en: (passages) =>
    `Answer from the following material. Where it does not say, answer that you do not know.\n\n${numbered(passages)}`
}

/** A question is to be asked in other words. */
export const paraphrasing: Readonly<Record<Language, (question: string) => string>> = {
  ja: (question) =>
    `次の質問を、意味を変えずに別の言い方で1文に書き直してください。書き直した質問だけを答えてください。\n\n${question}`,
  en: (question) =>
    `Ask the following question in other words without changing what it means. Answer with the new question alone.\n\n${question}`
}

/** A draft for who has none: what can be said of a tone in one sentence each. */
export const tonePrompt: Readonly<
  Record<
    Language,
    (tone: {
      readonly greeting: string | undefined
      readonly signOff: string | undefined
      readonly low: number
      readonly high: number
    }) => string
  >
> = {
  ja: ({ greeting, signOff, low, high }) =>
    [
      '次の決まりを守って、お客様に返信してください。',
      '・です・ますで書く。',
      greeting && `・「${greeting}」で書き出す。`,
      signOff && `・「${signOff}」で結ぶ。`,
      `・${low}〜${high}字で書く。`
    ]
      .filter(Boolean)
      .join('\n'),
  en: ({ greeting, signOff, low, high }) =>
    [
      'Reply to the customer and keep to these rules.',
      greeting && `- Begin with “${greeting}”.`,
      signOff && `- End with “${signOff}”.`,
      `- Write ${low} to ${high} letters.`
    ]
      .filter(Boolean)
      .join('\n')
}

const numbered = (passages: readonly string[]): string =>
  passages.map((passage, at) => `[${at + 1}] ${passage}`).join('\n\n')
