// Goals and methods belong together: each method's runs are shown, judged and written as some goal says, of its own head.
import { expect, test } from 'vitest'
import {
  exportsOf,
  figureOf,
  goalKeys,
  goalOf,
  goalRow,
  headOf,
  methodFor,
  shownBy,
  waysOf
} from '../../main/contract/goals'
import { continues, methodRows, rates, type MethodKey, type MethodRow } from '../../main/contract/methods'

test.each(Object.keys(methodRows) as MethodKey[])('a run by %s is shown as its head says', (method) => {
  const goal = goalOf(method)
  const language = continues(method) ? 'continuations' : 'answers'
  const score = rates(method) ? 'points' : 'labels'
  expect(shownBy(method)).toBe(methodRows[method].head === 'score' ? score : language)
  if (!rates(method)) expect(headOf(goal)).toBe(methodRows[method].head)
  expect(methodRows[method].evaluation as readonly string[]).toContain(figureOf(method))
  // who only scores is opened by Transformers and PEFT alone
  if (methodRows[method].head === 'score') expect(exportsOf(method)).toEqual(['merged', 'peft'])
  else expect(exportsOf(method)).toEqual(goalRow(goal).exports)
})

test('a method of a goal is of that goal, and learns from what the goal has', () => {
  for (const goal of goalKeys) {
    for (const method of waysOf(goal)) {
      expect(goalOf(method)).toBe(goal)
      const { examples: kinds, sorts }: MethodRow = methodRows[method]
      // what learns labels beside answers takes them from wherever they are
      const own = kinds.filter((kind) => !sorts || kind !== 'labelled')
      expect(goalRow(goal).examples).toEqual(expect.arrayContaining([...own]))
    }
    for (const method of goalRow(goal).methods)
      expect(methodRows[method].evaluation as readonly string[]).toContain(goalRow(goal).figure)
  }
})

test('what experts choose is nobody else’s way, whatever the data', () => {
  const none = { conversation: 0, text: 0, preference: 0, rated: 0, labelled: 0 }
  for (const goal of goalKeys)
    for (const kinds of [none, { ...none, preference: 9 }, { ...none, conversation: 9, rated: 3 }])
      expect(goalRow(goal).expert).not.toContain(methodFor(goal, kinds))
})
