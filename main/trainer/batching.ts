// Which examples each update sees: a pure function of example lengths, settings and the update's number, so
// that a resumed run reads on exactly where it was. No tokens here, only indices.
import { packRows } from '../batches/pack-rows'
import { randomFrom, shuffled } from '../batches/shuffle'
import type { Settings } from '../contract/settings'
import { virtualTokensOf } from '../contract/virtual-tokens'

export type BatchingSettings = Pick<
  Settings,
  | 'seed'
  | 'batchSize'
  | 'gradientAccumulationSteps'
  | 'packing'
  | 'groupByLength'
  | 'maxSeqLength'
  | 'epochs'
  | 'maxSteps'
> &
  Parameters<typeof virtualTokensOf>[0]

/** Micro-batches of one update, each a list of example indices. */
export type StepExamples = readonly (readonly number[])[]

export interface Epoch {
  readonly steps: readonly StepExamples[]
}

export interface PlannedStep {
  readonly microBatches: StepExamples
  /** epochs done when this update is done, e.g. 1.5 */
  readonly epoch: number
}

export interface TrainingPlan {
  readonly totalSteps: number
  /** step is 1-based */
  at(step: number): PlannedStep
}

/** Every example once, in an order drawn from (seed, epoch); the last update may be smaller. */
export function planEpoch(lengths: readonly number[], settings: BatchingSettings, epoch: number): Epoch {
  const drawn = shuffled(lengths.length, randomFrom(settings.seed, epoch))
  const order = settings.groupByLength ? alikeTogether(drawn, lengths, settings.batchSize) : drawn
  const rows = settings.packing
    ? packRows(order, lengths, settings.maxSeqLength, virtualTokensOf(settings))
    : Array.from(order, (example) => [example])
  const microBatches = chunks(rows, settings.batchSize).map((batch) => batch.flat())
  return { steps: chunks(microBatches, settings.gradientAccumulationSteps) }
}

/** So many updates' worth is sorted at a time: neighbours are alike, and which they are is still a matter of chance. As
 *  Transformers' group_by_length, the longest first of all, so that what does not fit is known at once. */
const sortedAtOnce = 50

function alikeTogether(drawn: Uint32Array, lengths: readonly number[], batchSize: number): readonly number[] {
  const size = batchSize * Math.max(1, Math.min(sortedAtOnce, Math.floor(drawn.length / (batchSize * 4))))
  const lengthOf = (example: number): number => lengths[example] as number
  const parts = chunks(Array.from(drawn), size).map((part) =>
    part.sort((one, other) => lengthOf(other) - lengthOf(one))
  )
  const longestIn = parts.reduce(
    (best, part, at) => (lengthOf(part[0] as number) > lengthOf(parts[best]?.[0] as number) ? at : best),
    0
  )
  const [first, longest] = [parts[0], parts[longestIn]]
  if (first?.[0] !== undefined && longest?.[0] !== undefined) [first[0], longest[0]] = [longest[0], first[0]]
  return parts.flat()
}

export function planTraining(lengths: readonly number[], settings: BatchingSettings): TrainingPlan {
  const firstSteps = epochStarts(lengths, settings)
  const totalSteps = firstSteps.at(-1) as number
  let cached: { epoch: number; plan: Epoch } | null = null
  return {
    totalSteps,
    at(step) {
      const epoch = firstSteps.findIndex((_, index) => step <= (firstSteps[index + 1] ?? 0))
      if (step < 1 || epoch < 0) throw new RangeError(`expected step 1..${totalSteps}, got ${step}`)
      if (cached?.epoch !== epoch) cached = { epoch, plan: planEpoch(lengths, settings, epoch) }
      const { steps } = cached.plan
      const done = step - (firstSteps[epoch] as number)
      return { microBatches: steps[done - 1] as StepExamples, epoch: epoch + done / steps.length }
    }
  }
}

/** Updates done before each epoch, and after the last one: [0, s1, s1 + s2, ..., total]. */
function epochStarts(lengths: readonly number[], settings: BatchingSettings): number[] {
  const most = settings.maxSteps > 0 ? settings.maxSteps : Infinity
  const starts = [0]
  // packed rows depend on the order, so their number may differ from epoch to epoch
  const stepsOf = (epoch: number): number => planEpoch(lengths, settings, epoch).steps.length
  const always = settings.packing ? null : stepsOf(0)
  for (let epoch = 0; epoch < settings.epochs && (starts.at(-1) as number) < most; epoch++) {
    const steps = always ?? stepsOf(epoch)
    const part = Math.min(1, settings.epochs - epoch)
    // a part of an epoch is rounded up, but 0.1 of 10 is 1 in spite of floating point
    const taken = Math.max(1, Math.ceil(steps * part - 1e-9))
    starts.push(Math.min(most, (starts.at(-1) as number) + taken))
  }
  return starts
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const result: T[][] = []
  for (let first = 0; first < items.length; first += size) result.push(items.slice(first, first + size))
  return result
}
