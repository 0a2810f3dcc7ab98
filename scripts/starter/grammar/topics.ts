// One thing that can be asked, with what is true about it: patterns of questions and of plain answers in both
// languages. Reads the compact notation of the files beside it; knows nothing of dialogues.
import { compilePattern, type Pattern } from './pattern'
import { macros } from './macros'

export type Language = 'ja' | 'en'

export interface Phrasing {
  readonly ask: readonly Pattern[]
  readonly say: readonly Pattern[]
  /** every plain answer contains these */
  readonly facts: readonly string[]
}
export interface Topic {
  readonly id: string
  readonly ja: Phrasing
  readonly en: Phrasing
}

/** Ways to ask for anything that has a name. */
const byName: readonly string[] = [
  'What about {thing}?',
  '{tell} about {thing}.',
  '{tell} {thing}.',
  '[I have|I have got|There is|Here is|We have] a [short |quick |]question about {thing}.',
  '[I would like|I want|I need|May I|I wanted] to [ask|know|hear|learn|find out] about {thing}.',
  '[Do you know|Can you say something about|What do you say about|How about|Any information on|Do you have details on] {thing}?',
  '[It is about|This is about|I am writing about|I am asking about] {thing}.',
  '{thing}[, please.|?]'
]

/** Notation: `= id | Japanese facts; | English facts;` then lines of `j? j! e? e!` (ask and say) and `e~`, a
 *  name for the thing, which makes questions of its own. */
export function readTopics(source: string): Topic[] {
  const topics: Topic[] = []
  let ask: Record<Language, Pattern[]> = { ja: [], en: [] }
  let say: Record<Language, Pattern[]> = { ja: [], en: [] }
  for (const line of source.split('\n')) {
    const text = line.slice(3)
    if (line.startsWith('= ')) {
      const [id = '', ja = '', en = ''] = line.slice(2).split(' | ')
      ask = { ja: [], en: [] }
      say = { ja: [], en: [] }
      topics.push({
        id,
        ja: { ask: ask.ja, say: say.ja, facts: ja.split(';') },
        en: { ask: ask.en, say: say.en, facts: en.split(';') }
      })
    } else if (line.startsWith('j? ')) ask.ja.push(compilePattern(text, macros.ja))
    else if (line.startsWith('j! ')) say.ja.push(compilePattern(text, macros.ja))
    else if (line.startsWith('e? ')) ask.en.push(compilePattern(text, macros.en))
    else if (line.startsWith('e~ '))
      for (const way of byName) ask.en.push(compilePattern(way, { ...macros.en, thing: text }))
    else if (line.startsWith('e! ')) say.en.push(compilePattern(text, macros.en))
    else if (line.trim() !== '') throw new Error(`not in the notation: ${line}`)
  }
  return topics
}
