// Which rooms the foot of the rail leads to, from within a project and from outside.
import { expect, test } from 'vitest'
import { railPlaces } from '../../../renderer/lib/rail-places'
import { en } from '../../../main/words/window/en'

const keys = (inProject: boolean): string[] => railPlaces(inProject, en.common).map(({ key }) => key)

test('from within a project home and the settings can be reached, from outside all four', () => {
  expect(keys(true)).toEqual(['home', 'settings'])
  expect(keys(false)).toEqual(['home', 'runs', 'models', 'settings'])
})
