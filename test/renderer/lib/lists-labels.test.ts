// A list says texts and labels where it lists them; a search without a hit changes nothing of that.
import { expect, test } from 'vitest'
import type { ExampleRow } from '../../../main/contract/window/data'
import { listsLabels } from '../../../renderer/lib/lists-labels'

const row = (kind: ExampleRow['kind']): Pick<ExampleRow, 'kind'> => ({ kind })
const none = { conversation: 0, text: 0, labelled: 0, preference: 0, rated: 0 }

test('by what is listed', () => {
  expect(listsLabels([row('labelled'), row('labelled')], none)).toBe(true)
  expect(listsLabels([row('labelled'), row('conversation')], none)).toBe(false)
})

test('where nothing is listed, by what the set is of', () => {
  expect(listsLabels([], { ...none, conversation: 120 })).toBe(false)
  expect(listsLabels([], { ...none, labelled: 200 })).toBe(true)
  expect(listsLabels([], { ...none, labelled: 200, conversation: 1 })).toBe(false)
  expect(listsLabels([], none)).toBe(false)
})
