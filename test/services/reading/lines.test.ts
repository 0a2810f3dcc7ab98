// Lines are the same however the text comes in pieces, and no line is too long to be passed.
import { expect, test } from 'vitest'
import { limits } from '../../../main/services/reading/limits'
import { lineBatches, type Line } from '../../../main/services/reading/lines'
import { Chance } from '../random'
import { pieces } from './pieces'

async function all(text: AsyncIterable<string>): Promise<Line[]> {
  const found: Line[] = []
  for await (const some of lineBatches(text)) for (const line of some) found.push(line)
  return found
}

test('as one split of the whole', async () => {
  const chance = new Chance(5)
  for (let round = 0; round < 300; round++) {
    const text = chance.list(20, () => chance.pick(['a', '質問', '\n', '\r\n', '\r', ''])).join('')
    const wanted = text.split(/\r\n|\n|\r/)
    if (wanted.at(-1) === '') wanted.pop()
    const found = await all(pieces(text, 1 + chance.below(4)))
    expect(found).toEqual(wanted.map((line, i) => ({ line, number: i + 1 })))
  }
})

test('a line beyond all measure is named, by its beginning', async () => {
  const text = `a\n${'b'.repeat(limits.row + 1)}\nc`
  const found = await all(pieces(text, 1 << 18))
  expect(found.map(({ line, tooLong }) => [line.length, tooLong])).toEqual([
    [1, undefined],
    [200, true],
    [1, undefined]
  ])
})

test.each([
  ['a line of 80 MB', 'x'.repeat(80e6), 1],
  ['40 MB of line ends', '\n'.repeat(2e6), 2e6],
  ['an old Mac', 'x\r'.repeat(2e6), 2e6]
])('%s takes no time', async (_, text, count) => {
  const before = performance.now()
  expect(await all(pieces(text, 1 << 18))).toHaveLength(count)
  expect(performance.now() - before).toBeLessThan(5000)
})
