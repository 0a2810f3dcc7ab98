// The same training in smaller bites: what job.json says afterwards, and that an update stays what it was.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Job } from '../../../main/contract/trainer-protocol'
import { preparedLengths } from '../../../main/files/prepared-file'
import { saveMemory } from '../../../main/services/runs/save-memory'
import { smallerBites } from '../../../main/services/runs/smaller-bites'
import { planEpoch } from '../../../main/trainer/batching'
import { readPrepared } from '../../../main/files/prepared-file'
import { runFixture, smallSettings } from '../../trainer/run-fixture'

const jobOf = (dir: string): Job => JSON.parse(readFileSync(join(dir, 'job.json'), 'utf8')) as Job

describe('smaller bites', () => {
  test('halve the examples at once as long as there are several, then compute again, then end', () => {
    for (let batchSize = 1; batchSize <= 64; batchSize++) {
      let settings = { batchSize, gradientAccumulationSteps: 3, gradientCheckpointing: false }
      const sizes: number[] = []
      for (let next = smallerBites(settings); next; next = smallerBites(settings)) {
        expect(next.batchSize * next.gradientAccumulationSteps).toBe(batchSize * 3)
        expect(next.gradientCheckpointing || next.batchSize <= settings.batchSize / 2).toBe(true)
        settings = next
        sizes.push(next.batchSize)
      }
      expect(settings).toEqual({
        batchSize: 1,
        gradientAccumulationSteps: batchSize * 3,
        gradientCheckpointing: true
      })
      expect(sizes.at(-1)).toBe(1)
    }
  })

  test('hold the same examples in each update', () => {
    const lengths = Array.from({ length: 53 }, (_, at) => 5 + (at % 17))
    const before = { ...smallSettings, batchSize: 6, gradientAccumulationSteps: 2 }
    const after = { ...before, ...smallerBites(before) }
    const updates = (settings: typeof before): number[][] =>
      planEpoch(lengths, settings, 1).steps.map((step) => step.flat())
    expect(after.batchSize).toBe(3)
    expect(updates(after)).toEqual(updates(before))
  })
})

describe('a run folder', () => {
  test('is planned for less memory, step by step, until nothing is left to save', async () => {
    const dir = await runFixture({ settings: { batchSize: 4, gradientAccumulationSteps: 1 } })
    const train = await readPrepared(join(dir, 'prepared/train.safetensors'))
    expect(await preparedLengths(join(dir, 'prepared/train.safetensors'))).toEqual([...train.lengths])
    const planned: number[] = [jobOf(dir).open.maxTokensPerMicroBatch]
    const told: boolean[] = []
    for (;;) {
      const saved = await saveMemory(dir)
      if (!saved) break
      const { recomputes, ...bites } = saved
      told.push(recomputes)
      const { settings, open, questions, stopTokens } = jobOf(dir)
      expect(settings).toMatchObject(bites)
      expect(open.gradientCheckpointing).toBe(saved.gradientCheckpointing)
      expect([questions.length, stopTokens]).toEqual([1, [2]])
      planned.push(open.maxTokensPerMicroBatch)
    }
    expect(planned).toHaveLength(4)
    expect(told).toEqual([false, false, true])
    expect(planned.slice(0, 3)).toEqual([...planned.slice(0, 3)].sort((a, b) => b - a))
    // one example at a time: the longest of both parts
    const heldOut = await readPrepared(join(dir, 'prepared/held-out.safetensors'))
    expect(planned.at(-1)).toBe(Math.max(...train.lengths, ...heldOut.lengths))
    expect(jobOf(dir).settings.gradientCheckpointing).toBe(true)
  })

  test('keeps what the run is: its head, what it goes on from, the ids of its tokenizer', async () => {
    const dir = await runFixture({ settings: { batchSize: 4 } })
    const { open, ...job } = jobOf(dir)
    const told = {
      ...open,
      tokens: 90,
      adapterDir: 'start',
      referenceDir: 'start',
      device: 'cpu' as const,
      score: { labels: 3, problem: 'single_label_classification' as const }
    }
    writeFileSync(join(dir, 'job.json'), JSON.stringify({ ...job, open: told }))
    await saveMemory(dir)
    const { maxTokensPerMicroBatch: _, ...kept } = jobOf(dir).open
    const { maxTokensPerMicroBatch: __, ...before } = told
    expect(kept).toEqual(before)
  })

  test('fewer at once is said as that, also where what was kept is computed again anyway', async () => {
    const dir = await runFixture({ settings: { batchSize: 2, gradientCheckpointing: true } })
    expect(await saveMemory(dir)).toMatchObject({ batchSize: 1, recomputes: false })
  })
})
