// A text with its label, or several. Shown and changed as the question and what it is as the answer; several labels stand
// in one cell, divided as in files.
import type { Example } from '../../../contract/records'
import { labelledTokens } from '../../tokens/kinds/labelled'
import { isBlank, type ExampleKind } from './kind'

export type Labelled = Extract<Example, { kind: 'labelled' }>

/** Divides several labels of one cell. */
const divider = /[;；|｜\n]/

/** The labels that a cell names, each once. */
export const labelsIn = (cell: string): readonly string[] => [
  ...new Set(
    cell
      .split(divider)
      .map((label) => label.trim())
      .filter((label) => label !== '')
  )
]

export const labelled: ExampleKind<Labelled> = {
  fields: ['text', 'labels'],
  fileSuffix: '-labelled',
  texts: labelledTokens.texts,
  mapTexts: (example, change) => withWords(example, change(example.text), example.labels),
  pair: ({ text, labels }) => ({ question: text, answer: labels.join('; ') }),
  edited: (example, { question, answer }) =>
    withWords(example, question ?? example.text, answer === undefined ? example.labels : labelsIn(answer)),
  refuses: ({ question, answer }) => {
    if (isBlank(question)) return 'EMPTY_TEXT'
    return isBlank(answer) ? 'EMPTY_LABEL' : null
  },
  opening: ({ text }) => text,
  turns: ({ text, labels }) => [
    { role: 'user', text, learnt: false },
    { role: 'assistant', text: labels.join('; '), learnt: true }
  ],
  endsAtLimit: true
}

function withWords(example: Labelled, text: string, labels: readonly string[]): Labelled {
  const same = text === example.text && labels.join('\n') === example.labels.join('\n')
  return same ? example : { ...example, text, labels }
}
