// Loss over many examples: grouped without loss or split, averaged over learnt tokens.
import { describe, expect, test } from 'vitest'
import { evaluateModel, groupByTokens } from '../../../main/services/evaluation/evaluate-model'
import { ScriptedHost } from '../../fixtures/scripted-host'

const example = (length: number, learnt: number): { tokens: Int32Array; labels: Int32Array } => {
  const tokens = Int32Array.from({ length }, (_, at) => at + 1)
  return { tokens, labels: tokens.map((token, at) => (at >= length - learnt ? token : -100)) }
}

describe('groupByTokens', () => {
  test('keeps order and every example, within the limit where an example allows it', () => {
    const examples = [3, 5, 2, 9, 1, 1, 1, 12, 4].map((length) => example(length, 1))
    const groups = groupByTokens(examples, 8)
    expect(groups.flat()).toEqual(examples)
    expect(groups.map((group) => group.map((one) => one.tokens.length))).toEqual([
      [3, 5],
      [2],
      [9],
      [1, 1, 1],
      [12],
      [4]
    ])
    expect(groupByTokens([], 8)).toEqual([])
  })
})

test('the mean is over learnt tokens of all examples, not over batches', async () => {
  const host = new ScriptedHost({
    evaluate: ({ batch }) => {
      const learntTokens = batch.labels.filter((label) => label !== -100).length
      expect(batch.lengths.reduce((sum, length) => sum + length, 0)).toBe(batch.tokens.length)
      // one nat for each learnt token of a short batch, three for each of a long one
      return { nllSum: learntTokens * (batch.tokens.length > 10 ? 3 : 1), learntTokens, examples: [] }
    }
  })
  const examples = [example(20, 6), example(4, 2), example(6, 1)]
  const seen: number[] = []
  const score = await evaluateModel(host, examples, {
    adapter: true,
    maxTokens: 10,
    onProgress: (done) => seen.push(done)
  })
  expect(score).toEqual({ loss: 21 / 9, perplexity: Math.exp(21 / 9), learntTokens: 9, examples: 3 })
  expect(seen).toEqual([1, 3])
  expect(host.callsOf('evaluate')).toHaveLength(2)
  expect(host.callsOf('evaluate')[0]).toMatchObject({ adapter: true })
})
