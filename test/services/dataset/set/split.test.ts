// The held-out part is drawn by the seed, and no question stands on both sides.
import { expect, test } from 'vitest'
import type { Example } from '../../../../main/contract/records'
import { questionKey, splitExamples, splitInTurns } from '../../../../main/services/dataset/set/split'
import { Chance } from '../../random'

const example = (question: string, answer = 'a', row = 1): Example => ({
  kind: 'conversation',
  messages: [
    { role: 'user', content: question },
    { role: 'assistant', content: answer }
  ],
  source: { file: 'x', row }
})
const many = (count: number): Example[] =>
  Array.from({ length: count }, (_, row) => example(`q${row}`, 'a', row))

test('both parts together are all examples, once each and in order', () => {
  const chance = new Chance(3)
  for (let round = 0; round < 300; round++) {
    const examples = Array.from({ length: 2 + chance.below(40) }, (_, row) =>
      example(`q${chance.below(12)}`, 'a', row)
    )
    if (new Set(examples.map(questionKey)).size < 2) continue
    const ratio = chance.pick([0.01, 0.1, 0.3, 0.5, 0.9, 0.999])
    const { train, heldOut } = splitExamples(examples, ratio, round)
    const rows = (part: readonly Example[]): number[] => part.map(({ source }) => source.row)
    expect(rows(train).length).toBeGreaterThan(0)
    expect(rows(heldOut).length).toBeGreaterThan(0)
    expect([...rows(train), ...rows(heldOut)].sort((a, b) => a - b)).toEqual(rows(examples))
    expect(rows(train)).toEqual([...rows(train)].sort((a, b) => a - b))
    const held = new Set(heldOut.map(questionKey))
    expect(train.some((item) => held.has(questionKey(item)))).toBe(false)
  }
})

test('the size is as asked where questions differ', () => {
  expect(splitExamples(many(200), 0.1, 1).heldOut).toHaveLength(20)
  expect(splitExamples(many(3), 0.1, 1).heldOut).toHaveLength(1)
  expect(splitExamples(many(3), 0, 1)).toMatchObject({ heldOut: [], train: { length: 3 } })
})

test('the seed decides, and nothing else', () => {
  const first = splitExamples(many(100), 0.2, 7)
  expect(splitExamples(many(100), 0.2, 7)).toEqual(first)
  expect(splitExamples(many(100), 0.2, 8).heldOut).not.toEqual(first.heldOut)
})

test('drawn in turns, it is the same split, and others had their turn', async () => {
  const examples = [...many(9000), ...Array.from({ length: 3000 }, (_, row) => example('same', 'a', row))]
  let turns = 0
  const other = setInterval(() => turns++, 0)
  expect(await splitInTurns(examples, 0.2, 7)).toEqual(splitExamples(examples, 0.2, 7))
  clearInterval(other)
  expect(turns).toBeGreaterThan(0)
  await expect(splitInTurns(many(1), 0.2, 7)).rejects.toMatchObject({ code: 'TOO_FEW_EXAMPLES' })
})

test('questions that differ in width, case, spaces or marks only are equal', () => {
  const examples = [
    example('ＡＢＣ　の 送料は？'),
    example('abc の  送料は?'),
    example('返品は？'),
    example('住所は？'),
    example('？'),
    example('…')
  ]
  for (let seed = 0; seed < 20; seed++) {
    const { heldOut } = splitExamples(examples, 0.34, seed)
    const same = heldOut.filter((item) => questionKey(item).includes('送料'))
    expect([0, 2]).toContain(same.length)
  }
  // of a document and of a table
  expect(questionKey(example('「返品」は、できますか。'))).toBe(questionKey(example('返品はできますか？\n')))
  expect(questionKey(example('？'))).not.toBe(questionKey(example('…')))
})

test.each([[[]], [many(1)], [[example('q', 'a'), example('Q ', 'b')]]])(
  'too few questions to hold one out',
  (examples) => {
    expect(() => splitExamples(examples, 0.1, 1)).toThrow(
      expect.objectContaining({ code: 'TOO_FEW_EXAMPLES' })
    )
  }
)

test('conversations that open alike stand on one side, however they go on; texts stand for themselves', () => {
  const talk = (...contents: string[]): Example => ({
    kind: 'conversation',
    messages: contents.map((content, at) => ({ role: at % 2 ? 'assistant' : 'user', content })),
    source: { file: 'x', row: 1 }
  })
  expect(questionKey(talk('送料は？', 'a', 'q', 'b'))).toBe(questionKey(talk('送料は?', 'c')))
  expect(questionKey({ kind: 'text', text: ' A  b', source: { file: 'x', row: 1 } })).toBe('ab')
})
