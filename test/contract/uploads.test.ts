// The page looks at the kinds before it sends anything; they are those for which there is a reader.
import { expect, test } from 'vitest'
import { dataExtensions } from '../../main/contract/uploads'
import { knownExtensions } from '../../main/services/reading/formats'

test('the page knows the kinds for which there is a reader, and no other', () => {
  expect([...dataExtensions].sort()).toEqual([...knownExtensions].sort())
})
