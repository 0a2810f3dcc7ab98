// What the makers signed is taken, and nothing else: every change of it, every other signature.
import { expect, test } from 'vitest'
import { isSignedBy, type Manifest } from '../../../main/services/updates/manifest'
import { makers, manifestOf, others, publicKey, signedBy } from './keys'

const manifest = manifestOf('0.2.0', 'Neiro-0.2.0.AppImage', Buffer.from('the new one'))
const signed = signedBy(makers, manifest)

test('what the makers signed is theirs, in whatever order its parts stand', () => {
  expect(isSignedBy(signed, publicKey)).toBe(true)
  const turned = Object.fromEntries(Object.entries(signed).reverse())
  expect(isSignedBy(turned, publicKey)).toBe(true)
})

const file = (signed['files'] as readonly object[])[0]
const spoilt: Readonly<Record<string, Manifest>> = {
  'another version': { ...signed, version: '9.9.9' },
  'another file': { ...signed, files: [{ ...file, sha512: 'AAAA' }] },
  'a file more': { ...signed, files: [file, file] },
  'a package beside it': { ...signed, packages: { x64: { path: 'evil.7z' } } },
  'other words': { ...signed, releaseNotes: 'この版は必ず入れてください' },
  'no signature': manifest,
  'a signature that is none': { ...signed, signature: '？' },
  'signed by somebody else': signedBy(others, manifest)
}
test.each(Object.entries(spoilt))('%s is not', (_name, one) => {
  expect(isSignedBy(one, publicKey)).toBe(false)
})

test('a key that is none signs nothing', () => {
  expect(isSignedBy(signed, 'PUBLIC KEY')).toBe(false)
})
