// How long the examples of a project are in tokens of a model: what plans, presets and lengths go by. Counted
// once for each state of the data, model and system prompt.
import type { Example } from '../../contract/records'
import { kindOf } from '../dataset/kinds'
import type { Split } from '../dataset/set/split'
import { readModel } from '../models/read-model'
import type { Encodings } from '../tokens/encodings'
import type { ModelTexts } from '../tokens/model-texts'

export interface CountedExample {
  readonly example: Example
  /** tokens of each row it becomes, uncut; empty where it cannot be learnt */
  readonly rows: readonly number[]
}

export interface CountedSet {
  readonly train: readonly CountedExample[]
  readonly heldOut: readonly CountedExample[]
}

/** What is asked of the data of a project; the data service has it. */
export interface ProjectData {
  examplesOf(projectDir: string, heldOutRatio: number): Promise<Split>
  /** the same as long as the examples are */
  fingerprintOf(projectDir: string): Promise<string>
}

const most = 4

export class TokenCounts {
  readonly #counted = new Map<string, Promise<CountedSet>>()

  constructor(
    private readonly data: ProjectData,
    private readonly modelTexts: ModelTexts,
    private readonly encodings: Encodings
  ) {}

  async of(
    projectDir: string,
    systemPrompt: string,
    modelDir: string,
    heldOutRatio: number
  ): Promise<CountedSet> {
    const key = JSON.stringify([
      projectDir,
      await this.data.fingerprintOf(projectDir),
      systemPrompt,
      modelDir,
      heldOutRatio
    ])
    const known = this.#counted.get(key)
    const counting = known ?? this.#count(projectDir, systemPrompt, modelDir, heldOutRatio)
    this.#counted.delete(key)
    this.#counted.set(key, counting)
    counting.catch(() => this.#counted.delete(key))
    const [oldest] = this.#counted.keys()
    if (this.#counted.size > most && oldest !== undefined) this.#counted.delete(oldest)
    return counting
  }

  async #count(
    projectDir: string,
    systemPrompt: string,
    modelDir: string,
    heldOutRatio: number
  ): Promise<CountedSet> {
    const model = await readModel(modelDir)
    const options = {
      modelText: await this.modelTexts.get(model),
      systemPrompt: systemPrompt || undefined
    }
    const count = async (examples: readonly Example[]): Promise<readonly CountedExample[]> => {
      const rows = await this.encodings.lengths(examples, options)
      return examples.map((example, i) => ({ example, rows: rows[i] ?? [] }))
    }
    const { train, heldOut } = await this.data.examplesOf(projectDir, heldOutRatio)
    return { train: await count(train), heldOut: await count(heldOut) }
  }
}

/** Lengths of the rows when examples are cut at `maxSeqLength`. A longer plain text becomes more rows. */
export function rowLengths(counted: readonly CountedExample[], maxSeqLength: number): readonly number[] {
  return counted.flatMap(({ example, rows }) =>
    rows.flatMap((length) => {
      if (length <= maxSeqLength) return [length]
      if (kindOf(example).endsAtLimit) return [maxSeqLength]
      const whole = Math.floor(length / maxSeqLength)
      const rest = length % maxSeqLength
      return [...Array<number>(whole).fill(maxSeqLength), ...(rest > 0 ? [rest] : [])]
    })
  )
}
