// Names from elsewhere become names of files: never a way, never a device, never too long, Japanese as it is.
import { expect, test } from 'vitest'
import { mostNameBytes, plainName } from '../../main/files/plain-name'

test.each([
  ['見積 2026.csv', '見積 2026.csv'],
  ['👩‍💻.txt', '👩‍💻.txt'],
  ['a:b|c?.csv', 'a_b_c_.csv'],
  ['..', ''],
  ['. .', ''],
  ['', ''],
  ['   ', ''],
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['name. . .', 'name'],
  ['CON', '_CON'],
  ['aux.txt', '_aux.txt'],
  ['console.txt', 'console.txt'],
  ['evil\u202etxt.exe', 'evil_txt.exe'],
  ['half\ud800.csv', 'half_.csv'],
  ['a\u0000b\u001b[2J', 'a_b_[2J'],
  ['.bashrc', '.bashrc']
])('%j becomes %j', (given, name) => expect(plainName(given)).toBe(name))

test('a long one is cut between characters, and keeps its ending', () => {
  for (const long of ['あ'.repeat(500), '👩‍💻'.repeat(100), 'x'.repeat(10_000)]) {
    const name = plainName(`${long}.xlsx`)
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(mostNameBytes)
    expect(name).toMatch(/^[^\ufffd]+\.xlsx$/)
  }
  expect(Buffer.byteLength(plainName(`a.${'b'.repeat(500)}`))).toBeLessThanOrEqual(mostNameBytes)
  expect(plainName('あいう', 7)).toBe('あい')
})
