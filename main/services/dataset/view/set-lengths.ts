// How long the examples of a set are in tokens of a model, uncut: counted block by block, and a block that has not changed is
// not counted again. Kept are numbers, and of the newest blocks the tokens themselves, so that a run of them need not make
// them anew; never the examples.
import { NeiroError } from '../../../contract/errors'
import type { Example } from '../../../contract/records'
import { cutEach, cutOne, type EncodeOptions } from '../../tokens/cut'
import type { Lot } from '../../tokens/example-lots'
import { packOutcomes, unpackOutcomes, type PackedOutcomes } from '../../tokens/packed-outcomes'
import { RefusedTally } from '../../tokens/refused-tally'
import { nothingToLearn } from '../../tokens/unlearnable'
import { kindNumbers } from '../kept/kept-index'
import { examplesOf, type KeptSet, type SetBlock } from '../set/kept-set'

/** What decides an example's tokens before anything is cut. */
export type Wording = Pick<EncodeOptions, 'modelText' | 'systemPrompt'>

export interface SetLengths {
  readonly set: KeptSet
  /** of each example, in the order of the set: its place among kindNumbers */
  readonly kinds: Uint8Array
  /** where its lengths begin; the last one is their number */
  readonly starts: Uint32Array
  /** tokens of each text that an example becomes; none where it cannot be learnt */
  readonly lengths: Uint32Array
}

interface Block extends Omit<SetLengths, 'set'> {
  outcomes: PackedOutcomes | null
  readonly tokens: number
}

/** longer than any text */
const uncut = 2 ** 30

export class LengthsOfSets {
  readonly #known = new WeakMap<Wording['modelText'], Map<string, Map<string, Block>>>()
  /** blocks whose tokens are kept, the oldest first */
  readonly #withTokens = new Set<Block>()
  #tokens = 0

  /** most: tokens that are kept, five bytes each, with a few more for each text */
  constructor(private readonly most = 4_000_000) {}

  /** Throws NOTHING_TO_LEARN, with reasons, where no example can be learnt. */
  async of(set: KeptSet, wording: Wording): Promise<SetLengths> {
    const known = this.#blocksFor(wording)
    const blocks: Block[] = []
    const all = await set.ask('blocks', null)
    for (const block of all) blocks.push(known.get(block.mark) ?? (await this.#count(set, block, wording)))
    known.clear()
    blocks.forEach((block, i) => known.set((all[i] as SetBlock).mark, block))
    const counted = joined(set, blocks)
    if (set.facts.examples > 0 && counted.lengths.length === 0) throw await whyNothing(set, wording)
    return counted
  }

  /** The examples at these positions, in order, with what is still known of their tokens. */
  async *lotsAt({ set }: SetLengths, positions: Uint32Array, wording: Wording): AsyncGenerator<Lot> {
    const known = this.#blocksFor(wording)
    let next = 0
    for (const { from, to, mark } of await set.ask('blocks', null)) {
      const first = next
      while (next < positions.length && (positions[next] as number) < to) next++
      if (first === next) continue
      const examples = await set.ask('part', { from, limit: to - from })
      const packed = known.get(mark)?.outcomes
      const outcomes = packed && unpackOutcomes(packed)
      const places = Array.from(positions.subarray(first, next), (position) => position - from)
      yield {
        examples: places.map((at) => examples[at] as Example),
        outcomes: places.map((at) => outcomes?.[at])
      }
    }
  }

  async #count(set: KeptSet, { from, to }: SetBlock, wording: Wording): Promise<Block> {
    const examples = await set.ask('part', { from, limit: to - from })
    const outcomes = await wording.modelText.outcomes(examples, wording.systemPrompt ?? '')
    const options = { ...wording, maxSeqLength: uncut, lossOn: 'responses' as const }
    const starts = new Uint32Array(examples.length + 1)
    const lengths: number[] = []
    examples.forEach((example, i) => {
      const cut = cutOne(example, outcomes[i] ?? [], options)
      if (!(cut instanceof NeiroError)) for (const { tokens } of cut) lengths.push(tokens.length)
      starts[i + 1] = lengths.length
    })
    const block: Block = {
      kinds: Uint8Array.from(examples, ({ kind }) => kindNumbers.indexOf(kind)),
      ...{ starts, lengths: Uint32Array.from(lengths) },
      // what came over the line would keep the whole message
      outcomes: packOutcomes(outcomes),
      tokens: lengths.reduce((sum, one) => sum + one, 0)
    }
    this.#keep(block)
    return block
  }

  /** The tokens of the oldest blocks go where there are too many. */
  #keep(block: Block): void {
    this.#withTokens.add(block)
    this.#tokens += block.tokens
    for (const old of this.#withTokens) {
      if (this.#tokens <= this.most) return
      old.outcomes = null
      this.#tokens -= old.tokens
      this.#withTokens.delete(old)
    }
  }

  #blocksFor({ modelText, systemPrompt = '' }: Wording): Map<string, Block> {
    const prompts = this.#known.get(modelText) ?? new Map<string, Map<string, Block>>()
    this.#known.set(modelText, prompts)
    const known = prompts.get(systemPrompt) ?? new Map<string, Block>()
    prompts.set(systemPrompt, known)
    return known
  }
}

function joined(set: KeptSet, blocks: readonly Block[]): SetLengths {
  const count = blocks.reduce((sum, { kinds }) => sum + kinds.length, 0)
  const texts = blocks.reduce((sum, { lengths }) => sum + lengths.length, 0)
  const [kinds, starts, lengths] = [new Uint8Array(count), new Uint32Array(count + 1), new Uint32Array(texts)]
  let [example, text] = [0, 0]
  for (const block of blocks) {
    kinds.set(block.kinds, example)
    lengths.set(block.lengths, text)
    block.starts.forEach((start, i) => (starts[example + i] = text + start))
    example += block.kinds.length
    text += block.lengths.length
  }
  return { set, kinds, starts, lengths }
}

async function whyNothing(set: KeptSet, wording: Wording): Promise<NeiroError> {
  const options = { ...wording, maxSeqLength: uncut, lossOn: 'responses' as const }
  const refused = new RefusedTally()
  for await (const part of examplesOf(set)) {
    const outcomes = await wording.modelText.outcomes(part, wording.systemPrompt ?? '')
    refused.add(cutEach(part, outcomes, options).refused)
  }
  return nothingToLearn(refused)
}
