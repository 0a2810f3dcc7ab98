// How long the examples of a set are in tokens of a model, uncut: counted block by block, and a block that has not changed is
// not counted again. Kept are numbers, and of the newest blocks the tokens themselves, so that a run of them need not make
// them anew; never the examples.
import { NeiroError } from '../../../contract/errors'
import type { Example } from '../../../contract/records'
import { cutEach, cutOne, type EncodeOptions } from '../../tokens/cut'
import type { Lot } from '../../tokens/example-lots'
import type { Outcome } from '../../tokens/kinds/kind'
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

interface Block {
  readonly kinds: readonly number[]
  /** of each example */
  readonly lengths: readonly (readonly number[])[]
  outcomes: readonly Outcome[] | null
  readonly tokens: number
}

/** longer than any text */
const uncut = 2 ** 30

export class LengthsOfSets {
  readonly #known = new WeakMap<Wording['modelText'], Map<string, Map<string, Block>>>()
  /** blocks whose tokens are kept, the oldest first */
  readonly #withTokens = new Set<Block>()
  #tokens = 0

  /** most: tokens that are kept, five bytes each */
  constructor(private readonly most = 8_000_000) {}

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
      const outcomes = known.get(mark)?.outcomes
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
    const lengths = examples.map((example, i) => {
      const cut = cutOne(example, outcomes[i] ?? [], options)
      return cut instanceof NeiroError ? [] : cut.map(({ tokens }) => tokens.length)
    })
    const tokens = lengths.reduce((sum, own) => own.reduce((all, one) => all + one, sum), 0)
    const block: Block = {
      kinds: examples.map(({ kind }) => kindNumbers.indexOf(kind)),
      ...{ lengths, outcomes, tokens }
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
  const texts = blocks.reduce((sum, { lengths }) => lengths.reduce((all, own) => all + own.length, sum), 0)
  const [kinds, starts, lengths] = [new Uint8Array(count), new Uint32Array(count + 1), new Uint32Array(texts)]
  let [example, text] = [0, 0]
  for (const block of blocks) {
    block.lengths.forEach((own, i) => {
      kinds[example] = block.kinds[i] as number
      for (const length of own) lengths[text++] = length
      starts[++example] = text
    })
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
