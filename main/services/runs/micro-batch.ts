// What a run can meet at once, in tokens and in conversations: the engine plans its memory for it. Pure.
import type { OpenOptions } from '../../../addon/index'
import { answersItself } from '../../contract/methods'
import type { Settings } from '../../contract/settings'
import { virtualTokensOf } from '../../contract/virtual-tokens'

type BatchSettings = Pick<Settings, 'batchSize' | 'packing' | 'maxSeqLength' | 'method'> &
  Partial<Pick<Settings, 'adapter' | 'virtualTokens'>>

export type AtOnce = Pick<OpenOptions, 'maxTokensPerMicroBatch' | 'maxContext' | 'conversations'>

/** maxContext: longest question that is watched with its answer, and what the adapter puts before it. positions: of the
 *  model; absent: enough. */
export function atOnce(
  train: readonly number[],
  heldOut: readonly number[],
  settings: BatchSettings & Pick<Settings, 'answersPerQuestion' | 'answerTokens'>,
  maxContext: number,
  positions = Infinity
): AtOnce {
  if (!answersItself(settings.method))
    return { maxTokensPerMicroBatch: largestMicroBatch(train, heldOut, settings), maxContext }
  // the answers of the data make room for those that are given
  const longest = [...train, ...heldOut].reduce((most, length) => Math.max(most, length), 0)
  const row = Math.max(maxContext, Math.min(longest + settings.answerTokens, positions))
  // so many answers are learnt from at once as there are questions; all of their answers are given at once
  return {
    maxTokensPerMicroBatch: Math.max(row, settings.batchSize * row),
    maxContext: row,
    conversations: settings.batchSize * settings.answersPerQuestion
  }
}

export function largestMicroBatch(
  train: readonly number[],
  heldOut: readonly number[],
  settings: BatchSettings
): number {
  // what an adapter puts before each example takes room as its tokens do
  const before = virtualTokensOf(settings)
  const all = sum(train) + before * train.length
  // typed, because numbers sort themselves there: ten times as fast
  const ascending = Float64Array.from(train, (length) => length + before).sort()
  const most = settings.packing
    ? settings.batchSize * Math.max(settings.maxSeqLength, ascending.at(-1) ?? 0)
    : sum([...ascending.slice(-settings.batchSize)])
  // the held-out part is read in batches of whatever fits, but each example must fit alone
  return heldOut.reduce((most, length) => Math.max(most, length + before), Math.min(most, all))
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
