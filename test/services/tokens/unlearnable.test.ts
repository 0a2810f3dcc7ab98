// Why nothing is left to learn: the reason that most have, whatever their number.
import { expect, test } from 'vitest'
import type { RefusedRow } from '../../../main/contract/records'
import { nothingToLearn } from '../../../main/services/tokens/unlearnable'

const refused = (reason: string, row: number): RefusedRow => ({
  source: { file: 'x', row },
  reason,
  details: { first: String(row) },
  excerpt: ''
})

test('the most common reason is named with the details of its first row', () => {
  const rows = [refused('EMPTY_TEXT', 1), refused('EMPTY_ANSWER', 2), refused('EMPTY_ANSWER', 3)]
  expect(nothingToLearn(rows)).toMatchObject({
    code: 'NOTHING_TO_LEARN',
    details: { rows: '3', reason: 'EMPTY_ANSWER', first: '2' }
  })
  expect(nothingToLearn([]).code).toBe('NO_DATA')
})

test('a million rows take no longer than reading them', () => {
  // counted by copying what was counted before, this takes hours
  const rows = Array.from({ length: 1_000_000 }, (_, row) => refused('EMPTY_TEXT', row))
  expect(nothingToLearn(rows).details).toMatchObject({ rows: '1000000', first: '0' })
})
