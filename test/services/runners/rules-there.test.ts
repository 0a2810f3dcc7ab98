// The rules of a generated folder are Python, and think of every answer as Neiro's own do.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rewardOf, rulesOf, type RuleSettings } from '../../../main/metrics/answer-rules'
import { randomFrom } from '../../../main/batches/shuffle'

const programs = join(import.meta.dirname, '../../../resources/remote')
const hasPython = spawnSync('python3', ['--version']).status === 0

const none: RuleSettings = {
  ...{ rewardLength: '', rewardContains: '', rewardForbidden: '', rewardJson: false, rewardSame: false }
}
/** each with what recipe.json says of it */
const cases: readonly (readonly [Partial<RuleSettings>, Record<string, unknown>])[] = [
  [{ rewardLength: '5-12' }, { length: { least: 5, most: 12 } }],
  [{ rewardLength: '-4' }, { length: { least: 0, most: 4 } }],
  [{ rewardLength: '9-' }, { length: { least: 9, most: null } }],
  [{ rewardContains: 'です、ok' }, { contains: ['です', 'ok'] }],
  [{ rewardForbidden: '無理、ＡＢＣ' }, { forbidden: ['無理', 'ＡＢＣ'] }],
  [{ rewardJson: true }, { json: true }],
  [{ rewardSame: true }, { same: true }],
  [
    { rewardLength: '5-12', rewardSame: true },
    { length: { least: 5, most: 12 }, same: true }
  ]
]
const parts = [
  ...[
    'です',
    'OK',
    'ｏｋ',
    '無理',
    'abc',
    'ＡＢＣ',
    '𠮷',
    '👪',
    ' ',
    '\u3000',
    '\n',
    '\ufeff',
    '\u0085',
    '\u001c',
    'İ',
    'Σ',
    'ς'
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    '"a"',
    ':',
    ',',
    '1',
    '-',
    '0.5',
    'NaN',
    'Infinity',
    'null',
    'true',
    '"\\u00e9"',
    '\t'
  ]
]
const whole = [
  ...[
    '{"a": 1}',
    '[]',
    ' [1, 2] \n',
    '{"a": NaN}',
    '[1e999]',
    '[01]',
    '["\u0001"]',
    '12',
    '"text"',
    '{"a":1,}',
    ''
  ],
  ...['[Infinity]', `${'['.repeat(200)}${']'.repeat(200)}`, `[${'9'.repeat(6000)}]`, '\u00a0[1]', '\ufeff[1]']
]

function texts(): readonly string[] {
  const random = randomFrom(3, 0)
  const some = (): string =>
    Array.from({ length: random() % 7 }, () => parts[random() % parts.length] ?? '').join('')
  return [...whole, ...Array.from({ length: 400 }, some)]
}

test.runIf(hasPython)('rules think the same there', () => {
  const answers = texts()
  const references = answers.map((answer, at) =>
    at % 2 ? ` ${answer.toUpperCase()}` : (answers[at + 1] ?? '')
  )
  const said = cases.map(([, rules]) => ({
    ...{ length: null, contains: null, forbidden: null, json: false, same: false },
    ...rules
  }))
  const program = `
import json, sys
from rules import rules_of
asked = json.load(sys.stdin)
def marks(said):
    each = [rule(completions=asked["answers"], reference=asked["references"], prompts=None) for rule in rules_of(said)]
    return [sum(one) / len(one) for one in zip(*each)]
print(json.dumps([marks(said) for said in asked["said"]]))
`
  const { stdout, stderr } = spawnSync('python3', ['-c', program], {
    ...{ cwd: programs, encoding: 'utf8', input: JSON.stringify({ said, answers, references }) },
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' }
  })
  expect(stderr).toBe('')
  const there = JSON.parse(stdout) as number[][]
  cases.forEach(([settings], at) => {
    const rules = rulesOf({ ...none, ...settings })
    const here = answers.map((answer, i) => rewardOf(rules, answer, references[i] ?? ''))
    here.forEach((mark, i) => {
      const which = `${JSON.stringify(settings)} of ${JSON.stringify(answers[i]?.slice(0, 60))}`
      expect(there[at]?.[i], which).toBeCloseTo(mark, 12)
    })
    // each tells some from others
    expect(new Set(here).size).toBeGreaterThan(1)
  })
})
