// A draft of an instruction from what the user's own answers have in common, in the language that most of them are in. Pure.
import type { EvaluationResult } from '../../main/contract/evaluation'
import { tonePrompt } from '../../main/words/for-models'
import { languageOf } from './text-language'

export function toneDraft({ greetings, signOffs, lengths }: EvaluationResult['own']): string {
  const said = [...greetings, ...signOffs]
  const language = said.filter((text) => languageOf(text) === 'en').length * 2 > said.length ? 'en' : 'ja'
  const own = (texts: readonly string[]): string | undefined =>
    texts.find((text) => (languageOf(text) === 'en') === (language === 'en'))
  const { low, high } = lengths
  return tonePrompt[language]({ greeting: own(greetings), signOff: own(signOffs), low, high })
}
