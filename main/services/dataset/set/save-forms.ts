// Examples as the files of other programs have them, each a form of lines: OpenAI's messages, Alpaca's instructions, ShareGPT's
// conversations, preferences and rated answers as TRL takes them, and a table for Excel whose cells are never taken for formulas.
import { beginning, csvLine } from '../../../files/csv'
import type { Example, Message } from '../../../contract/records'
import { kindOf, lineOf } from '../kinds'
import { exchangeOf } from './exchange'

export interface SaveForm {
  /** what the file begins with */
  readonly head: string
  /** '' where this form has no place for it */
  readonly line: (example: Example) => string
}

const json = (value: unknown): string => `${JSON.stringify(value)}\n`
const speakers: Readonly<Record<Message['role'], string>> = {
  system: 'system',
  user: 'human',
  assistant: 'gpt'
}

const said = (content: string): Message => ({ role: 'assistant', content })
const rated = (prompt: readonly Message[], answer: string, label: boolean): string =>
  json({ prompt, completion: [said(answer)], label })

export const saveForms = {
  openai: { head: '', line: (example) => `${lineOf(example)}\n` },
  alpaca: {
    head: '',
    line(example) {
      if (example.kind !== 'conversation') return ''
      const { asked, before, question, answer } = exchangeOf(example.messages)
      const system = asked.find(({ role }) => role === 'system')?.content
      // earlier turns, as the Alpaca files of several turns have them
      const history = before.flatMap(({ role, content }, i) =>
        role === 'user'
          ? [[content, before[i + 1]?.role === 'assistant' ? (before[i + 1]?.content ?? '') : '']]
          : []
      )
      return json({
        ...{ instruction: question, input: '', output: answer },
        ...(system !== undefined && { system }),
        ...(history.length > 0 && { history })
      })
    }
  },
  sharegpt: {
    head: '',
    line: (example) =>
      example.kind === 'conversation'
        ? json({
            conversations: example.messages.map(({ role, content }) => ({
              from: speakers[role],
              value: content
            }))
          })
        : ''
  },
  preference: {
    head: '',
    line: (example) =>
      example.kind === 'preference'
        ? json({
            prompt: example.messages,
            chosen: [said(example.chosen)],
            rejected: [said(example.rejected)]
          })
        : ''
  },
  kto: {
    head: '',
    line(example) {
      if (example.kind === 'rated') {
        const { asked, answer } = exchangeOf(example.messages)
        return rated([...asked], answer, example.liked)
      }
      // of a pair, one answer is liked and the other is not
      return example.kind === 'preference'
        ? rated(example.messages, example.chosen, true) + rated(example.messages, example.rejected, false)
        : ''
    }
  },
  csv: {
    head: `${beginning}${csvLine(['question', 'answer'])}`,
    line(example) {
      const { question, answer } = kindOf(example).pair(example)
      return csvLine([question, answer])
    }
  }
} as const satisfies Readonly<Record<string, SaveForm>>

export type SaveFormName = keyof typeof saveForms
export const saveFormNames = Object.keys(saveForms) as readonly SaveFormName[]

/** A table by its ending; otherwise OpenAI's messages. */
export const formOfFile = (file: string): SaveFormName => (/\.csv$/i.test(file) ? 'csv' : 'openai')
