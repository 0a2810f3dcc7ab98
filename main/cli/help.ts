// The help texts, made from the command table and the settings table. Pure: lines out.
import { settingRows, type SettingKey } from '../contract/settings'
import type { Language } from '../contract/language'
import { expectedOf, flagName, settingKeys } from '../services/recipes/setting-values'
import { commonFlags, type Command, type Flag } from './command'
import { commandWords, flagWords, type Words } from '../words/cli'
import { choiceWord, settingsWords } from '../words/settings'
import { padEnd, widthOf, wrap } from './width'

const indent = 2

export function overview(
  commands: readonly Command[],
  words: Words,
  language: Language,
  columns: number
): string {
  const rows = commands.map((command): Row => [command.name, commandWords(command.name, words).summary])
  return [
    words.help.tagline,
    '',
    `${words.help.usage} neiro ${words.help.commandWord}`,
    '',
    words.help.commands,
    ...twoColumns(rows, columns),
    '',
    words.help.firstSteps,
    ...words.help.firstExamples.map(([command, says]) => `  ${padEnd(command, 46)} ${says}`.trimEnd()),
    '',
    words.help.moreHelp
  ].join('\n')
}

export function commandHelp(command: Command, words: Words, language: Language, columns: number): string {
  const say = commandWords(command.name, words)
  const flagRows = (flags: readonly Flag[]): Row[] =>
    flags.map((flag) => [nameOf(flag), flagWords(flag.name, say, words)])
  const part = (title: string, lines: readonly string[]): string[] =>
    lines.length > 0 ? ['', title, ...lines] : []
  return [
    ...wrap(say.summary, columns),
    ...(say.about === undefined ? [] : ['', ...wrap(say.about, columns)]),
    '',
    `${words.help.usage} neiro ${command.name} ${command.usage}`.trimEnd(),
    ...part(
      words.help.examples,
      command.examples.flatMap((line, at) => [
        `  ${line}`,
        ...wrap(say.examples[at] ?? '', columns - 6).map((text) => `      ${text}`)
      ])
    ),
    ...(command.shown !== undefined
      ? part(
          say.shown ?? '',
          command.shown.split('\n').map((line) => `  ${line}`)
        )
      : []),
    ...part(words.help.flags, twoColumns(flagRows(command.flags), columns)),
    ...(command.settings ? settingParts(words, language, columns) : []),
    ...part(words.help.commonFlags, twoColumns(flagRows(commonFlags), columns)),
    ...part(
      words.help.events,
      twoColumns(
        [
          ...command.events.map(([name, fields]): Row => [name, fields]),
          ['error', 'code message hint details']
        ],
        columns
      )
    )
  ].join('\n')
}

type Row = readonly [name: string, says: string]

function settingParts(words: Words, language: Language, columns: number): readonly string[] {
  const groups = [...new Set(settingKeys.map((key) => settingRows[key].group))]
  return groups.flatMap((group) => {
    const keys = settingKeys.filter((key) => settingRows[key].group === group)
    const rows = keys.map((key): Row => [settingFlag(key), settingHelp(key, words, language)])
    return ['', words.help.groups[group], ...twoColumns(rows, columns)]
  })
}

function settingFlag(key: SettingKey): string {
  const row = settingRows[key]
  switch (row.kind) {
    case 'integer':
    case 'number':
      return `--${flagName(key)} N`
    case 'switch':
      return `--${flagName(key)}, --no-…`
    case 'list':
      return `--${flagName(key)} A,B`
    case 'choice':
      return `--${flagName(key)} X`
    case 'text':
      return `--${flagName(key)} TEXT`
  }
}

function settingHelp(key: SettingKey, words: Words, language: Language): string {
  const row = settingRows[key]
  const only = (
    [
      ['method', 'methods'],
      ['adapter', 'adapters'],
      ['schedule', 'schedules']
    ] as const
  ).flatMap(([name, those]) => {
    const chosen: readonly string[] | undefined = (row as Partial<Record<typeof those, readonly string[]>>)[
      those
    ]
    return chosen && chosen.length < settingRows[name].choices.length ? [`${name} ${chosen.join(' | ')}`] : []
  })
  const unset = row.kind === 'text' ? words.help.unset : String(row.default)
  const facts = [acceptedBy(key, language), `${words.help.default} ${unset}`, ...only]
  return `${settingsWords[language][key].label} (${facts.join('; ')})`
}

/** Choices with their plain words, "none = as in the file | …": bare, they say little. */
function acceptedBy(key: SettingKey, language: Language): string {
  const row = settingRows[key]
  if (row.kind !== 'choice') return expectedOf(row)
  return row.choices.map((choice) => `${choice} = ${choiceWord(key, choice, language)}`).join(' | ')
}

function nameOf(flag: Flag): string {
  const value = flag.kind === 'switch' ? '' : ` ${flag.value ?? 'N'}${flag.kind === 'files' ? '…' : ''}`
  return `--${flag.name}${value}`
}

function twoColumns(rows: readonly Row[], columns: number): readonly string[] {
  const left = Math.min(30, Math.max(...rows.map(([name]) => widthOf(name)))) + indent
  return rows.flatMap(([name, says]) => {
    const lines = wrap(says, Math.max(24, columns - indent - left))
    const first = widthOf(name) > left - 2 ? [' '.repeat(indent) + name] : []
    return [
      ...first,
      ...lines.map((line, at) =>
        `${' '.repeat(indent)}${padEnd(at === 0 && first.length === 0 ? name : '', left)}${line}`.trimEnd()
      )
    ]
  })
}
