// The tone and the names of a house, as its own answers have them: what candidates are held to. Pure, with pauses.
import type { Example } from '../../contract/records'
import { folded, namesIn } from '../../metrics/facts'
import { learnTone, type LearntTone } from '../../metrics/tone-card'
import { languageOfText } from '../dataset/read/script-language'
import { exchangeIn } from '../dataset/set/exchange'

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
  const sides: { ja: string[]; other: string[] } = { ja: [], other: [] }
  const names = new Set<string>()
  const side = (text: string): 'ja' | 'other' => (languageOfText(text) === 'ja' ? 'ja' : 'other')
  for (const answer of answersOf(learnt)) {
    sides[side(answer)].push(answer)
    for (const { name } of namesIn(answer)) names.add(folded(name).toLowerCase())
    await pause()
  }
  const tones = { ja: learnTone(sides.ja, forbidden), other: learnTone(sides.other, forbidden) }
  return {
    tones: Object.values(tones).filter(({ answers }) => answers > 0),
    toneOf: (text) => tones[side(text)],
    names
  }
}

export const answersOf = (examples: readonly Example[]): readonly string[] =>
  examples.flatMap((example) => {
    const { answer = '' } = exchangeIn(example) ?? {}
    return answer === '' ? [] : [answer]
  })
