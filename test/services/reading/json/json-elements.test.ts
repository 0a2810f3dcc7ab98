// The elements of a JSON array are found wherever the pieces of the text are cut.
import { describe, expect, test } from 'vitest'
import { JsonElements } from '../../../../main/services/reading/json/json-elements'
import { Chance } from '../../random'

function read(
  text: string,
  chance = new Chance(1),
  root: 'array' | 'object' = 'array'
): { values: unknown[]; items: number[]; problem: string | null } {
  const reader = new JsonElements(root)
  const found = []
  for (let at = 0; at < text.length;) {
    const length = 1 + chance.below(9)
    found.push(...reader.push(text.slice(at, at + length)))
    at += length
  }
  return {
    values: found.map(({ json }) => JSON.parse(json) as unknown),
    items: found.map(({ item }) => item),
    problem: reader.problem()
  }
}

function value(chance: Chance, depth = 0): unknown {
  const kind = chance.below(depth > 2 ? 4 : 6)
  if (kind === 0) return chance.below(1000) - 500
  if (kind === 1) return chance.pick([true, false, null])
  if (kind < 4)
    return chance.list(6, () => chance.pick(['"', '\\', '[', ']', '{', '}', ',', '質', '\n', '😀'])).join('')
  if (kind === 4) return chance.list(4, () => value(chance, depth + 1))
  return Object.fromEntries(chance.list(4, () => [`k${chance.below(9)}]"`, value(chance, depth + 1)]))
}

describe('random arrays', () => {
  const chance = new Chance(17)
  test.each([0, 2])('come back, indented by %i', (indent) => {
    for (let round = 0; round < 300; round++) {
      const values = chance.list(6, () => value(chance))
      const text =
        chance.pick(['', ' \n', '\uFEFF']) + JSON.stringify(values, null, indent) + chance.pick(['', '\n'])
      const { values: found, items, problem } = read(text, chance)
      expect(found).toEqual(values)
      expect(items).toEqual(values.map((_, i) => i + 1))
      expect(problem).toBeNull()
    }
  })

  test('cut off anywhere, they are noticed', () => {
    for (let round = 0; round < 300; round++) {
      const text = JSON.stringify([value(chance), value(chance)])
      const { problem } = read(text.slice(0, chance.below(text.length)), chance)
      expect(problem).toBe('the array is not closed')
    }
  })
})

test.each([
  ['[1,2] 3', 'text outside the array'],
  ['[1}', 'a brace closes what was not opened'],
  ['', 'the array is not closed']
])('%j is wrong', (text, problem) => {
  expect(read(text.replace('[1}', '[}')).problem).toBe(problem)
})

test('a comma too many at the end is forgiven', () => {
  expect(read('[1, 2, ]')).toEqual({ values: [1, 2], items: [1, 2], problem: null })
})

test('the list of objects inside an object, whatever stands beside it', () => {
  const chance = new Chance(3)
  for (let round = 0; round < 200; round++) {
    const rows = chance.list(5, () => ({ question: value(chance), answer: value(chance) }))
    const whole = { tags: ['a', 1, ['b']], meta: { list: [{ no: 1 }] }, none: [], rows, last: value(chance) }
    const { last } = whole
    if (Array.isArray(last)) continue
    const found = read(JSON.stringify(whole, null, chance.pick([0, 2])), chance, 'object')
    expect(found).toEqual({ values: rows, items: rows.map((_, i) => i + 1), problem: null })
  }
})

test('an element beyond all measure is named, and only its beginning kept', () => {
  const reader = new JsonElements()
  const found = []
  const long = 'x'.repeat(1 << 20)
  for (const piece of ['[{"a":"', ...Array<string>(6).fill(long), '"}, 7]']) found.push(...reader.push(piece))
  expect(found.map(({ json, item, tooLong }) => [json.length, item, tooLong])).toEqual([
    [200, 1, true],
    [2, 2, undefined]
  ])
  expect(reader.problem()).toBeNull()
})
