// The examples of one run as files of its folder (data/*.jsonl), exactly as it learns them: the evaluation asks the
// questions that this very run has not seen, and knows those that it has.
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Example } from '../../contract/records'
import { exampleKinds, lineOf } from '../dataset/kinds'
import { GatheredWriter } from '../dataset/kept/gathered-writer'
import { linesAsWritten } from '../dataset/kept/lines-as-written'

type Part = 'train' | 'held-out'

const fileOf = (part: Part, { fileSuffix }: { readonly fileSuffix: string }): string =>
  `data/${part}${fileSuffix}.jsonl`

/** where what a run kept out stands, as far as there is any of each kind */
export const heldOutFiles = Object.values(exampleKinds).map((kind) => fileOf('held-out', kind))

/** The files of one part, written while its examples are encoded; each kind apart: a file has one shape. */
export class RunDataWriter {
  readonly #writers = new Map<string, GatheredWriter>()

  constructor(
    private readonly runDir: string,
    private readonly part: Part
  ) {}

  /** paths in the run folder of what was written, kind by kind */
  get files(): readonly string[] {
    return Object.values(exampleKinds)
      .map((kind) => fileOf(this.part, kind))
      .filter((file) => this.#writers.has(file))
  }

  async add(examples: readonly Example[]): Promise<void> {
    for (const example of examples) {
      const file = fileOf(this.part, exampleKinds[example.kind])
      const writer = this.#writers.get(file) ?? (await this.#open(file))
      writer.add(`${lineOf(example)}\n`)
    }
    for (const writer of this.#writers.values()) await writer.flush()
  }

  async close(): Promise<void> {
    for (const writer of this.#writers.values()) await writer.close()
  }

  async #open(file: string): Promise<GatheredWriter> {
    const path = join(this.runDir, file)
    await mkdir(dirname(path), { recursive: true })
    const writer = await GatheredWriter.open(path)
    this.#writers.set(file, writer)
    return writer
  }
}

/** What a run learnt from, or what it kept out, kind by kind; null where its folder says neither (runs of old made by
 *  the command line kept tokens only). */
export async function readKept(runDir: string, part: Part): Promise<readonly Example[] | null> {
  if (!keepsData(runDir)) return null
  const examples: Example[] = []
  for await (const example of keptExamples(runDir, part)) examples.push(example)
  return examples
}

/** Whether the folder of a run says what it learnt from. */
export const keepsData = (runDir: string): boolean => existsSync(join(runDir, 'data'))

/** The same one by one: a run may have learnt from a million. */
export async function* keptExamples(runDir: string, part: Part): AsyncGenerator<Example> {
  for (const [kind, { fileSuffix }] of Object.entries(exampleKinds)) {
    const file = fileOf(part, { fileSuffix })
    if (!existsSync(join(runDir, file))) continue
    let row = 0
    for await (const lines of linesAsWritten(join(runDir, file), () => true, 'whole'))
      for (const { text } of lines)
        if (text !== '')
          yield { kind, ...(JSON.parse(text) as object), source: { file, row: ++row } } as Example
  }
}
