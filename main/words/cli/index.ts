// The dictionary of the command line. Japanese gives the shape, English must fill it.
import type { Language } from '../../contract/language'
import { en } from './en'
import { ja, type Words } from './ja'

export type { Words } from './ja'
export type CommandName = keyof Words['commands']

/** What the help says of a command; its row has the rest. */
export interface CommandWords {
  readonly summary: string
  /** more than the summary says, in whole sentences */
  readonly about?: string
  /** title of what is shown as it is */
  readonly shown?: string
  /** what each example does, in their order */
  readonly examples: readonly string[]
  /** flags that mean here what they mean nowhere else */
  readonly flags?: Readonly<Record<string, string>>
}

export const commandWords = (name: CommandName, words: Words): CommandWords => words.commands[name]

/** '' for a flag without words */
export function flagWords(name: string, command: CommandWords, words: Words): string {
  const shared: Readonly<Record<string, string>> = words.flags
  return command.flags?.[name] ?? shared[name] ?? ''
}

export function wordsFor(language: Language): Words {
  return language === 'ja' ? ja : en
}
