// The examples of one run as files of its folder (data/*.jsonl), exactly as it learns them: the evaluation asks the
// questions that this very run has not seen, and knows those that it has.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Example, RowSource } from '../../contract/records'
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

const conversationFile = (part: Part): string => `data/${part}.jsonl`
const textFile = (part: Part): string => `data/${part}-texts.jsonl`

/** Conversations and plain texts apart: a file has one shape. */
function filesOf(part: Part, examples: readonly Example[]): Files {
  const lines = (kind: Example['kind']): string =>
    examples
      .filter((example) => example.kind === kind)
      .map((example) =>
        JSON.stringify(example.kind === 'text' ? { text: example.text } : { messages: example.messages })
      )
      .join('\n')
  const all = { [conversationFile(part)]: lines('conversation'), [textFile(part)]: lines('text') }
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, text]) => text !== '')
      .map(([name, text]) => [name, `${text}\n`])
  )
}

type Part = 'train' | 'held-out'

/** What a run learnt from, or what it kept out; null where its folder says neither (runs of old made by the command
 *  line kept tokens only). Conversations first, then plain texts. */
export async function readKept(runDir: string, part: Part): Promise<readonly Example[] | null> {
  if (!existsSync(join(runDir, 'data'))) return null
  const conversations = await linesOf(runDir, conversationFile(part))
  const texts = await linesOf(runDir, textFile(part))
  return [
    ...conversations.map(({ value, source }) => ({ kind: 'conversation' as const, ...value, source })),
    ...texts.map(({ value, source }) => ({ kind: 'text' as const, ...value, source }))
  ] as Example[]
}

async function linesOf(
  runDir: string,
  file: string
): Promise<readonly { readonly value: object; readonly source: RowSource }[]> {
  const text = await readFile(join(runDir, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, at) => ({ value: JSON.parse(line) as object, source: { file, row: at + 1 } }))
}
