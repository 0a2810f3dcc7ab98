// The pure parts of preparing a run: names of folders, the largest micro-batch, the file of tokens.
import { readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { largestMicroBatch } from '../../../main/services/runs/micro-batch'
import { writePrepared } from '../../../main/files/prepared-file'
import { planTraining } from '../../../main/trainer/batching'
import { batchOf } from '../../../main/batches/example-set'
import { readPrepared } from '../../../main/files/prepared-file'
import { readSafetensors } from '../../fixtures/safetensors'
import { randomExamples, smallSettings, temporaryFolder } from '../../trainer/run-fixture'

describe('largestMicroBatch', () => {
  const batch = { method: 'sft', packing: false, maxSeqLength: 100 } as const

  test('has room for what an adapter puts before each example', () => {
    const adapter = { adapter: 'prompt', virtualTokens: 10 } as const
    expect(largestMicroBatch([5, 9, 2, 7], [], { ...batch, ...adapter, batchSize: 2 })).toBe(36)
    expect(largestMicroBatch([5], [30], { ...batch, ...adapter, batchSize: 1 })).toBe(40)
    expect(largestMicroBatch([5], [30], { ...batch, ...adapter, adapter: 'lora', batchSize: 1 })).toBe(30)
    const packed = { ...batch, ...adapter, batchSize: 1, packing: true }
    expect(largestMicroBatch([60, 60], [], { ...packed, maxSeqLength: 64 })).toBe(70)
  })

  test('is the sum of the longest examples of one batch', () => {
    expect(largestMicroBatch([5, 9, 2, 7], [], { ...batch, batchSize: 2 })).toBe(16)
    expect(largestMicroBatch([5, 9], [], { ...batch, batchSize: 8 })).toBe(14)
  })

  test('is never less than the longest held-out example, never more than there is', () => {
    expect(largestMicroBatch([5], [30, 8], { ...batch, batchSize: 1 })).toBe(30)
    expect(largestMicroBatch([5, 6], [], { ...batch, batchSize: 4, packing: true })).toBe(11)
  })

  test('holds for every micro-batch that training really makes', () => {
    for (let seed = 0; seed < 40; seed++) {
      const settings = {
        ...smallSettings,
        seed,
        batchSize: 1 + (seed % 5),
        packing: seed % 2 === 0,
        maxSeqLength: 30,
        ...(seed % 3 === 0 && { adapter: 'prefix' as const, virtualTokens: 7 })
      }
      const before = seed % 3 === 0 ? 7 : 0
      const lengths = randomExamples(1 + seed, seed).map(({ tokens }) => tokens.length)
      const most = largestMicroBatch(lengths, [], settings)
      const plan = planTraining(lengths, settings)
      for (let step = 1; step <= plan.totalSteps; step++) {
        for (const micro of plan.at(step).microBatches) {
          expect(micro.reduce((sum, i) => sum + (lengths[i] as number) + before, 0)).toBeLessThanOrEqual(most)
        }
      }
    }
  })
})

describe('the file of tokens', () => {
  test('is read back by the trainer, and by another reader of safetensors', async () => {
    for (const count of [1, 2, 7, 50]) {
      const examples = randomExamples(count, count)
      const file = join(temporaryFolder(), 'train.safetensors')
      await writePrepared(file, examples)
      const set = await readPrepared(file)
      expect(set.lengths).toEqual(examples.map(({ tokens }) => tokens.length))
      examples.forEach(({ tokens, labels }, index) => {
        const batch = batchOf(set, [index])
        expect(batch.tokens).toEqual(tokens)
        expect(batch.labels).toEqual(labels)
      })
      const whole = batchOf(set, [...examples.keys()]).tokens
      set.close()
      const tensors = readSafetensors(file)
      expect([...tensors].map(([name, { dtype, shape }]) => [name, dtype, shape])).toEqual([
        ['tokens', 'I32', [whole.length]],
        ['labels', 'I32', [whole.length]],
        ['offsets', 'I64', [count + 1]]
      ])
      expect(Buffer.from(tensors.get('tokens')?.bytes ?? [])).toEqual(Buffer.from(whole.buffer))
    }
  })

  test('that is cut while it is read is said, whatever was read before', async () => {
    const file = join(temporaryFolder(), 'train.safetensors')
    const examples = randomExamples(50, 3)
    await writePrepared(file, examples)
    const set = await readPrepared(file)
    expect(set.example(49)).toEqual(examples[49])
    truncateSync(file, 1000)
    expect(() => set.example(49)).toThrow(expect.objectContaining({ code: 'RUN_BROKEN' }))
    set.close()
    await expect(readPrepared(file)).rejects.toMatchObject({ code: 'RUN_BROKEN' })
  })

  test('is the same bytes for the same examples, and is never overwritten', async () => {
    const dir = temporaryFolder()
    await writePrepared(join(dir, 'a'), randomExamples(9, 1))
    await writePrepared(join(dir, 'b'), randomExamples(9, 1))
    expect(readFileSync(join(dir, 'a'))).toEqual(readFileSync(join(dir, 'b')))
    await expect(writePrepared(join(dir, 'a'), [])).rejects.toThrow('EEXIST')
  })
})
