// How long the examples of a set are where only those matter that are longer than a limit. Most are told by the weight of their
// texts, in the process that holds them: what the model's form writes around the texts is the same for examples of one form, and
// is found with some of them. Only those that may be longer are counted.
import type { Example } from '../../../contract/records'
import type { EncodeOptions } from '../../tokens/cut'
import { partSize, type KeptSet, type SetWeights } from '../set/kept-set'

/** What decides an example's tokens before anything is cut. */
export type Wording = Pick<EncodeOptions, 'modelText' | 'systemPrompt'>

/** In the order of the set: tokens of the longest text of each that is cut by itself, or what it has at the most where that is
 *  within the limit. */
export interface LongestLengths {
  /** places among kindNumbers */
  readonly kinds: Uint8Array
  readonly longest: Uint32Array
}

/** examples of one form that are looked at: the first ones, and the heaviest that may be within the limit */
const looked = 16
/** of sets with more forms, those of the others are counted */
const mostForms = 64

export async function longestUpTo(limit: number, set: KeptSet, wording: Wording): Promise<LongestLengths> {
  const { unitWeights: ofUnits } = wording.modelText
  const weights = await set.ask('weights', { ofUnits: ofUnits ?? new Uint16Array(0x10000) })
  const { kinds, sums } = weights
  const longest = new Uint32Array(sums.length)
  const around = ofUnits ? await aroundOf(limit, set, weights, wording) : new Map<number, number>()
  const unsure: number[] = []
  for (let at = 0; at < sums.length; at++) {
    const most = (sums[at] as number) + (around.get(formOf(weights, at)) ?? Infinity)
    if (most <= limit) longest[at] = most
    else unsure.push(at)
  }
  for (let from = 0; from < unsure.length; from += partSize) {
    const positions = unsure.slice(from, from + partSize)
    const counted = await lengthsOf(await set.ask('partsAt', { positions }), limit, wording)
    positions.forEach((at, i) => (longest[at] = counted[i] as number))
  }
  return { kinds, longest }
}

const lengthsOf = async (
  examples: readonly Example[],
  limit: number,
  { modelText, systemPrompt = '' }: Wording
): Promise<Uint32Array> => (await modelText.lengths(examples, systemPrompt, limit)).longest

/** Examples of one kind with as many texts: a model's form goes around all of them in one way. */
const formOf = ({ kinds, texts }: SetWeights, at: number): number =>
  (kinds[at] as number) * 256 + (texts[at] as number)

/** Of each form, the most that is written around the texts of those that are looked at. */
async function aroundOf(
  limit: number,
  set: KeptSet,
  weights: SetWeights,
  wording: Wording
): Promise<ReadonlyMap<number, number>> {
  const around = new Map<number, number>()
  for (const [form, positions] of samplesOf(limit, weights)) {
    const examples = await set.ask('partsAt', { positions })
    // a limit that none reaches: what each has at the most
    const most = await lengthsOf(examples, Number.MAX_SAFE_INTEGER, wording)
    const known = positions.flatMap((at, i) =>
      most[i] ? [(most[i] as number) - (weights.sums[at] as number)] : []
    )
    if (known.length > 0)
      around.set(
        form,
        known.reduce((widest, one) => Math.max(widest, one), 0)
      )
  }
  return around
}

function samplesOf(limit: number, weights: SetWeights): ReadonlyMap<number, readonly number[]> {
  const { texts, sums } = weights
  const first = new Map<number, number[]>()
  const heaviest = new Map<number, number[]>()
  for (let at = 0; at < sums.length; at++) {
    // how many texts it has is not known
    if (texts[at] === 255) continue
    const form = formOf(weights, at)
    const own = first.get(form) ?? []
    if (own.length === 0 && first.size === mostForms) continue
    first.set(form, own)
    if (own.length < looked) own.push(at)
    else if ((sums[at] as number) <= limit) {
      const heavy = heaviest.get(form) ?? []
      heaviest.set(form, heavy)
      if (heavy.length === looked && (sums[heavy[0] as number] as number) >= (sums[at] as number)) continue
      if (heavy.length === looked) heavy.shift()
      heavy.push(at)
      heavy.sort((a, b) => (sums[a] as number) - (sums[b] as number))
    }
  }
  return new Map(
    [...first].map(([form, own]) => [form, [...own, ...(heaviest.get(form) ?? [])].sort((a, b) => a - b)])
  )
}
