// Examples as the files of other programs have them, each a form of records: OpenAI's messages, Alpaca's instructions, ShareGPT's
// conversations, preferences and rated answers as TRL takes them, and a table of questions and answers. save-file.ts writes them down.
import type { Example, Message } from '../../../contract/records'
import { syntheticWord } from '../../../contract/synthetic'
import { kindOf, recordOf } from '../kinds'
import { exchangeOf } from './exchange'

/** As it stands in the file: a line of JSON, a row of a table. */
export type Saved = Readonly<Record<string, unknown>>
/** None where this form has no place for the example. */
type SaveForm = (example: Example, marks: boolean) => readonly Saved[]

const speakers: Readonly<Record<Message['role'], string>> = {
  system: 'system',
  user: 'human',
  assistant: 'gpt'
}

const said = (content: string): Message => ({ role: 'assistant', content })
const rated = (prompt: readonly Message[], answer: string, label: boolean): Saved => ({
  prompt,
  completion: [said(answer)],
  label
})

const markOf = ({ synthetic }: Example): Saved => (synthetic ? { synthetic } : {})

export const saveForms = {
  openai: (example) => [recordOf(example)],

  alpaca(example) {
    if (example.kind !== 'conversation') return []
    const { asked, before, question, answer } = exchangeOf(example.messages)
    const system = asked.find(({ role }) => role === 'system')?.content
    // earlier turns, as the Alpaca files of several turns have them
    const history = before.flatMap(({ role, content }, i) =>
      role === 'user'
        ? [[content, before[i + 1]?.role === 'assistant' ? (before[i + 1]?.content ?? '') : '']]
        : []
    )
    return [
      {
        ...{ instruction: question, input: '', output: answer },
        ...markOf(example),
        ...(system !== undefined && { system }),
        ...(history.length > 0 && { history })
      }
    ]
  },

  sharegpt: (example) =>
    example.kind === 'conversation'
      ? [
          {
            conversations: example.messages.map(({ role, content }) => ({
              from: speakers[role],
              value: content
            })),
            ...markOf(example)
          }
        ]
      : [],

  preference: (example) =>
    example.kind === 'preference'
      ? [{ prompt: example.messages, chosen: [said(example.chosen)], rejected: [said(example.rejected)] }]
      : [],

  kto(example) {
    if (example.kind === 'rated') {
      const { asked, answer } = exchangeOf(example.messages)
      return [rated([...asked], answer, example.liked)]
    }
    // of a pair, one answer is liked and the other is not
    return example.kind === 'preference'
      ? [rated(example.messages, example.chosen, true), rated(example.messages, example.rejected, false)]
      : []
  },

  /** marks: some of the set are synthetic, and the table says which */
  csv(example, marks) {
    const { question, answer } = kindOf(example).pair(example)
    const { synthetic } = example
    return [{ question, answer, ...(marks && { synthetic: synthetic ? syntheticWord(synthetic) : '' }) }]
  }
} as const satisfies Readonly<Record<string, SaveForm>>

export type SaveFormName = keyof typeof saveForms
export const saveFormNames = Object.keys(saveForms) as readonly SaveFormName[]
