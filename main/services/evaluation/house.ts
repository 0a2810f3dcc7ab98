// The tone and the names of a house, as its own answers have them: what candidates are held to. Pure, with pauses.
import type { Example } from '../../contract/records'
import { folded, namesIn } from '../../metrics/facts'
import { learnTone, type LearntTone } from '../../metrics/tone-card'
import { languageOfText } from '../dataset/read/script-language'
import { exchangeIn, type Exchange } from '../dataset/set/exchange'

export interface House {
  /** a house that writes in two languages has a tone in each */
  readonly tones: readonly LearntTone[]
  readonly toneOf: (text: string) => LearntTone
  /** names that its own answers use */
  readonly names: ReadonlySet<string>
}

export async function houseOf(
  learnt: readonly Example[],
  forbidden: readonly string[],
  pause: () => Promise<void>
): Promise<House> {
  const newSide = (): Side => ({ answers: [], questions: [] })
  const sides = { ja: newSide(), other: newSide() }
  const names = new Set<string>()
  const side = (text: string): 'ja' | 'other' => (languageOfText(text) === 'ja' ? 'ja' : 'other')
  for (const { question, answer } of exchangesIn(learnt)) {
    const own = sides[side(answer)]
    own.answers.push(answer)
    own.questions.push(question)
    for (const { name } of namesIn(answer)) names.add(folded(name).toLowerCase())
    await pause()
  }
  const toneOf = ({ answers, questions }: Side): LearntTone => learnTone(answers, forbidden, questions)
  const tones = { ja: toneOf(sides.ja), other: toneOf(sides.other) }
  return {
    tones: Object.values(tones).filter(({ answers }) => answers > 0),
    toneOf: (text) => tones[side(text)],
    names
  }
}

/** Answers of one language, each with its question. */
interface Side {
  readonly answers: string[]
  readonly questions: string[]
}

const exchangesIn = (examples: readonly Example[]): readonly Exchange[] =>
  examples.flatMap((example) => {
    const exchange = exchangeIn(example)
    return exchange && exchange.answer !== '' ? [exchange] : []
  })

export const answersOf = (examples: readonly Example[]): readonly string[] =>
  exchangesIn(examples).map(({ answer }) => answer)
