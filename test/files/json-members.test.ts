// Members of a stranger's JSON: as JSON.parse has them, and nothing in them takes long.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonMembers } from '../../main/files/json-members'
import { Silence } from '../workshop/silence'

async function membersOf(text: string): Promise<Record<string, unknown>> {
  const found: [string, unknown][] = []
  for await (const lot of jsonMembers(text))
    for (const { key, value } of lot) found.push([key, JSON.parse(value)])
  return Object.fromEntries(found)
}

test('any object, however it is written', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.constantFrom(0, 1, 3),
      async (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(await membersOf(` ${text}\n`)).toEqual(JSON.parse(text))
      }
    ),
    { numRuns: 300 }
  )
})

test('of many members, all in their order', async () => {
  const many = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`k${i}`, `"\\${i}`]))
  expect(Object.entries(await membersOf(JSON.stringify(many)))).toEqual(Object.entries(many))
})

test.each([
  '',
  '[]',
  '{',
  '{"a"',
  '{"a":',
  '{"a":1',
  '{"a":1,',
  '{"a":1,}',
  '{a:1}',
  '{"a":"',
  '{"a":[1}',
  '{"a":1}x',
  '{,}',
  '"a"'
])('no object: %j', async (text) => {
  await expect(membersOf(text)).rejects.toBeInstanceOf(SyntaxError)
})

const most = 4 * 2 ** 20
describe('four million signs, of which only one member is wanted', () => {
  test.each([
    ['names', `{${Array.from({ length: 380_000 }, (_, i) => `"${i.toString(36)}":1`).join(',')}}`],
    ['brackets', `{"a":${'['.repeat(most / 2)}${']'.repeat(most / 2 - 100)}}`],
    ['objects', `{"a":[${'{},'.repeat(most / 3 - 100)}1]}`],
    ['backslashes', `{"a":"${'\\\\'.repeat(most / 2 - 100)}"}`],
    ['numbers', `{"a":[${'1,'.repeat(most / 2 - 100)}1]}`]
  ])('%s', async (_, text) => {
    const silence = new Silence()
    let members = 0
    try {
      for await (const lot of jsonMembers(text)) members += lot.length
    } catch (error) {
      expect(error).toBeInstanceOf(SyntaxError)
    }
    expect(silence.end()).toBeLessThan(100)
    expect(members).toBeLessThan(400_000)
  })
})
