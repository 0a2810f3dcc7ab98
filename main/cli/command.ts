// What a command is: one row of the table, with all that parsing and help need. No command's work is here.
import type { Language } from '../contract/language'
import type { Arguments } from './arguments'
import type { Context } from './context'

export type Both = Readonly<Record<Language, string>>

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
  readonly help: Both
  /** what stands for the value in the help, e.g. DIR */
  readonly value?: string
  /** the only values there are */
  readonly choices?: readonly string[]
}

export interface Command {
  readonly name: string
  readonly summary: Both
  /** after the command's name, e.g. '[recipe.yaml]' */
  readonly usage: string
  readonly positionals: { readonly min: number; readonly max: number }
  readonly flags: readonly Flag[]
  /** also takes a flag for every setting of the settings table */
  readonly settings?: boolean
  /** more than the summary says, in whole sentences */
  readonly about?: Both
  /** a file or a text shown as it is, with its title */
  readonly shown?: { readonly title: Both; readonly text: string }
  readonly examples: readonly (readonly [command: string, says: Both])[]
  /** the events of --json */
  readonly events: readonly (readonly [event: string, fields: string])[]
  /** answers with the exit code */
  run(args: Arguments, context: Context): Promise<number>
}

export const commonFlags: readonly Flag[] = [
  {
    name: 'json',
    kind: 'switch',
    help: {
      ja: 'プログラム向けに、一行に一つの JSON で出力します',
      en: 'for programs: one JSON object a line on standard output'
    }
  },
  {
    name: 'lang',
    kind: 'text',
    value: 'ja|en',
    choices: ['ja', 'en'],
    help: { ja: '表示の言語（既定はロケールに従います）', en: 'language of messages (default: the locale)' }
  },
  { name: 'help', kind: 'switch', help: { ja: 'この説明を表示します', en: 'show this help' } }
]
