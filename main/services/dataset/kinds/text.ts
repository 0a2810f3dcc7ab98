// A plain text, learnt whole. It asks nothing; what is shown and changed as its answer is the text.
import type { Example } from '../../../contract/records'
import { textTokens } from '../../tokens/kinds/text'
import { isBlank, type ExampleKind } from './kind'

export type Text = Extract<Example, { kind: 'text' }>

export const text: ExampleKind<Text> = {
  fields: ['text', 'goesOn'],
  fileSuffix: '-texts',
  texts: textTokens.texts,
  mapTexts: (example, change) => withText(example, change(example.text)),
  pair: ({ text }) => ({ question: '', answer: text }),
  edited: (example, { answer }) => withText(example, answer ?? example.text),
  refuses: ({ answer }) => (isBlank(answer) ? 'EMPTY_TEXT' : null),
  opening: ({ text }) => text,
  turns: ({ text }) => [{ role: 'assistant', text, learnt: true }],
  endsAtLimit: false
}

const withText = (example: Text, text: string): Text =>
  text === example.text ? example : { ...example, text }
