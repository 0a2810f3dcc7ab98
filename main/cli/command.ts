// What a command is: one row of the table, with all that parsing and help need; its words stand in main/words/cli.
// No command's work is here.
import type { CommandName } from '../words/cli'
import type { Arguments } from './arguments'
import type { Context } from './context'

export type FlagKind =
  | 'switch'
  /** one value */
  | 'text'
  | 'number'
  | 'integer'
  /** may be repeated, one value each */
  | 'texts'
  /** one or more values after the flag, as a shell expands *.csv */
  | 'files'

export interface Flag {
  readonly name: string
  readonly kind: FlagKind
  /** what stands for the value in the help, e.g. DIR */
  readonly value?: string
  /** the only values there are */
  readonly choices?: readonly string[]
}

export interface Command {
  readonly name: CommandName
  /** after the command's name, e.g. '[recipe.yaml]' */
  readonly usage: string
  readonly positionals: { readonly min: number; readonly max: number }
  readonly flags: readonly Flag[]
  /** also takes a flag for every setting of the settings table */
  readonly settings?: boolean
  /** a file or a text shown as it is */
  readonly shown?: string
  /** lines as they are typed */
  readonly examples: readonly string[]
  /** the events of --json */
  readonly events: readonly (readonly [event: string, fields: string])[]
  /** answers with the exit code */
  run(args: Arguments, context: Context): Promise<number>
}

export const commonFlags: readonly Flag[] = [
  {
    name: 'json',
    kind: 'switch'
  },
  {
    name: 'lang',
    kind: 'text',
    value: 'ja|en',
    choices: ['ja', 'en']
  },
  { name: 'help', kind: 'switch' }
]
