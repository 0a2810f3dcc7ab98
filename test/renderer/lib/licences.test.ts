// Licences by the names people know, and commercial use only where it is certain.
import { expect, test } from 'vitest'
import { allowsCommercialUse, licenceName } from '../../../renderer/lib/licences'

test.each([
  ['mit', 'MIT'],
  ['apache-2.0', 'Apache 2.0'],
  ['cc-by-sa-4.0', 'CC-BY-SA-4.0'],
  ['llama3.2', 'Llama3.2'],
  ['Own terms', 'Own terms']
])('the licence %s is shown as %s', (code, shown) => expect(licenceName(code)).toBe(shown))

test.each([
  ['mit', true],
  ['Apache-2.0', true],
  ['cc-by-nc-4.0', false],
  ['cc-by-nc-sa-4.0', false],
  ['llama3.2', false],
  ['gemma', false],
  ['mit-0-of-mine', false],
  ['other', false]
])('of the licence %s commercial use is said: %s', (code, said) =>
  expect(allowsCommercialUse(code)).toBe(said)
)
