// Settings written as text: what each form takes, what it refuses, and what a recipe may have instead.
import { expect, test } from 'vitest'
import { asText, readsAs, saidBy, textForms, type TextForm } from '../../main/contract/setting-texts'

test('every form takes its own example, and nothing written', () => {
  for (const name of Object.keys(textForms) as TextForm[]) {
    expect(readsAs(name, textForms[name].example)).toBe(true)
    expect(readsAs(name, '')).toBe(true)
    expect(saidBy(name, '')).toBeUndefined()
    expect(readsAs(name, `q_proj${'x'.repeat(2000)}=8`)).toBe(false)
  }
})

test.each([
  ['layers', '0-3, 7', [0, 1, 2, 3, 7]],
  ['layers', '9,2 - 3,2', [2, 3, 9]],
  ['names', ' lm_head ,mlp.down_proj', ['lm_head', 'mlp.down_proj']],
  ['ranks', 'q_proj=8, .*\\.1\\.v_proj = 32', { q_proj: 8, '.*\\.1\\.v_proj': 32 }],
  ['alphas', 'q_proj=0.5', { q_proj: 0.5 }],
  ['expression', '.*[qv]_proj', '.*[qv]_proj']
] as const)('%s: "%s"', (form, text, said) => {
  expect(saidBy(form, text)).toEqual(said)
})

test.each([
  ['layers', '3-0'],
  ['layers', '-1'],
  ['layers', '1-2-3'],
  ['layers', '12345'],
  ['layers', '1,,2'],
  ['names', 'q_proj, q_proj'],
  ['names', 'q proj'],
  ['names', 'q_proj=3'],
  ['ranks', 'q_proj'],
  ['ranks', '=8'],
  ['ranks', 'q_proj='],
  ['ranks', 'q_proj=0'],
  ['ranks', 'q_proj=2.5'],
  ['ranks', 'q_proj=1, q_proj=2'],
  ['alphas', 'q_proj=-1'],
  ['alphas', 'q_proj=x']
] as const)('%s refuses "%s"', (form, text) => {
  expect(readsAs(form, text)).toBe(false)
  expect(saidBy(form, text)).toBeUndefined()
})

test('a number, a list and a map of a recipe are texts, too', () => {
  expect([asText(5), asText([0, 1]), asText({ q_proj: 8, v_proj: 4 }), asText('x'), asText(null)]).toEqual([
    ...['5', '0, 1', 'q_proj=8, v_proj=4', 'x', null]
  ])
})
