// Parses a command's flags against its row. A misspelt flag, a missing or a wrong value is a usage error that
// names the right one; what a value means is the command's business.
import { parseArgs } from 'node:util'
import { settingRows } from '../contract/settings'
import { nearest } from '../services/recipes/nearest'
import { flagName, settingKeys } from '../services/recipes/setting-values'
import { commonFlags, type Command, type Flag } from './command'
import { Arguments, UsageError } from './arguments'

interface Known {
  readonly flag: Flag | null
  /** of a switch: --no-packing */
  readonly negated: boolean
  readonly takesValue: boolean
}

/** Setting switches have a --no- form; their value is checked with the recipe, not here. */
function knownFlags(command: Command): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>()
  for (const flag of [...command.flags, ...commonFlags]) {
    known.set(flag.name, { flag, negated: false, takesValue: flag.kind !== 'switch' })
  }
  for (const key of command.settings ? settingKeys : []) {
    const isSwitch = settingRows[key].kind === 'switch'
    known.set(flagName(key), { flag: null, negated: false, takesValue: !isSwitch })
    if (isSwitch) known.set(`no-${flagName(key)}`, { flag: null, negated: true, takesValue: false })
  }
  return known
}

export function parseArguments(command: Command, argv: readonly string[]): Arguments {
  const known = knownFlags(command)
  const { tokens } = parseArgs({
    args: [...argv],
    options: {
      ...Object.fromEntries([...known].map(([name, { takesValue }]) => [name, option(takesValue)]))
    },
    strict: false,
    allowPositionals: true,
    tokens: true
  })
  const positionals: string[] = []
  const values = new Map<string, string[]>()
  const settings: Record<string, string | boolean> = {}
  // the values of --data a.csv b.csv; a recipe is never data
  let gathering: string[] | null = null

  for (const token of tokens) {
    if (token.kind === 'option-terminator') gathering = null
    else if (token.kind === 'positional') {
      if (gathering && !/\.ya?ml$/i.test(token.value)) gathering.push(token.value)
      else positionals.push(token.value)
    } else {
      gathering = null
      const name = token.name === 'h' ? 'help' : token.name
      const row = known.get(name)
      if (!row) throw unknownFlag(token.rawName, [...known.keys()])
      const value = valueOf(token, row)
      if (row.flag === null) {
        settings[row.negated ? name.slice(3) : name] = row.negated ? false : value
        continue
      }
      const list: string[] = values.get(name) ?? []
      values.set(name, list)
      list.push(checked(row.flag, token.rawName, value))
      if (row.flag.kind === 'files') gathering = list
    }
  }
  checkPositionals(command, positionals, values.has('help'))
  return new Arguments(positionals, values, settings)
}

const option = (takesValue: boolean): { type: 'string' | 'boolean'; multiple: true } => ({
  type: takesValue ? 'string' : 'boolean',
  multiple: true
})

interface OptionToken {
  readonly rawName: string
  readonly value: string | undefined
  readonly inlineValue: boolean | undefined
}

function valueOf(token: OptionToken, row: Known): string | boolean {
  if (!row.takesValue) {
    if (token.value === undefined) return true
    // --packing=false is as clear as --no-packing
    if (row.flag === null && !row.negated) return token.value
    throw new UsageError('FLAG_WITHOUT_VALUE', {
      name: token.rawName
    })
  }
  const looksLikeFlag = token.value !== undefined && /^-[^\d.]/.test(token.value) && !token.inlineValue
  if (token.value === undefined || looksLikeFlag) throw missingValue(token.rawName)
  return token.value
}

function checked(flag: Flag, shownAs: string, value: string | boolean): string {
  const text = String(value)
  const wrong = (expected: string): UsageError =>
    new UsageError('WRONG_FLAG_VALUE', {
      name: shownAs,
      expected,
      got: text
    })
  if (flag.choices && !flag.choices.includes(text)) throw wrong(flag.choices.join(' | '))
  if (flag.kind === 'number' && (text.trim() === '' || !Number.isFinite(Number(text))))
    throw wrong('0, 0.5, 1 …')
  if (flag.kind === 'integer' && !/^\d{1,15}$/.test(text)) throw wrong('0, 1, 2 …')
  return text
}

function unknownFlag(written: string, names: readonly string[]): UsageError {
  const right = `--${nearest(written.replace(/^-+/, ''), names)}`
  return new UsageError('UNKNOWN_FLAG', {
    name: written,
    nearest: right
  })
}

function missingValue(name: string): UsageError {
  return new UsageError('FLAG_VALUE_MISSING', { name })
}

function checkPositionals(command: Command, positionals: readonly string[], help: boolean): void {
  const { min, max } = command.positionals
  if (help) return
  const usage = `neiro ${command.name} ${command.usage}`.trim()
  if (positionals.length < min) {
    throw new UsageError('ARGUMENT_MISSING', {
      command: command.name,
      usage
    })
  }
  const extra = positionals[max]
  if (extra !== undefined) {
    throw new UsageError('ARGUMENT_TOO_MANY', {
      command: command.name,
      extra,
      usage
    })
  }
}
