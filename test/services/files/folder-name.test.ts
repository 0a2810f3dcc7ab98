// A name for a folder on every system, whatever the user wrote.
import { expect, test } from 'vitest'
import { folderName } from '../../../main/services/files/folder-name'

test.each([
  ['敬語の応対', '敬語の応対', '敬語の応対'],
  ['Support desk', 'Support desk', 'Support-desk'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j', 'a-b-c-d-e-f-g-h-i-j'],
  ['../../etc/passwd', 'etc passwd', 'etc-passwd'],
  ['con', '_con', '_con'],
  ['LPT1.txt', '_LPT1.txt', '_LPT1.txt'],
  ['ends with dots...', 'ends with dots', 'ends-with-dots'],
  ['line\nbreak\u0000\u202Eend', 'line break end', 'line-break-end'],
  ['か\u3099', 'が', 'が'],
  ['', '', ''],
  ['///', '', '']
])('%j becomes %j, or with dashes %j', (name, plain, dashed) => {
  expect(folderName(name)).toBe(plain)
  expect(folderName(name, '-')).toBe(dashed)
})

test('stays within what file systems allow, and cuts no character in two', () => {
  for (const name of ['あ'.repeat(500), '😀'.repeat(500), 'x'.repeat(500)]) {
    const folder = folderName(name)
    expect(Buffer.byteLength(folder)).toBeLessThanOrEqual(200)
    expect(Buffer.byteLength(folder)).toBeGreaterThan(170)
    expect(Buffer.from(folder).toString()).toBe(folder)
  }
})
