// How long the examples of a project are in tokens of a model: what plans, presets and lengths go by. Counted
// once for each state of the data, model and system prompt.
import type { Example, RowSource } from '../../contract/records'
import type { Split } from '../data/split'
import { readModel } from '../models/read-model'
import { templateFor } from '../text/chat-template'
import { encodeInTurns, type EncodeOptions } from '../text/encode'
import type { Tokenizers } from './tokenizers'

export interface CountedExample {
  readonly example: Example
  /** tokens of each row it becomes, up to the model's own limit; empty where it cannot be learnt */
  readonly rows: readonly number[]
}

export interface CountedSet {
  readonly train: readonly CountedExample[]
  readonly heldOut: readonly CountedExample[]
}

/** What is asked of the data of a project; the data service has it. */
export interface ProjectData {
  examplesOf(projectDir: string): Promise<Split>
  /** the same as long as the examples are */
  fingerprintOf(projectDir: string): Promise<string>
}

const most = 4

export class TokenCounts {
  readonly #counted = new Map<string, Promise<CountedSet>>()

  constructor(
    private readonly data: ProjectData,
    private readonly tokenizers: Tokenizers
  ) {}

  async of(projectDir: string, systemPrompt: string, modelDir: string): Promise<CountedSet> {
    const key = JSON.stringify([
      projectDir,
      await this.data.fingerprintOf(projectDir),
      systemPrompt,
      modelDir
    ])
    const known = this.#counted.get(key)
    const counting = known ?? this.#count(projectDir, systemPrompt, modelDir)
    this.#counted.delete(key)
    this.#counted.set(key, counting)
    counting.catch(() => this.#counted.delete(key))
    const [oldest] = this.#counted.keys()
    if (this.#counted.size > most && oldest !== undefined) this.#counted.delete(oldest)
    return counting
  }

  async #count(projectDir: string, systemPrompt: string, modelDir: string): Promise<CountedSet> {
    const model = await readModel(modelDir)
    const options: EncodeOptions = {
      tokenizer: await this.tokenizers.get(modelDir),
      template: templateFor(model),
      bosToken: model.specialTokens['bos_token'] ?? null,
      eosToken: model.specialTokens['eos_token'] ?? null,
      maxSeqLength: model.maxPositionEmbeddings,
      lossOn: 'responses',
      systemPrompt: systemPrompt || undefined
    }
    const { train, heldOut } = await this.data.examplesOf(projectDir)
    return { train: await countAll(train, options), heldOut: await countAll(heldOut, options) }
  }
}

async function countAll(
  examples: readonly Example[],
  options: EncodeOptions
): Promise<readonly CountedExample[]> {
  if (examples.length === 0) return []
  const rows = new Map<RowSource, number[]>()
  for (const { source, tokens } of (await encodeInTurns(examples, options)).examples)
    rows.set(source, [...(rows.get(source) ?? []), tokens.length])
  return examples.map((example) => ({ example, rows: rows.get(example.source) ?? [] }))
}

/** Lengths of the rows when examples are cut at `maxSeqLength`. A longer plain text becomes more rows. */
export function rowLengths(counted: readonly CountedExample[], maxSeqLength: number): readonly number[] {
  return counted.flatMap(({ example, rows }) =>
    rows.flatMap((length) => {
      if (length <= maxSeqLength) return [length]
      if (example.kind === 'conversation') return [maxSeqLength]
      const whole = Math.floor(length / maxSeqLength)
      const rest = length % maxSeqLength
      return [...Array<number>(whole).fill(maxSeqLength), ...(rest > 0 ? [rest] : [])]
    })
  )
}
