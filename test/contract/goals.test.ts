// Goals and methods belong together: each method's runs are shown, judged and written as some goal says, of its own head.
import { expect, test } from 'vitest'
import { goalKeys, goalOf, goalRow, headOf } from '../../main/contract/goals'
import { continues, methodRows, type MethodKey } from '../../main/contract/methods'

test.each(Object.keys(methodRows) as MethodKey[])(
  'a run by %s is shown by a goal whose models do the same',
  (method) => {
    const goal = goalOf(method)
    expect(headOf(goal)).toBe(methodRows[method].head)
    const shown = continues(method) ? 'continuations' : 'answers'
    expect(goalRow(goal).shows).toBe(methodRows[method].head === 'score' ? 'labels' : shown)
  }
)

test('a method of a goal is of that goal, and learns from what the goal has', () => {
  for (const goal of goalKeys)
    for (const method of goalRow(goal).methods) {
      expect(goalOf(method)).toBe(goal)
      expect(goalRow(goal).examples).toEqual(expect.arrayContaining([...methodRows[method].examples]))
      const { evaluation } = methodRows[method]
      expect(evaluation as readonly string[]).toContain(goalRow(goal).figure)
    }
  // who only sorts is opened by Transformers and PEFT alone
  expect(goalRow(goalOf('classification-full')).exports).toEqual(['merged', 'peft'])
})
