// How well texts are sorted is said with its interval, and with a caution where few rows were held out.
import { expect, test } from 'vitest'
import type { SortingView } from '../../../main/contract/window/sorting'
import { sortingResult } from '../../../renderer/lib/sorting-result'

const view = (rows: number, thin: number): Pick<SortingView, 'rows' | 'figures' | 'sureness'> => ({
  rows,
  figures: { accuracy: 1 },
  sureness: { low: 0.84, high: 1, thin, labels: 5, fewest: 10 }
})

test('all of twenty rows are said with their interval, and that there are four a label', () => {
  const { title, lead } = sortingResult(view(20, 5), 'ja')
  expect(title).toBe('検証用の 20行のうち 100\u00a0% を正しく仕分けました')
  expect(lead).toContain(
    '95 % の幅は 84\u00a0%〜100\u00a0% です。検証用の行が 10行より少ないラベルが、5種類のうち 5種類'
  )
  expect(sortingResult(view(20, 5), 'en').lead).toContain(
    '84\u00a0% to 100\u00a0%. 5 of 5 labels have fewer than 10'
  )
})

test('of enough rows there is the interval alone, and of few it is too early to say', () => {
  expect(sortingResult(view(200, 0), 'ja').lead).toBe(
    '正しく仕分ける割合の 95 % の幅は 84\u00a0%〜100\u00a0% です。'
  )
  expect(sortingResult(view(8, 5), 'ja').lead).toContain('検証用が 8行だけ')
})

test('before anything was sorted nothing is said of it', () => {
  expect(sortingResult(null, 'ja').title).toBe('仕分けの出来を確かめる')
})
