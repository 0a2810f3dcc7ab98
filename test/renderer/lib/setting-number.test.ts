// What an expert types is taken as a Japanese keyboard writes it, and refused where it would not be what was meant.
import { expect, test } from 'vitest'
import { settingRows } from '../../../main/contract/settings'
import { settingNumber } from '../../../renderer/lib/setting-number'

const { loraRank, learningRate } = settingRows

test.each([
  ['16', 16],
  ['１６', 16],
  [' 16　', 16],
  ['+8', 8],
  ['1e1', 10],
  ['16.0', 16]
])('a whole number written %j', (text, number) => {
  expect(settingNumber(text, loraRank)).toBe(number)
})

test.each([
  ['０．００１', 0.001],
  ['０。００１', 0.001],
  ['２ｅ－４', 2e-4],
  ['2e−4', 2e-4],
  ['.5', 0.5],
  ['1', 1]
])('a number written %j', (text, number) => {
  expect(settingNumber(text, learningRate)).toBe(number)
})

test.each(['', '　', 'abc', '16.5', '0', '257', '-1', '0x10', '1,0', 'Infinity', 'NaN', '１６個', '1e400'])(
  '%j is no size of the learnt part',
  (text) => {
    expect(settingNumber(text, loraRank)).toBeNull()
  }
)

test('both ends of the range belong to it', () => {
  expect(settingNumber('1', loraRank)).toBe(1)
  expect(settingNumber('256', loraRank)).toBe(256)
  expect(settingNumber('1e-7', learningRate)).toBe(1e-7)
  expect(settingNumber('0.99e-7', learningRate)).toBeNull()
})
