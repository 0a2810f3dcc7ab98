// Ways to train the same with less memory, each smaller than the one before. Pure; what forces it is the planner's to
// find out before a training, and the runner's (save-memory.ts) when memory runs out in the middle of one.
import { isFor, type Settings } from '../../contract/settings'

export type Bites = Pick<Settings, 'batchSize' | 'gradientAccumulationSteps' | 'gradientCheckpointing'>

const shortest = 64

/** First fewer examples at once with more of them gathered into one update (the result stays the same), then
 *  computing again instead of keeping. null when nothing is left. */
export function smallerBites(settings: Bites): Bites | null {
  const { batchSize, gradientAccumulationSteps, gradientCheckpointing } = settings
  if (batchSize > 1) {
    const smaller = largestDivisor(batchSize)
    const times = batchSize / smaller
    return {
      batchSize: smaller,
      gradientAccumulationSteps: gradientAccumulationSteps * times,
      gradientCheckpointing
    }
  }
  return gradientCheckpointing ? null : { batchSize, gradientAccumulationSteps, gradientCheckpointing: true }
}

/** of a half at most: an update then still holds exactly as many examples */
function largestDivisor(of: number): number {
  let divisor = Math.floor(of / 2)
  while (of % divisor !== 0) divisor--
  return divisor
}

/** Fewer examples at once, step by step; the training stays the same. */
export function inSmallerBites(settings: Settings): readonly Settings[] {
  const all: Settings[] = []
  for (let last = settings; last.batchSize > 1;) all.push((last = { ...last, ...smallerBites(last) }))
  return all
}

/** The least that the same training can be made to take. */
export function smallest(settings: Settings): Settings {
  return { ...(inSmallerBites(settings).at(-1) ?? settings), gradientCheckpointing: true }
}

/** What costs time, then what costs a little quality. */
export function withLess(settings: Settings): readonly Settings[] {
  const again = { ...settings, gradientCheckpointing: true }
  const all = settings.gradientCheckpointing ? [] : [again]
  const packed = isFor('baseQuantization', settings) && settings.baseQuantization !== 'nf4'
  return packed ? [...all, { ...again, baseQuantization: 'nf4' as const }] : all
}

/** Examples cut shorter: only because the user is asked. */
export function shorter(settings: Settings): readonly Settings[] {
  const all: Settings[] = []
  for (let tokens = settings.maxSeqLength / 2; tokens >= shortest; tokens /= 2)
    all.push({ ...settings, maxSeqLength: Math.ceil(tokens / 64) * 64 })
  return all
}

export function changed(from: Settings, to: Settings): Partial<Settings> {
  const keys = Object.keys(to) as (keyof Settings)[]
  return Object.fromEntries(keys.filter((key) => from[key] !== to[key]).map((key) => [key, to[key]]))
}
