// Examples as the files of other programs have them, each a form of lines: OpenAI's messages, Alpaca's instructions, ShareGPT's
// conversations, and a table for Excel whose cells are never taken for formulas.
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
