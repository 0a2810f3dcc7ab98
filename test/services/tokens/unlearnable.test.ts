// Why nothing is left to learn: the reason that most have, whatever their number.
import { expect, test } from 'vitest'
import type { RefusedRow } from '../../../main/contract/records'
import { RefusedTally } from '../../../main/services/tokens/refused-tally'
import { nothingToLearn } from '../../../main/services/tokens/unlearnable'

const refused = (reason: string, row: number): RefusedRow => ({
  source: { file: 'x', row },
  reason,
  details: { first: String(row) },
  excerpt: ''
})

test('the most common reason is named with the details of its first row', () => {
  const rows = [refused('EMPTY_TEXT', 1), refused('EMPTY_ANSWER', 2), refused('EMPTY_ANSWER', 3)]
  expect(nothingToLearn(RefusedTally.of(rows))).toMatchObject({
    code: 'NOTHING_TO_LEARN',
    details: { rows: '3', reason: 'EMPTY_ANSWER', first: '2' }
  })
  expect(nothingToLearn(new RefusedTally()).code).toBe('NO_DATA')
})

test('of a million rows, only the first are kept, and all are counted', () => {
  const rows = Array.from({ length: 1_000_000 }, (_, row) => refused('EMPTY_TEXT', row))
  const tally = RefusedTally.of(rows)
  expect(nothingToLearn(tally).details).toMatchObject({ rows: '1000000', first: '0' })
  expect(tally.count).toBe(1_000_000)
  expect(tally.first).toEqual(rows.slice(0, 200))
})
