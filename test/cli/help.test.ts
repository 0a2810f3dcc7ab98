// The command table and its help: complete in both languages, within the terminal, and true.
import { describe, expect, test } from 'vitest'
import { parseArguments } from '../../main/cli/parse-arguments'
import { commonFlags, type Command } from '../../main/cli/command'
import { commands } from '../../main/cli/commands'
import { exampleRecipe } from '../../main/cli/commands/tune'
import { commandHelp, overview } from '../../main/cli/help'
import { widthOf } from '../../main/cli/width'
import { commandWords, flagWords, wordsFor } from '../../main/words/cli'
import { knownExtensions } from '../../main/services/reading/formats'
import { parseRecipe } from '../../main/services/recipes/recipe'
import { flagName, settingKeys } from '../../main/services/recipes/setting-values'

const kana = /[ぁ-んァ-ン]/
const languages = ['ja', 'en'] as const

describe('every command', () => {
  for (const command of commands) {
    test(`${command.name} says what it is, in both languages`, () => {
      expect(command.examples.length).toBeGreaterThan(0)
      for (const language of languages) {
        const say = commandWords(command.name, wordsFor(language))
        expect(say.examples).toHaveLength(command.examples.length)
        expect(say.shown === undefined).toBe(command.shown === undefined)
        const flags = [...command.flags, ...commonFlags].map(({ name }) =>
          flagWords(name, say, wordsFor(language))
        )
        for (const text of [say.summary, ...flags, ...say.examples]) {
          expect(text).not.toBe('')
          expect(kana.test(text), text).toBe(language === 'ja')
        }
        const names = command.flags.map(({ name }) => name)
        expect(names).toEqual(expect.arrayContaining(Object.keys(say.flags ?? {})))
      }
    })

    test(`${command.name}: the examples of its help are commands that parse`, () => {
      for (const line of command.examples) {
        const [program, name, ...words] = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(
          (match) => match[1] ?? match[2] ?? ''
        )
        expect([program, name]).toEqual(['neiro', command.name])
        expect(() => parseArguments(command, words)).not.toThrow()
      }
    })

    test(`${command.name}: its help fits the terminal and names every flag`, () => {
      for (const language of languages) {
        for (const columns of [60, 100]) {
          const help = commandHelp(command, wordsFor(language), language, columns)
          // examples and recipes are shown as they are typed
          const typed = [...command.examples, ...(command.shown?.split('\n') ?? [])]
          const lines = help
            .split('\n')
            .filter((line) => !typed.some((one) => line.includes(one)) && !line.includes('neiro '))
          for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns)
          for (const flag of command.flags) expect(help).toContain(`--${flag.name}`)
          if (command.settings) for (const key of settingKeys) expect(help).toContain(`--${flagName(key)}`)
          for (const [event] of command.events) expect(help).toContain(event)
        }
      }
    })
  }

  test('names are told apart, and the overview lists them all', () => {
    expect(new Set(commands.map((command) => command.name)).size).toBe(commands.length)
    for (const language of languages) {
      const text = overview(commands, wordsFor(language), language, 100)
      for (const command of commands) expect(text).toContain(`  ${command.name} `)
    }
  })

  test('no words wait for a flag that no command takes', () => {
    const taken = new Set([...commonFlags, ...commands.flatMap(({ flags }) => flags)].map(({ name }) => name))
    for (const language of languages)
      expect(Object.keys(wordsFor(language).flags).filter((name) => !taken.has(name))).toEqual([])
  })
})

test('the choices of a setting stand in the help with their plain words', () => {
  const tune = commands.find((command) => command.name === 'tune')
  if (!tune) throw new Error('no tune')
  const help = commandHelp(tune, wordsFor('en'), 'en', 400)
  expect(help).toContain('nf4 = packed into 4 bits')
  expect(help).toContain('responses = answers only | all = questions and answers')
  expect(commandHelp(tune, wordsFor('ja'), 'ja', 400)).toContain('cosine = なめらかに下げる')
})

test('whoever asks how data may be given is told every kind of file that is read', () => {
  // further names of a kind (templates, .htm) go without saying
  const kinds = knownExtensions.filter(
    (name) => !/^\.(xlsm|xlt[xm]|docm|dot[xm]|ott|ots|htm|markdown|ndjson|tab)$/.test(name)
  )
  for (const name of ['tune', 'plan', 'eval'])
    for (const language of languages) {
      const command = commands.find((one) => one.name === name) as Command
      const help = commandHelp(command, wordsFor(language), language, 400)
      const told = /^ +--data .*/m.exec(help)?.[0] ?? ''
      for (const kind of kinds)
        expect(told, `${name} ${language}`).toMatch(new RegExp(`\\b${kind.slice(1)}\\b`))
    }
})

test('a setting that is not for every method says for which it is', () => {
  const tune = commands.find((command) => command.name === 'tune') as Command
  const help = commandHelp(tune, wordsFor('en'), 'en', 400).split('\n')
  const line = (flag: string): string => help.find((text) => text.includes(flag)) ?? ''
  expect(line('--lora-rank')).toMatch(/method sft/)
  expect(line('--epochs')).not.toMatch(/method/)
})

test('the recipe shown in the help can be read', () => {
  const recipe = parseRecipe(exampleRecipe, '/x/recipe.yaml')
  expect(recipe.settings.baseQuantization).toBe('nf4')
  expect(recipe.questions).toHaveLength(2)
  expect(recipe.heldOut).toHaveLength(1)
  expect(recipe.reading?.joined).toEqual({ question: ['本文'] })
})
