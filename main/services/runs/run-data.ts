// The examples of one run as files of its folder (data/*.jsonl), exactly as it learns them: the evaluation asks the
// questions that this very run has not seen, and knows those that it has.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Example } from '../../contract/records'
import { exampleKinds, lineOf } from '../dataset/kinds'
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

const fileOf = (part: Part, { fileSuffix }: { readonly fileSuffix: string }): string =>
  `data/${part}${fileSuffix}.jsonl`

/** where what a run kept out stands, as far as there is any of each kind */
export const heldOutFiles = Object.values(exampleKinds).map((kind) => fileOf('held-out', kind))

/** Each kind apart: a file has one shape. */
function filesOf(part: Part, examples: readonly Example[]): Files {
  const files = Object.entries(exampleKinds).map(([name, kind]): [string, string[]] => [
    fileOf(part, kind),
    examples.filter((example) => example.kind === name).map((example) => `${lineOf(example)}\n`)
  ])
  return Object.fromEntries(
    files.filter(([, lines]) => lines.length > 0).map(([name, lines]) => [name, lines.join('')])
  )
}

type Part = 'train' | 'held-out'

/** What a run learnt from, or what it kept out, kind by kind; null where its folder says neither (runs of old made by
 *  the command line kept tokens only). */
export async function readKept(runDir: string, part: Part): Promise<readonly Example[] | null> {
  if (!existsSync(join(runDir, 'data'))) return null
  const examples: Example[] = []
  for (const [kind, { fileSuffix }] of Object.entries(exampleKinds)) {
    const file = fileOf(part, { fileSuffix })
    const lines = await linesOf(join(runDir, file))
    for (const [at, line] of lines.entries()) {
      examples.push({ kind, ...(JSON.parse(line) as object), source: { file, row: at + 1 } } as Example)
    }
  }
  return examples
}

async function linesOf(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').filter((line) => line !== '')
}
