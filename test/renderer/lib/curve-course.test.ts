// The sentence of a chart says first, lowest and last as they are written, and no turn that cannot be seen.
import { describe, expect, test } from 'vitest'
import { en } from '../../../main/words/window/en'
import { ja } from '../../../main/words/window/ja'
import { figureWords } from '../../../main/words/figures'
import { courseOf, courseText } from '../../../renderer/lib/curve-course'

const two = (value: number): string => value.toFixed(2)

describe('the course', () => {
  test.each([
    ['down', [2.38, 1.9, 1.27], { kind: 'fell', from: '2.38', to: '1.27' }],
    ['up', [1, 2], { kind: 'rose', from: '1.00', to: '2.00' }],
    ['flat', [1.001, 1.002, 1.0], { kind: 'still', at: '1.00' }],
    ['one point', [0.5], { kind: 'still', at: '0.50' }],
    ['down and up again', [2.38, 1.27, 1.33], { kind: 'dipped', from: '2.38', turn: '1.27', to: '1.33' }],
    ['up and down again', [0, 5, 1], { kind: 'peaked', from: '0.00', turn: '5.00', to: '1.00' }],
    [
      'the larger of two turns',
      [3, 9, 2.9, 2, 3],
      { kind: 'peaked', from: '3.00', turn: '9.00', to: '3.00' }
    ],
    ['a turn too small to be written', [2, 1.001, 1.004], { kind: 'fell', from: '2.00', to: '1.00' }],
    ['values that are no numbers', [NaN, 2, Infinity, 1], { kind: 'fell', from: '2.00', to: '1.00' }]
  ] as const)('%s', (_, values, course) => {
    expect(courseOf(values, two)).toEqual(course)
  })

  test('of a loss the lowest point is said, however high it stood in between', () => {
    const values = [2.38, 9, 1.27, 1.33]
    expect(courseOf(values, two, 'lower')).toEqual({ kind: 'dipped', from: '2.38', turn: '1.27', to: '1.33' })
    expect(courseOf([2, 9, 1], two, 'lower')).toEqual({ kind: 'fell', from: '2.00', to: '1.00' })
  })

  test('of a score the highest', () => {
    expect(courseOf([1, 3, 0.5, 2], two, 'higher')).toEqual({
      kind: 'peaked',
      from: '1.00',
      turn: '3.00',
      to: '2.00'
    })
    expect(courseOf([2, 0, 3], two, 'higher')).toEqual({ kind: 'rose', from: '2.00', to: '3.00' })
  })

  test('a million points are no problem, and none at all has no course', () => {
    const many = Array.from({ length: 1_000_000 }, (_, step) => (step === 500_000 ? -1 : 1))
    expect(courseOf(many, two)).toEqual({ kind: 'dipped', from: '1.00', turn: '-1.00', to: '1.00' })
    expect(courseOf([], two)).toBeNull()
    expect(courseOf([NaN], two)).toBeNull()
  })
})

test('the sentence is that of the design', () => {
  const course = courseOf([2.38, 1.27, 1.33], two, 'lower')
  if (!course) throw new Error('no course')
  const say = ja.train.chart
  expect(courseText(figureWords('loss', 'ja', null).heldOut, course, say.course)).toBe(
    '検証の損失は 2.38 から 1.27 に下がり、その後 1.33 に上がりました'
  )
  expect(courseText(figureWords('loss', 'en', null).heldOut, course, en.train.chart.course)).toBe(
    'Held-out loss fell from 2.38 to 1.27, then rose to 1.33'
  )
})
