// Examples made from those of a set: which rows, in which way, how many at most. The same set, choices and seed make the same,
// but for what a model says. Answers stay as they are, and nothing is made twice or is there already.
import { mostMade, mostParaphrases, type AugmentChoices } from '../../contract/augmentation'
import type { Example } from '../../contract/records'
import type { SyntheticKind } from '../../contract/synthetic'
import { randomFrom, shuffled } from '../../batches/shuffle'
import { kindOf } from '../dataset/kinds'
import { hashOf } from '../dataset/kept/search-form'
import { examplesOf, type KeptSet } from '../dataset/set/kept-set'
import { questionKey } from '../dataset/set/split'
import { originHex } from '../dataset/set/synthetic-rows'
import { Pauses } from '../reading/pauses'
import { Chance, type Change } from './changed'
import { orderChange } from './clause-order'
import { synonymChange } from './synonyms'
import { typingChange } from './typing'

export interface Made {
  readonly from: Example
  readonly example: Example
  readonly by: SyntheticKind
}

/** What a model says instead of a question; null where it says nothing of use. */
export type Paraphrase = (question: string, signal?: AbortSignal) => Promise<string | null>

export interface MakeOptions extends AugmentChoices {
  readonly seed: number
  /** absent: no paraphrases are made */
  readonly paraphrase?: Paraphrase | undefined
  /** which rows may be made others from: 0 of a division; absent: all */
  readonly held?: Uint8Array
  /** fewer than the share allows */
  readonly most?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: (done: number, total: number) => void
}

export interface MadeExamples {
  readonly made: readonly Made[]
  /** that somebody wrote and that may be made others from */
  readonly written: number
  /** synthetic ones that are there already */
  readonly there: number
  readonly wanted: number
}

/** rows that are tried for each example that is wanted: not every way fits every question */
const tried = 3

export async function makeExamples(set: KeptSet, options: MakeOptions): Promise<MadeExamples> {
  const { seed, share, held, signal } = options
  const are = await set.ask('synthetic', null)
  const candidates: number[] = []
  let there = 0
  for (let at = 0; at < set.facts.examples; at++)
    if (are?.[at] === 1) there++
    else if (!held || held[at] === 0) candidates.push(at)
  const room = Math.min(
    options.most ?? mostMade,
    mostMade,
    Math.max(0, Math.floor(share * candidates.length) - there)
  )
  const order = shuffled(candidates.length, randomFrom(seed))
  // by chance, and of each how early it comes
  const ranks = new Map<number, number>()
  for (let i = 0; i < Math.min(order.length, tried * room); i++)
    ranks.set(candidates[order[i] as number] as number, i)
  const keys = new Set<string>()
  const chosen: { readonly example: Example; readonly rank: number }[] = []
  const pauses = new Pauses()
  let at = 0
  for await (const part of examplesOf(set))
    for (const example of part) {
      signal?.throwIfAborted()
      await pauses.whenDue()
      if (room > 0) keys.add(keyOf(example))
      const rank = ranks.get(at++)
      if (rank !== undefined && isPossible(example)) chosen.push({ example, rank })
    }
  chosen.sort((a, b) => a.rank - b.rank)
  const made = await each(
    chosen.map(({ example }) => example),
    { ...options, keys, room }
  )
  return { made, written: candidates.length, there, wanted: room }
}

/** What is asked stands in one place, and what is learnt in another. */
const isPossible = ({ kind }: Example): boolean => kind === 'conversation' || kind === 'labelled'

const keyOf = (example: Example): string => originHex(hashOf(questionKey(example)))

async function each(
  examples: readonly Example[],
  o: MakeOptions & { readonly keys: Set<string>; readonly room: number }
): Promise<readonly Made[]> {
  const changes: Readonly<Record<Exclude<SyntheticKind, 'paraphrase'>, Change>> = {
    synonyms: synonymChange(o.words),
    order: orderChange,
    typing: typingChange
  }
  const made: Made[] = []
  let asked = 0
  const pauses = new Pauses()
  for (const [i, from] of examples.entries()) {
    if (made.length === o.room) break
    o.signal?.throwIfAborted()
    await pauses.whenDue()
    const { question } = kindOf(from).pair(from)
    const chance = new Chance(o.seed, i)
    // each way has its turn, and where it does not fit the next one
    for (let turn = 0; turn < o.kinds.length; turn++) {
      const by = o.kinds[(i + turn) % o.kinds.length] as SyntheticKind
      let words: string | null
      if (by === 'paraphrase') {
        if (!o.paraphrase || asked >= mostParaphrases) continue
        asked++
        words = await o.paraphrase(question, o.signal)
      } else words = changes[by](question, chance)
      const example = words === null ? null : madeOf(from, words, by)
      if (!example || o.keys.has(keyOf(example))) continue
      o.keys.add(keyOf(example))
      made.push({ from, example, by })
      break
    }
    o.onProgress?.(made.length, o.room)
  }
  return made
}

/** The same example with other words for its question, and its mark. */
function madeOf(from: Example, question: string, by: SyntheticKind): Example | null {
  const kind = kindOf(from)
  if (kind.refuses({ question, answer: kind.pair(from).answer })) return null
  const example = kind.edited(from, { question })
  return example === from ? null : { ...example, synthetic: { by, of: keyOf(from) } }
}
