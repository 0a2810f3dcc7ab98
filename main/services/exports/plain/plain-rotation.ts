// How far the pairs of a head turn per position, in each of the ways that Transformers knows to stretch it (Su et al. 2021).
import { NotPlain, number, numbers, type ConfigJson } from './plain-fields'

export interface Rotation {
  /** of each pair, per position, in a text of so many tokens */
  readonly turns: (tokens: number) => Float64Array
  /** what cosines and sines are multiplied by */
  readonly size: number
}

/** What a model says beside its rope. */
export interface Rotated {
  readonly theta: number
  /** numbers of a head that are turned */
  readonly width: number
  readonly positions: number
  /** positions that it was made for before it was stretched, where they stand beside the rope */
  readonly original: number | null
}

type Kind = (rope: ConfigJson, made: Rotated) => Rotation

/** theta^(-2 i / D) */
const slowing = (theta: number, width: number): Float64Array =>
  Float64Array.from({ length: width / 2 }, (_, i) => theta ** ((-2 * i) / width))

const always = (turns: Float64Array, size = 1): Rotation => ({ turns: () => turns, size })

const originalOf = (rope: ConfigJson, { original, positions }: Rotated): number =>
  original ?? number(rope, 'original_max_position_embeddings', positions)

const kinds: Readonly<Record<string, Kind>> = {
  default: (_, { theta, width }) => always(slowing(theta, width)),
  linear: (rope, { theta, width }) => {
    const factor = number(rope, 'factor')
    return always(slowing(theta, width).map((turn) => turn / factor))
  },
  dynamic,
  llama3,
  yarn,
  longrope,
  su: longrope
}

export function rotation(rope: ConfigJson, made: Rotated): Rotation {
  const name = String(rope['rope_type'] ?? rope['type'] ?? 'default')
  const kind = kinds[name]
  if (!kind) throw new NotPlain(`rope ${name}`)
  return kind(rope, { ...made, theta: number(rope, 'rope_theta', made.theta) })
}

/** Only beyond the positions of the model does the base grow, with the text. */
function dynamic(rope: ConfigJson, { theta, width, positions }: Rotated): Rotation {
  const factor = number(rope, 'factor')
  return {
    turns: (tokens) => {
      const longer = Math.max(tokens, positions) / positions
      return slowing(theta * (factor * longer - (factor - 1)) ** (width / (width - 2)), width)
    },
    size: 1
  }
}

/** Llama 3.1: what turns seldom within the original positions is slowed, what turns often is kept. */
function llama3(rope: ConfigJson, made: Rotated): Rotation {
  const factor = number(rope, 'factor')
  const original = originalOf(rope, made)
  const [low, high] = [number(rope, 'low_freq_factor', 1), number(rope, 'high_freq_factor', 4)]
  return always(
    slowing(made.theta, made.width).map((turn) => {
      const wavelength = (2 * Math.PI) / turn
      if (wavelength < original / high) return turn
      if (wavelength > original / low) return turn / factor
      const kept = (original / wavelength - low) / (high - low)
      return ((1 - kept) * turn) / factor + kept * turn
    })
  )
}

/** YaRN (Peng et al. 2023): pairs from the one with `beta_fast` whole turns in the original positions to the one with
 *  `beta_slow` go over from their own pace to the slowed one; scores grow with the logarithm of the stretching. */
function yarn(rope: ConfigJson, made: Rotated): Rotation {
  const { theta, width, positions } = made
  const original = originalOf(rope, made)
  const factor = number(rope, 'factor', positions / original)
  const larger = (share: number): number => (factor > 1 ? 1 + 0.1 * share * Math.log(factor) : 1)
  const [over, under] = [number(rope, 'mscale', 0), number(rope, 'mscale_all_dim', 0)]
  const usual = over && under ? larger(over) / larger(under) : larger(1)
  const pairWith = (whole: number): number =>
    (width * Math.log(original / (2 * Math.PI * whole))) / (2 * Math.log(theta))
  const isCut = rope['truncate'] !== false
  const [fast, slow] = [
    pairWith(number(rope, 'beta_fast', 32) || 32),
    pairWith(number(rope, 'beta_slow', 1) || 1)
  ]
  const from = Math.max(0, isCut ? Math.floor(fast) : fast)
  const to = Math.min(width - 1, isCut ? Math.ceil(slow) : slow)
  const stretch = to === from ? 0.001 : to - from
  const turns = slowing(theta, width).map((turn, pair) => {
    const slowed = Math.min(1, Math.max(0, (pair - from) / stretch))
    return turn * (1 - slowed) + (turn / factor) * slowed
  })
  return always(turns, number(rope, 'attention_factor', usual))
}

/** LongRoPE (Ding et al. 2024): a divisor for each pair, others in texts that are longer than the original positions. */
function longrope(rope: ConfigJson, made: Rotated): Rotation {
  const original = originalOf(rope, made)
  const stretched = made.positions / original
  const factor = made.original === null ? number(rope, 'factor', stretched) : stretched
  const usual = factor > 1 ? Math.sqrt(1 + Math.log(factor) / Math.log(original)) : 1
  const divided = (name: string): Float64Array => {
    const by = numbers(rope, name)
    if (by.length !== made.width / 2) throw new NotPlain(name)
    return slowing(made.theta, made.width).map((turn, pair) => turn / (by[pair] ?? NaN))
  }
  const [near, far] = [divided('short_factor'), divided('long_factor')]
  return {
    turns: (tokens) => (tokens > original ? far : near),
    size: number(rope, 'attention_factor', usual)
  }
}
