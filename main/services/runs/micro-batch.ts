// The largest micro-batch that a run can meet, in tokens: the engine plans its memory for it. Pure.
import type { Settings } from '../../contract/settings'

type BatchSettings = Pick<Settings, 'batchSize' | 'packing' | 'maxSeqLength'>

export function largestMicroBatch(
  train: readonly number[],
  heldOut: readonly number[],
  settings: BatchSettings
): number {
  const all = sum(train)
  // typed, because numbers sort themselves there: ten times as fast
  const ascending = Float64Array.from(train).sort()
  const most = settings.packing
    ? settings.batchSize * Math.max(settings.maxSeqLength, ascending.at(-1) ?? 0)
    : sum([...ascending.slice(-settings.batchSize)])
  // the held-out part is read in batches of whatever fits, but each example must fit alone
  return heldOut.reduce((most, length) => Math.max(most, length), Math.min(most, all))
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
