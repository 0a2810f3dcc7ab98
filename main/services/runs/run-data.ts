// The examples of one run as files of its folder (data/*.jsonl), exactly as it learns them: the recipe names
// them, so that the command line can train the same, and the comparison asks the questions that this very run
// has not seen.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Example } from '../../contract/records'
import type { Split } from '../dataset/set/split'

type Files = Readonly<Record<string, string>>

export interface RunData {
  /** contents by path in the run folder */
  readonly files: Files
  readonly train: readonly string[]
  readonly heldOut: readonly string[]
}

export function runData({ train, heldOut }: Split): RunData {
  const trainFiles = filesOf('train', train)
  const heldOutFiles = filesOf('held-out', heldOut)
  return {
    files: { ...trainFiles, ...heldOutFiles },
    train: Object.keys(trainFiles),
    heldOut: Object.keys(heldOutFiles)
  }
}

/** Conversations and plain texts apart: a file has one shape. */
function filesOf(part: string, examples: readonly Example[]): Files {
  const lines = (kind: Example['kind']): string =>
    examples
      .filter((example) => example.kind === kind)
      .map((example) =>
        JSON.stringify(example.kind === 'text' ? { text: example.text } : { messages: example.messages })
      )
      .join('\n')
  const all = { [`data/${part}.jsonl`]: lines('conversation'), [`data/${part}-texts.jsonl`]: lines('text') }
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, text]) => text !== '')
      .map(([name, text]) => [name, `${text}\n`])
  )
}

export type Conversation = Extract<Example, { kind: 'conversation' }>

/** The questions that were kept out of the run. */
export async function readHeldOut(dir: string): Promise<readonly Conversation[]> {
  const file = 'data/held-out.jsonl'
  const text = await readFile(join(dir, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, at) => ({
      kind: 'conversation',
      messages: (JSON.parse(line) as Pick<Conversation, 'messages'>).messages,
      source: { file, row: at + 1 }
    }))
}
