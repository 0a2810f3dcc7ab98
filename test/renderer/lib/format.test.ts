// Numbers, sizes and times as people read them, in both languages.
import { expect, test } from 'vitest'
import {
  bytes,
  clock,
  count,
  dayAndTime,
  decimal,
  duration,
  memory,
  parameters,
  percent,
  percents,
  tiny
} from '../../../renderer/lib/format'

test('shares of one whole are a hundred percent together, and no share of something else is touched', () => {
  const of = (...shares: number[]): number[] => percents(shares).map((text) => Number.parseInt(text))
  expect(of(0.597, 0.195, 0.147, 0.049, 0.012)).toEqual([60, 19, 15, 5, 1])
  expect(of(1 / 3, 1 / 3, 1 / 3).reduce((sum, one) => sum + one)).toBe(100)
  expect(of(1)).toEqual([100])
  // each label of its own
  expect(of(0.996, 0.505)).toEqual([100, 51])
  expect(of()).toEqual([])
})

test.each([
  [0, '1\u00a0KB'],
  [1500, '2\u00a0KB'],
  [2_500_000, '3\u00a0MB'],
  [999_400_000, '999\u00a0MB'],
  [999_999_999, '1.0\u00a0GB'],
  [1_100_000_000, '1.1\u00a0GB']
])('%d bytes of a file are %s', (value, shown) => expect(bytes(value)).toBe(shown))

test.each([
  [350 * 2 ** 20, '350\u00a0MB'],
  [1.5 * 2 ** 30, '1.5\u00a0GB'],
  [15.6 * 2 ** 30, '16\u00a0GB']
])('%d bytes of memory are %s', (value, shown) => expect(memory(value)).toBe(shown))

test.each([
  [0, '約10秒', 'about 10\u00a0s'],
  [34, '約30秒', 'about 30\u00a0s'],
  [56, '約1分', 'about 1\u00a0min'],
  [720, '約12分', 'about 12\u00a0min'],
  [3599, '約1時間', 'about 1\u00a0h'],
  [5400, '約1時間30分', 'about 1\u00a0h 30\u00a0min'],
  [2 * 3600 - 120, '約2時間', 'about 2\u00a0h'],
  [86_400, '約1日', 'about 1 day'],
  [3 * 86_400, '約3日', 'about 3 days']
])('%d seconds are %s, %s', (seconds, ja, en) => {
  expect(duration(seconds, 'ja')).toBe(ja)
  expect(duration(seconds, 'en')).toBe(en)
})

test('a longer time is never said to be shorter', () => {
  // as said: number of the largest unit and of the smaller one, in seconds
  const said = (seconds: number): number => {
    const [, days, hours, minutes, tens] =
      /約(?:(\d+)日)?(?:(\d+)時間)?(?:(\d+)分)?(?:(\d+)秒)?/.exec(duration(seconds, 'ja')) ?? []
    return (
      Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(tens ?? 0)
    )
  }
  let before = 0
  for (let seconds = 1; seconds < 200_000; seconds += 7) {
    expect(said(seconds)).toBeGreaterThanOrEqual(before)
    before = said(seconds)
  }
})

test('figures carry their separators and a no-break space before the unit', () => {
  expect(count(1236, 'ja')).toBe('1,236')
  expect(decimal(1.2345, 2, 'en')).toBe('1.23')
  expect(percent(0.634)).toBe('63\u00a0%')
})

test.each([
  [5_500_000, '5.5M'],
  [124_000_000, '124M'],
  [1_700_000_000, '1.7B'],
  [260_000, '260K']
])('%d parameters are %s', (value, shown) => expect(parameters(value)).toBe(shown))

test('today only the time is said, another day its date, another year that too', () => {
  const at = new Date(2026, 10, 21, 14, 6)
  expect(dayAndTime(at.toISOString(), 'ja', new Date(2026, 10, 21, 23, 0))).toBe(clock(at, 'ja'))
  expect(dayAndTime(at.toISOString(), 'ja', new Date(2026, 10, 22))).toMatch(/11月21日.*14:06/)
  expect(dayAndTime(at.toISOString(), 'en', new Date(2026, 10, 22))).toMatch(/21\sNov.*14:06/)
  expect(dayAndTime(at.toISOString(), 'en', new Date(2027, 0, 2))).toMatch(/2026/)
})

test.each([
  [0.006_62, '0.0066'],
  [0.031, '0.031'],
  [1.25, '1.3'],
  [6.6e-7, '<\u00a00.0001'],
  [0, '0']
])('a difference of %d is %s', (value, shown) => {
  expect(tiny(value, 'ja')).toBe(shown)
  expect(tiny(value, 'en')).toBe(shown)
})
