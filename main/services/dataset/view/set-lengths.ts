// How long the examples of a set are in tokens of a model, uncut: counted block by block, and a block that has not changed is
// not counted again. Kept are numbers, and of the newest blocks the tokens themselves, so that a run of them need not make
// them anew; never the examples.
import type { NeiroError } from '../../../contract/errors'
import type { Example } from '../../../contract/records'
import { cutEach } from '../../tokens/cut'
import type { Lot } from '../../tokens/example-lots'
import { joinedLengths, type Lengths } from '../../tokens/lengths'
import { lengthsOf, uncut } from '../../tokens/lengths-of'
import { packOutcomes, unpackOutcomes, type PackedOutcomes } from '../../tokens/packed-outcomes'
import { RefusedTally } from '../../tokens/refused-tally'
import { nothingToLearn } from '../../tokens/unlearnable'
import { kindNumbers } from '../kept/kept-index'
import { longestUpTo, type LongestLengths, type Wording } from './longest-up-to'
import { examplesOf, type KeptSet, type SetBlock } from '../set/kept-set'

/** In the order of the set. */
export interface SetLengths extends Lengths {
  readonly set: KeptSet
  /** of each example: its place among kindNumbers */
  readonly kinds: Uint8Array
}

interface Block extends Omit<SetLengths, 'set'> {
  outcomes: PackedOutcomes | null
  readonly tokens: number
}

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
    const counted = { examples: 0, tokens: 0 }
    for (const at of all) {
      // tokens that would be gone before the last ones are counted need not be brought
      const behind = ((set.facts.examples - at.to) * counted.tokens) / Math.max(1, counted.examples)
      const block = known.get(at.mark) ?? (await this.#count(set, at, wording, behind < this.most))
      blocks.push(block)
      counted.examples += at.to - at.from
      counted.tokens += block.tokens
    }
    known.clear()
    blocks.forEach((block, i) => known.set((all[i] as SetBlock).mark, block))
    const lengths = joined(set, blocks)
    if (set.facts.examples > 0 && lengths.lengths.length === 0) throw await whyNothing(set, wording)
    return lengths
  }

  /** Where only those matter that are longer than a limit: in the place of others may stand what they have at the most, and of one
   *  that cannot be learnt too. What is known already is not counted again, and nothing of it is kept. */
  async upTo(limit: number, set: KeptSet, wording: Wording): Promise<LongestLengths> {
    const known = this.#blocksFor(wording)
    const blocks = (await set.ask('blocks', null)).map(({ mark }) => known.get(mark))
    return blocks.every((block) => block !== undefined)
      ? joined(set, blocks)
      : longestUpTo(limit, set, wording)
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

  async #count(
    set: KeptSet,
    { from, to }: SetBlock,
    { modelText, systemPrompt = '' }: Wording,
    withTokens: boolean
  ): Promise<Block> {
    const examples = await set.ask('part', { from, limit: to - from })
    const outcomes = withTokens ? await modelText.outcomes(examples, systemPrompt) : null
    const counted = outcomes
      ? lengthsOf(examples, outcomes, { modelText })
      : await modelText.lengths(examples, systemPrompt)
    const block: Block = {
      kinds: kindsOf(examples),
      ...counted,
      // what came over the line would keep the whole message
      outcomes: outcomes && packOutcomes(outcomes),
      tokens: counted.lengths.reduce((sum, one) => sum + one, 0)
    }
    if (withTokens) this.#keep(block)
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

const kindsOf = (examples: readonly Example[]): Uint8Array =>
  Uint8Array.from(examples, ({ kind }) => kindNumbers.indexOf(kind))

function joined(set: KeptSet, blocks: readonly Omit<SetLengths, 'set'>[]): SetLengths {
  const kinds = new Uint8Array(blocks.reduce((sum, block) => sum + block.kinds.length, 0))
  let at = 0
  for (const block of blocks) {
    kinds.set(block.kinds, at)
    at += block.kinds.length
  }
  return { set, kinds, ...joinedLengths(blocks) }
}

async function whyNothing(set: KeptSet, wording: Wording): Promise<NeiroError> {
  const options = { ...wording, ...uncut }
  const refused = new RefusedTally()
  for await (const part of examplesOf(set)) {
    const outcomes = await wording.modelText.outcomes(part, wording.systemPrompt ?? '')
    refused.add(cutEach(part, outcomes, options).refused)
  }
  return nothingToLearn(refused)
}
