// What each call of the workshop does, in the process that may be lost over it. Knows nothing of processes.
import { NeiroError } from '../contract/errors'
import { readInto } from '../services/dataset/read/read-into'
import { readSource } from '../services/dataset/read/read-source'
import { tableRows } from '../services/dataset/read/table-rows'
import { sourceRows } from '../services/dataset/view/source-rows'
import { derivedFiles } from '../services/tokens/derived/derived-files'
import { LoadedModelText } from '../services/tokens/loaded-model-text'
import { packOutcomes } from '../services/tokens/packed-outcomes'
import { GatheredPieces } from './gathered-pieces'
import type { ModelFacts, WorkshopCallName, WorkshopCalls } from './protocol'

/** What a call may say before it is done. */
export interface Telling {
  /** rows that went by; throws where it must stop */
  rows(count: number): void
  /** waits where nobody takes them */
  piece(piece: unknown): Promise<void>
}

type Handlers = {
  readonly [C in WorkshopCallName]: (
    args: WorkshopCalls[C]['args'],
    telling: Telling
  ) => Promise<WorkshopCalls[C]['result']>
}

export class Work {
  #text: Promise<LoadedModelText> | null = null

  answer<C extends WorkshopCallName>(
    call: C,
    args: WorkshopCalls[C]['args'],
    telling: Telling
  ): Promise<WorkshopCalls[C]['result']> {
    return this.#handlers[call](args, telling)
  }

  readonly #handlers: Handlers = {
    readSource: async ({ source, path, overrides }, telling) => {
      const beat = (rows: number): void => telling.rows(rows)
      const gathered = new GatheredPieces((piece) => telling.piece(piece))
      const read = await readSource(source, path, overrides, beat, (piece) => gathered.take(piece))
      await gathered.give()
      const { examples: _, refused: __, error, ...head } = read
      return { ...head, error: error?.toData() ?? null }
    },
    readInto: async ({ source, path, overrides, into }, telling) => {
      const head = await readInto(source, path, overrides, into, (rows) => telling.rows(rows))
      return { ...head, error: head.error?.toData() ?? null }
    },
    sourceRows: async ({ path, name, overrides, page, language }) =>
      sourceRows({ path, name }, overrides, page, language),
    tableRows: ({ path, name, overrides, gives }, telling) =>
      tableRows(
        { path, name },
        overrides,
        (rows) => telling.rows(rows),
        gives ? (rows) => telling.piece(rows) : undefined
      ),
    derivedFiles: ({ place }) => derivedFiles(place),
    openModelText: async ({ source, names }) => {
      this.#text = LoadedModelText.load(source)
      // said again to whoever asks it for something
      this.#text.catch(() => undefined)
      return factsOf(await this.#text, [...names, ...Object.values(source.specialTokens)])
    },
    encode: async ({ texts }) => (await this.#open()).encode(texts),
    decode: async ({ ids, skipSpecialTokens }) => (await this.#open()).decode(ids, skipSpecialTokens),
    endsInBytes: async ({ ids }) => (await this.#open()).endsInBytes(ids),
    losesCharacters: async () => (await this.#open()).losesCharacters(),
    outcomes: async ({ examples, systemPrompt }) =>
      packOutcomes(await (await this.#open()).outcomes(examples, systemPrompt)),
    lengths: async ({ examples, systemPrompt, upTo }) =>
      (await this.#open()).lengths(examples, systemPrompt, upTo),
    prompt: async ({ messages }) => (await this.#open()).prompt(messages),
    rendered: async ({ messages, template }) => (await this.#open()).rendered(messages, template),
    vocabulary: async ({ rows }) => (await this.#open()).vocabulary(rows),
    shown: async ({ example, as }) => (await this.#open()).shown(example, as)
  }

  #open(): Promise<LoadedModelText> {
    return this.#text ?? Promise.reject(new NeiroError('INTERNAL', { reason: 'no model text is open' }))
  }
}

function factsOf(text: LoadedModelText, names: readonly string[]): ModelFacts {
  const ids = new Map(text.tokenizer.added.map(({ content, id }) => [content, id]))
  for (const name of names) {
    const id = text.idOf(name)
    if (id !== null) ids.set(name, id)
  }
  return { marks: text.marks, ids, unitWeights: text.unitWeights }
}
