// From words on a command line to an exit code: finds the command, parses, runs, puts errors into words.
import type { DeviceChoice } from '../../addon/index'
import { NeiroError } from '../contract/errors'
import type { Language } from '../contract/language'
import { knownError } from '../files/file-errors'
import type { Parts } from '../parts'
import { nearest } from '../services/recipes/nearest'
import { UsageError } from './arguments'
import { parseArguments } from './parse-arguments'
import { commands } from './commands'
import { interruptedExit, type Context } from './context'
import { commandHelp, overview } from './help'
import { languageOf } from './language'
import { Output, type OutputOptions } from './output'
import { wordsFor } from '../words/cli'

export interface Entry {
  readonly argv: readonly string[]
  readonly version: string
  readonly systemLocale: string
  readonly output: Omit<OutputOptions, 'json' | 'language'>
  readonly context: Omit<Context, 'parts' | 'out' | 'words' | 'language'>
  createParts(said: {
    readonly language: Language
    readonly threads?: number
    readonly device?: DeviceChoice | undefined
  }): Parts
  /** the app's log; whole stacks go there, never to the user */
  readonly log: (message: string) => void
}

export async function runCli(entry: Entry): Promise<number> {
  const [word, ...rest] = entry.argv
  // needed before anything is parsed: also a usage error speaks the user's language
  const language = languageOf(flagValue(entry.argv, '--lang'), entry.output.env, entry.systemLocale)
  const out = new Output({ ...entry.output, json: entry.argv.includes('--json'), language })
  try {
    return await dispatch(entry, out, language, word, rest)
  } catch (error) {
    const known = error instanceof NeiroError ? error : unexpected(error, entry)
    out.error(known)
    return error instanceof UsageError ? 2 : known.code === 'CANCELLED' ? interruptedExit : 1
  }
}

async function dispatch(
  entry: Entry,
  out: Output,
  language: Language,
  word: string | undefined,
  rest: readonly string[]
): Promise<number> {
  const words = wordsFor(language)
  if (word === '--version') return print(out, entry.version)
  // `neiro help tune` is `neiro tune --help`
  const named = word === 'help' ? rest.find((one) => !one.startsWith('-')) : word
  if (named === undefined || named.startsWith('-')) {
    if (named !== undefined && !['--help', '-h', '--lang', '--json'].some((flag) => named.startsWith(flag))) {
      throw unknownCommand(named)
    }
    return print(out, overview(commands, words, language, out.columns))
  }
  const command = commands.find((one) => one.name === named)
  if (!command) throw unknownCommand(named)
  const args = word === 'help' ? null : parseArguments(command, rest)
  if (args === null || args.has('help')) return print(out, commandHelp(command, words, language, out.columns))
  let parts = null as Parts | null
  try {
    return await command.run(args, {
      ...entry.context,
      ...{ out, words, language },
      get parts() {
        return (parts ??= entry.createParts({
          language,
          threads: args.number('threads'),
          device: args.text('device') as DeviceChoice | undefined
        }))
      }
    })
  } finally {
    await parts?.close()
  }
}

/** Help is wanted by people also where --json stands in the line. */
function print(out: Output, text: string): number {
  out.text(text)
  return 0
}

function unknownCommand(name: string): UsageError {
  const right = nearest(
    name,
    commands.map((command) => command.name)
  )
  return new UsageError('UNKNOWN_COMMAND', {
    name,
    nearest: right
  })
}

function unexpected(error: unknown, entry: Entry): NeiroError {
  entry.log(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return knownError(error)
}

function flagValue(argv: readonly string[], name: string): string | undefined {
  const at = argv.indexOf(name)
  return at >= 0 ? argv[at + 1] : argv.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1)
}
