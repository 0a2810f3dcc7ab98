// What retrieval searches: passages of the user's own files, or questions with their answers, each with its source.
import type { Example, RowSource } from '../../contract/records'
import { sentencesOf } from '../../metrics/sentences'
import { exchangeIn } from '../dataset/set/exchange'

export interface Passage {
  readonly text: string
  readonly source: RowSource
}

/** letters of a passage: a few sentences */
const longest = 400

export function passagesOf(examples: readonly Example[]): readonly Passage[] {
  return examples.flatMap((example): readonly Passage[] => {
    const { source } = example
    if (!('messages' in example)) return cutText(example.text).map((text) => ({ text, source }))
    const { question = '', answer = '' } = exchangeIn(example) ?? {}
    const text = [question, answer].filter(Boolean).join('\n')
    return text === '' ? [] : [{ text, source }]
  })
}

/** At the ends of sentences, as many as fit. */
function cutText(text: string): readonly string[] {
  const passages: string[] = []
  let now = ''
  for (const sentence of sentencesOf(text)) {
    if (now !== '' && now.length + sentence.length > longest) {
      passages.push(now)
      now = ''
    }
    now += now === '' ? sentence : ` ${sentence}`
    // one sentence may be a whole page
    while (now.length > 2 * longest) {
      passages.push(now.slice(0, longest))
      now = now.slice(longest)
    }
  }
  return now === '' ? passages : [...passages, now]
}
