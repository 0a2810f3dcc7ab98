// An example as a line of its folder and back: the same, whatever stands in it; a line that is torn or made up is none.
import { expect, test } from 'vitest'
import type { Example } from '../../../../main/contract/records'
import { KeptBroken } from '../../../../main/services/dataset/kept/kept-broken'
import { exampleLine, exampleOf } from '../../../../main/services/dataset/kept/example-lines'
import { Chance } from '../../random'
import { randomExample } from './write-kept'

const file = 'a.csv'
const pair = (question: string, answer: string, more: object = {}): Example => ({
  kind: 'conversation',
  messages: [
    { role: 'user', content: question },
    { role: 'assistant', content: answer, ...more }
  ],
  source: { file, row: 7 }
})

test.each([
  pair('送料は？', '500円です。\n離島は別です。'),
  pair('tab\tand \\n', 'a\r\nb "quoted"'),
  pair('a\x1fb', 'c'),
  pair('a', 'b\x1ec'),
  pair('{', '}'),
  pair('', ''),
  pair('a', 'b', { weight: 0 }),
  pair('a', 'b', { reasoning_content: 'c' }),
  { ...pair('a', 'b'), source: { file, sheet: 'FAQ', row: 3 } },
  { kind: 'text', text: '1\x1f2\x1f3', source: { file, row: 1 } },
  { kind: 'labelled', text: 'a', labels: ['b', 'c'], source: { file, row: 1 } }
] satisfies Example[])('%j is one line, and comes back', (example) => {
  const line = exampleLine(example)
  expect(line.indexOf('\n')).toBe(line.length - 1)
  expect(exampleOf(line.slice(0, -1), file)).toEqual(example)
})

test('random ones come back', () => {
  const chance = new Chance(4)
  for (let row = 1; row <= 300; row++) {
    const example = randomExample(chance, { file, row })
    expect(exampleOf(exampleLine(example).slice(0, -1), file)).toEqual(example)
  }
})

test.each([
  '',
  '7',
  '7\x1fa',
  '\x1fa\x1fb',
  '7\x1fa\x1fb\x1fc',
  'x\x1fa\x1fb',
  '1.5\x1fa\x1fb',
  '-\x1fa\x1fb',
  '{}'
])('%j is none', (line) => {
  expect(() => exampleOf(line, file)).toThrow(KeptBroken)
})
