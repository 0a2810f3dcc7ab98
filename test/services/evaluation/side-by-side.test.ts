// Base and tuned through the real engine: the numbers are those of the engine's own calls, an adapter changes
// them, and an adapter that changes nothing changes none.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Example } from '../../../main/contract/records'
import { addonFile, trainerEntry } from '../../fixtures/places'
import {
  compareSideBySide,
  type SideBySide,
  type SideBySideOptions
} from '../../../main/services/evaluation/side-by-side'
import { readModel } from '../../../main/services/models/read-model'
import { TrainerHost } from '../../../main/trainer-host'
import { goldenDir, tinyModel } from '../../fixtures/tiny-model'

const place = mkdtempSync(join(tmpdir(), 'side-by-side-'))
const dir = tinyModel('llama', place)
let host: TrainerHost
beforeAll(async () => {
  host = await TrainerHost.start({ trainerEntry, addonFile })
})
afterAll(async () => {
  await host.stop()
  rmSync(place, { recursive: true, force: true })
})

const example = (question: string, answer: string, row: number): Example => ({
  kind: 'conversation',
  messages: [
    { role: 'user', content: question },
    { role: 'assistant', content: answer }
  ],
  source: { file: 'faq.csv', row }
})
const text: Example = {
  kind: 'text',
  text: 'the shop opens at nine '.repeat(8),
  source: { file: 'a.txt', row: 1 }
}
const examples = [example('送料は', '550円です', 1), text, example('when?', 'in three days', 2)]

async function compare(o: Partial<SideBySideOptions> = {}): Promise<SideBySide> {
  return compareSideBySide({
    host,
    model: await readModel(dir),
    adapterDir: join(goldenDir, 'llama-lora/adapter_final'),
    baseQuantization: 'none',
    threads: 1,
    examples,
    limit: 10,
    maxNewTokens: 8,
    maxSeqLength: 128,
    ...o
  })
}

describe('compareSideBySide', () => {
  test('loss is over all examples, answers are for questions only', async () => {
    const result = await compare()
    expect(result.questions).toEqual(['送料は', 'when?'])
    expect(result.expected).toEqual(['550円です', 'in three days'])
    // a text longer than the limit is read in windows
    expect(result.base.loss.examples).toBeGreaterThanOrEqual(3)
    expect(result.base.answers).toHaveLength(2)
    expect(result.base.exact).toEqual({ hits: 0, total: 2 })
    expect(result.base.loss.perplexity).toBeCloseTo(Math.exp(result.base.loss.loss), 9)
    // random weights know nothing: about the logarithm of the vocabulary
    expect(result.base.loss.loss).toBeGreaterThan(4)
    expect(result.tuned?.loss.loss).not.toBe(result.base.loss.loss)
  })

  test('the base is the same whether an adapter is there or not', async () => {
    const [withAdapter, alone] = [await compare(), await compare({ adapterDir: null })]
    expect(alone.tuned).toBeNull()
    expect(alone.base).toEqual(withAdapter.base)
  })

  test('a limit of zero asks nothing; progress comes to its end', async () => {
    const seen = new Map<string, string>()
    const result = await compare({
      limit: 0,
      onProgress: (stage, done, total) => seen.set(stage, `${done}/${total}`)
    })
    expect([result.questions, result.base.exact.total]).toEqual([[], 0])
    const count = result.base.loss.examples * 2
    expect([...seen]).toEqual([['loss', `${count}/${count}`]])
  })

  test('nothing to evaluate on is an error; broken off, it leaves the engine free', async () => {
    await expect(compare({ examples: [] })).rejects.toMatchObject({ code: 'NOTHING_TO_EVALUATE' })
    await expect(compare({ signal: AbortSignal.abort() })).rejects.toThrow()
    expect((await compare({ limit: 1 })).questions).toHaveLength(1)
  })
})
