// A list says texts and labels, or texts alone, where it lists them for the goal; a search without a hit changes nothing of that.
import { expect, test } from 'vitest'
import type { ExampleRow } from '../../../main/contract/window/data'
import { listedAs } from '../../../renderer/lib/listed-as'
import { kindsFor } from '../../../renderer/lib/used-file'

const row = (kind: ExampleRow['kind']): Pick<ExampleRow, 'kind'> => ({ kind })
const none = { conversation: 0, text: 0, labelled: 0, preference: 0, rated: 0 }
const [tone, sort] = [kindsFor('tone'), kindsFor('sort')]

test('by what is listed', () => {
  expect(listedAs([row('labelled'), row('labelled')], none, sort)).toBe('labels')
  expect(listedAs([row('text'), row('text')], none, tone)).toBe('texts')
  expect(listedAs([row('text'), row('conversation')], none, tone)).toBe('pairs')
})

test('where nothing is listed, by what the set is of', () => {
  expect(listedAs([], { ...none, conversation: 120 }, tone)).toBe('pairs')
  expect(listedAs([], { ...none, labelled: 200 }, sort)).toBe('labels')
  expect(listedAs([], { ...none, text: 9 }, kindsFor('documents'))).toBe('texts')
  expect(listedAs([], none, tone)).toBe('pairs')
})

test('rows that the goal does not use decide nothing beside those that it uses', () => {
  expect(listedAs([row('labelled'), row('conversation')], none, sort)).toBe('labels')
  expect(listedAs([], { ...none, labelled: 200, conversation: 1 }, sort)).toBe('labels')
  expect(listedAs([row('text'), row('conversation')], none, kindsFor('documents'))).toBe('texts')
  expect(listedAs([row('conversation')], none, sort)).toBe('pairs')
})
