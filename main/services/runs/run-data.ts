// The examples of one run as files of its folder (data/*.jsonl), exactly as it learns them: the evaluation asks the
// questions that this very run has not seen, and knows those that it has.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Example } from '../../contract/records'
import { exampleKinds, lineOf } from '../dataset/kinds'
import type { Split } from '../dataset/set/split'
import { Pauses } from '../reading/pauses'

type Files = Readonly<Record<string, string>>

export interface RunData {
  /** contents by path in the run folder */
  readonly files: Files
  readonly train: readonly string[]
  readonly heldOut: readonly string[]
}

export async function runData({ train, heldOut }: Split): Promise<RunData> {
  const trainFiles = await filesOf('train', train)
  const heldOutFiles = await filesOf('held-out', heldOut)
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
async function filesOf(part: Part, examples: readonly Example[]): Promise<Files> {
  const pauses = new Pauses()
  const files = new Map<string, string[]>()
  for (const [name, kind] of Object.entries(exampleKinds)) {
    const lines: string[] = []
    for (const example of examples) {
      if (example.kind !== name) continue
      lines.push(`${lineOf(example)}\n`)
      await pauses.whenDue()
    }
    if (lines.length > 0) files.set(fileOf(part, kind), lines)
  }
  return Object.fromEntries([...files].map(([name, lines]) => [name, lines.join('')]))
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
