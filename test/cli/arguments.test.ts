// Parsing: every kind of flag, the ways of writing one, and mistakes that name the right flag.
import { describe, expect, test } from 'vitest'
import { UsageError, type Arguments } from '../../main/cli/arguments'
import { parseArguments } from '../../main/cli/parse-arguments'
import type { Command } from '../../main/cli/command'

const command: Command = {
  name: 'tune',
  usage: '[recipe.yaml]',
  positionals: { min: 0, max: 1 },
  settings: true,
  flags: [
    { name: 'model', kind: 'text' },
    { name: 'data', kind: 'files' },
    { name: 'question', kind: 'texts' },
    { name: 'threads', kind: 'integer' },
    { name: 'temperature', kind: 'number' },
    { name: 'dtype', kind: 'text', choices: ['f32', 'bf16'] },
    { name: 'force', kind: 'switch' }
  ],
  examples: [],
  events: [],
  run: () => Promise.resolve(0)
}
const parse = (...argv: string[]): Arguments => parseArguments(command, argv)

function mistake(...argv: string[]): UsageError {
  try {
    parse(...argv)
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('what is written is what is read', () => {
  test('values after a space or an equals sign, the last one wins', () => {
    expect(parse('--model', 'a').text('model')).toBe('a')
    expect(parse('--model=a b=c').text('model')).toBe('a b=c')
    expect(parse('--model', 'a', '--model', 'b').text('model')).toBe('b')
    expect(parse('--model=').text('model')).toBe('')
    expect(parse().text('model')).toBeUndefined()
  })

  test('files as a shell expands them; a recipe among them is the recipe', () => {
    const args = parse('--data', 'a.csv', 'b.csv', 'r.yaml', '--force', '--data', 'c.csv')
    expect(args.texts('data')).toEqual(['a.csv', 'b.csv', 'c.csv'])
    expect(args.positionals).toEqual(['r.yaml'])
    expect(args.has('force')).toBe(true)
    expect(parse('r.yml', '--data', 'a.csv').positionals).toEqual(['r.yml'])
  })

  test('repeated texts keep their order; numbers are numbers', () => {
    const args = parse(
      '--question',
      '一',
      '--question',
      '--二'.slice(2),
      '--threads',
      '2',
      '--temperature',
      '.5'
    )
    expect(args.texts('question')).toEqual(['一', '二'])
    expect([args.number('threads'), args.number('temperature'), args.number('dtype')]).toEqual([
      2,
      0.5,
      undefined
    ])
  })

  test('settings come as text for the recipe, switches in three forms', () => {
    expect(
      parse('--learning-rate', '1e-4', '--target-modules', 'q_proj,v_proj', '--packing').settings
    ).toEqual({
      'learning-rate': '1e-4',
      'target-modules': 'q_proj,v_proj',
      packing: true
    })
    expect(parse('--no-packing').settings).toEqual({ packing: false })
    expect(parse('--packing=false').settings).toEqual({ packing: 'false' })
  })

  test('after -- everything is a word; negative numbers are values', () => {
    expect(parse('--', '--odd-name.yaml').positionals).toEqual(['--odd-name.yaml'])
    expect(parse('--temperature', '-1').number('temperature')).toBe(-1)
  })

  test('help needs no complete command', () => {
    expect(parse('--help').has('help')).toBe(true)
    expect(parse('-h').has('help')).toBe(true)
  })
})

describe('mistakes', () => {
  const cases: readonly [string, readonly string[], string, Record<string, string>][] = [
    ['a misspelt flag', ['--modle', 'x'], 'UNKNOWN_FLAG', { name: '--modle', nearest: '--model' }],
    ['a misspelt setting', ['--learning_rat=1'], 'UNKNOWN_FLAG', { nearest: '--learning-rate' }],
    ['a short flag that is none', ['-x'], 'UNKNOWN_FLAG', { name: '-x' }],
    ['no value at the end', ['--model'], 'FLAG_VALUE_MISSING', { name: '--model' }],
    ['a flag where a value should be', ['--model', '--force'], 'FLAG_VALUE_MISSING', { name: '--model' }],
    ['a value for a switch', ['--force=yes'], 'FLAG_WITHOUT_VALUE', { name: '--force' }],
    ['a value for a negated switch', ['--no-packing=1'], 'FLAG_WITHOUT_VALUE', {}],
    ['not a whole number', ['--threads', '1.5'], 'WRONG_FLAG_VALUE', { name: '--threads', got: '1.5' }],
    ['a negative count', ['--threads=-1'], 'WRONG_FLAG_VALUE', { got: '-1' }],
    ['not a number', ['--temperature', 'hot'], 'WRONG_FLAG_VALUE', { got: 'hot' }],
    ['none of the choices', ['--dtype', 'f64'], 'WRONG_FLAG_VALUE', { expected: 'f32 | bf16' }],
    ['one word too many', ['a.yaml', 'b.yaml'], 'ARGUMENT_TOO_MANY', { extra: 'b.yaml' }]
  ]
  for (const [what, argv, code, details] of cases) {
    test(what, () => {
      const error = mistake(...argv)
      expect(error.code).toBe(code)
      expect(error.details).toMatchObject(details)
    })
  }

  test('too few words', () => {
    const needy = { ...command, positionals: { min: 1, max: 1 } }
    expect(() => parseArguments(needy, [])).toThrowError(
      expect.objectContaining({ code: 'ARGUMENT_MISSING' })
    )
  })
})
