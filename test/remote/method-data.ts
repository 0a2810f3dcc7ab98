// Examples for each method, made of the sample's questions and answers.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Row {
  readonly language: string
  readonly split: string
  readonly question: string
  readonly answer: string
}

const sample = join(import.meta.dirname, '../../resources/sample/support-desk.jsonl')

/** blunt, as nobody in the shop would say it */
const blunt = ['知りません。', 'No idea.', '自分で調べてください。', 'Look it up yourself.']

const shapes = {
  conversation: ({ question, answer }: Row) => ({
    messages: [
      { role: 'user', content: question },
      { role: 'assistant', content: answer }
    ]
  }),
  pair: ({ question, answer }: Row, at: number) => ({
    prompt: question,
    chosen: answer,
    rejected: blunt[at % 4]
  }),
  rated: ({ question, answer }: Row, at: number) => ({
    prompt: question,
    completion: at % 2 ? answer : blunt[at % 4],
    label: at % 2 === 1
  }),
  labelled: ({ language, question }: Row) => ({ text: question, label: language })
} as const

export type Shape = keyof typeof shapes

/** Some to learn from and some held out, as files. */
export function writeExamples(
  dir: string,
  shape: Shape
): { readonly train: string; readonly heldOut: string } {
  const rows = readFileSync(sample, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
  // short ones, of both languages alike
  const some = (['ja', 'en'] as const).map((language) =>
    rows.filter((row) => row.language === language && row.question.length + row.answer.length < 250)
  )
  const [first = [], second = []] = some
  const mixed = first.slice(0, 26).flatMap((row, at) => [row, second[at] ?? row])
  const write = (name: string, part: readonly Row[]): string => {
    const file = join(dir, `${shape}-${name}.jsonl`)
    writeFileSync(file, part.map((row, at) => `${JSON.stringify(shapes[shape](row, at))}\n`).join(''))
    return file
  }
  return { train: write('train', mixed.slice(0, 40)), heldOut: write('held-out', mixed.slice(40)) }
}
