// A draft of an instruction from what the user's own answers have in common, in the language that most of them are in.
import type { Example } from '../../contract/records'
import { lengthsOf } from '../../metrics/tone-card'
import { tonePrompt } from '../../words/for-models'
import { languageOfText } from '../dataset/read/script-language'
import { Pauses } from '../reading/pauses'
import { answersOf, houseOf } from './house'

/** examples that are enough to know a tone by */
const most = 5000

export async function draftOf(learnt: readonly Example[]): Promise<string> {
  const pauses = new Pauses()
  const some = learnt.slice(0, most)
  const answers = answersOf(some)
  const { tones } = await houseOf(some, [], () => pauses.whenDue())
  const tone = [...tones].sort((a, b) => b.answers - a.answers)[0]
  const language =
    answers[0] === undefined || languageOfText(tone?.greetings[0] ?? answers[0]) === 'ja' ? 'ja' : 'en'
  const own = answers.filter((text) => (languageOfText(text) === 'ja') === (language === 'ja'))
  const { low, high } = lengthsOf(own.length > 0 ? own : [''])
  return tonePrompt[language]({ greeting: tone?.greetings[0], signOff: tone?.signOffs[0], low, high })
}
