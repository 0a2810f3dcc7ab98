// A draft of an instruction from what the user's own answers have in common, in the language that most of them are in.
import type { Example } from '../../contract/records'
import type { HousePhrase } from '../../metrics/house-phrases'
import { lengthsOf } from '../../metrics/tone-card'
import { tonePrompt } from '../../words/for-models'
import { languageOfText } from '../dataset/read/script-language'
import { Pauses } from '../reading/pauses'
import { answersOf, houseOf, type House } from './house'

/** examples that are enough to know a tone by */
const most = 5000
/** What is ordered for every reply is what most of them have. */
const ordered = 0.5

export async function draftOf(learnt: readonly Example[]): Promise<string> {
  const pauses = new Pauses()
  const some = learnt.slice(0, most)
  return draftFor(await houseOf(some, [], () => pauses.whenDue()), answersOf(some))
}

/** The same of a house that is known, and its answers. */
export function draftFor({ tones }: Pick<House, 'tones'>, answers: readonly string[]): string {
  const tone = [...tones].sort((a, b) => b.answers - a.answers)[0]
  const language = answers[0] === undefined || tone?.level !== 'english' ? 'ja' : 'en'
  const own = answers.filter((text) => (languageOfText(text) === 'ja') === (language === 'ja'))
  const { low, high } = lengthsOf(own.length > 0 ? own : [''])
  const [greeting, signOff] = [orderedOf(tone?.greetings), orderedOf(tone?.signOffs)]
  return tonePrompt[language]({ greeting, signOff, low, high })
}

const orderedOf = (phrases: readonly HousePhrase[] = []): string | undefined =>
  phrases.find(({ share }) => share >= ordered)?.text
