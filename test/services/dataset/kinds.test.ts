// What the kinds of example say of themselves holds together: what is written is read again, what is not changed is
// the very same, and each text can be searched, changed and judged.
import { describe, expect, test } from 'vitest'
import type { Example } from '../../../main/contract/records'
import { exampleKinds, kindOf, lineOf } from '../../../main/services/dataset/kinds'
import { readData } from '../../../main/services/dataset/read/read-paths'
import { writeData } from '../reading/write-file'

const source = { file: 'data.jsonl', row: 1 }
const examples: { readonly [K in Example['kind']]: Extract<Example, { kind: K }> } = {
  conversation: {
    kind: 'conversation',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'First?' },
      { role: 'assistant', content: 'One.' },
      { role: 'user', content: 'Second?' },
      { role: 'assistant', content: 'Two.' }
    ],
    source
  },
  text: { kind: 'text', text: 'A text.', goesOn: true, source },
  preference: {
    kind: 'preference',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'First?' },
      { role: 'assistant', content: 'One.', weight: 0 },
      { role: 'user', content: 'Second?' }
    ],
    chosen: 'Two.',
    rejected: 'Three.',
    source
  },
  rated: {
    kind: 'rated',
    messages: [
      { role: 'user', content: 'First?' },
      { role: 'assistant', content: 'One.' }
    ],
    liked: false,
    source
  },
  labelled: { kind: 'labelled', text: 'Where is it?', labels: ['delivery', 'urgent'], source }
}

test('every kind has an example here', () => {
  expect(Object.keys(examples).sort()).toEqual(Object.keys(exampleKinds).sort())
})

describe.each(Object.values(examples))('$kind', (example: Example) => {
  const kind = kindOf(example)

  test('a line of it is read as the same example', async () => {
    const { examples } = await readData([writeData('data.jsonl', `${lineOf(example)}\n`)])
    expect(examples).toEqual([example])
    expect(Object.keys(JSON.parse(lineOf(example)) as object)).toEqual(kind.fields)
  })

  test('unchanged it is the very same; changed, every text is', () => {
    expect(kind.mapTexts(example, (text) => text)).toBe(example)
    expect(kind.edited(example, {})).toBe(example)
    expect(kind.edited(example, kind.pair(example))).toBe(example)
    const loud = kind.mapTexts(example, (text) => text.toUpperCase())
    expect(kind.texts(loud)).toEqual(kind.texts(example).map((text) => text.toUpperCase()))
    expect(kind.texts(example).length).toBeGreaterThan(0)
  })

  test('what it is edited to is what its pair shows, and the rest stays', () => {
    const edited = kind.edited(example, { question: 'Q', answer: 'A' })
    const { question } = kind.pair(example)
    expect(kind.pair(edited)).toMatchObject({ question: question === '' ? '' : 'Q', answer: 'A' })
    const differ = kind.texts(edited).filter((text, i) => text !== kind.texts(example)[i])
    // a label is no text that a model reads
    const labelled = example.kind === 'labelled'
    expect(differ).toEqual(question === '' ? ['A'] : labelled ? ['Q'] : ['Q', 'A'])
  })

  test('an answer of blanks is refused with a code of its own', () => {
    expect(kind.refuses({ answer: ' \n' })).toMatch(/^EMPTY_/)
    expect(kind.refuses({ answer: 'a' })).toBeNull()
    expect(kind.refuses({})).toBeNull()
  })

  test('a model reads all of it, and something in it is learnt', () => {
    const turns = kind.turns(example, undefined)
    const read = turns.filter(({ learnt }) => !learnt || example.kind !== 'labelled')
    expect(read.map(({ text }) => text)).toEqual(kind.texts(example))
    expect(turns.some(({ learnt }) => learnt)).toBe(true)
  })
})

test('conversations that open with the same question belong together, whatever comes later', () => {
  const { conversation } = examples
  const other = exampleKinds.conversation.edited(conversation, { question: 'Third?', answer: 'Three.' })
  expect(kindOf(other).opening(other)).toBe(kindOf(conversation).opening(conversation))
})
