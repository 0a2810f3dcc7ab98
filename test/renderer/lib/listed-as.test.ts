// A list says texts and labels, or texts alone, where it lists them; a search without a hit changes nothing of that.
import { expect, test } from 'vitest'
import type { ExampleRow } from '../../../main/contract/window/data'
import { listedAs } from '../../../renderer/lib/listed-as'

const row = (kind: ExampleRow['kind']): Pick<ExampleRow, 'kind'> => ({ kind })
const none = { conversation: 0, text: 0, labelled: 0, preference: 0, rated: 0 }

test('by what is listed', () => {
  expect(listedAs([row('labelled'), row('labelled')], none)).toBe('labels')
  expect(listedAs([row('text'), row('text')], none)).toBe('texts')
  expect(listedAs([row('labelled'), row('conversation')], none)).toBe('pairs')
  expect(listedAs([row('text'), row('conversation')], none)).toBe('pairs')
})

test('where nothing is listed, by what the set is of', () => {
  expect(listedAs([], { ...none, conversation: 120 })).toBe('pairs')
  expect(listedAs([], { ...none, labelled: 200 })).toBe('labels')
  expect(listedAs([], { ...none, text: 9 })).toBe('texts')
  expect(listedAs([], { ...none, labelled: 200, conversation: 1 })).toBe('pairs')
  expect(listedAs([], none)).toBe('pairs')
})
