// Models whose layers are not all of one kind, through the module's own calls: merged they say what they said, conversations
// beside others say to the bit what they say alone, a base in NF4 learns, and a prefix is refused. What they compute is the
// golden cases' and test/addon/model/mixers.cpp's to prove.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { OpenOptions, Session } from '../../addon/index'
import { batchOf, lora, refusal, stepOptions } from '../fixtures/sessions'
import { withSession } from '../golden-runner/engine'

const dir = mkdtempSync(join(tmpdir(), 'neiro-mixed-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const batch = batchOf([23, 18], 9)
const learnt = batchOf([17, 30], 2)
const sampling = { temperature: 0.9, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1, seed: 5 }
const prompts = [70, 3, 11].map((length, i) => Int32Array.from({ length }, (_, t) => 3 + ((t * 7 + i) % 300)))

const open = (modelDir: string, more: Partial<OpenOptions> = {}): OpenOptions => ({
  modelDir,
  baseQuantization: 'f32',
  seed: 1,
  threads: 2,
  maxTokensPerMicroBatch: 64,
  maxContext: 96,
  ...more
})

async function alone(session: Session, prompt: Int32Array): Promise<number[]> {
  await session.generateBegin({
    prompt,
    maxNewTokens: 8,
    stopTokens: new Int32Array(),
    sampling,
    adapter: false
  })
  return [...(await session.generateNext(8)).tokens]
}

describe.each(['lfm2', 'qwen3_5', 'qwen3_moe', 'gpt_oss', 'gemma4', 'gemma4-moe'])('%s', (name) => {
  const modelDir = resolve(import.meta.dirname, '../golden-2/models', name)

  test.each(['f32', 'int8', 'nf4'] as const)(
    'on %s it learns; merged it says what it said beside',
    async (base) => {
      const merged = join(dir, `${name}-${base}`)
      const options = open(modelDir, {
        baseQuantization: base,
        train: { ...lora, dropout: 0, targetModules: ['all-linear'] }
      })
      const said = await withSession(options, async (session) => {
        const before = await session.evaluate(learnt, { adapter: true })
        for (let step = 1; step <= 6; step++) await session.step([learnt], stepOptions(step))
        expect((await session.evaluate(learnt, { adapter: true })).nllSum).toBeLessThan(before.nllSum)
        await session.saveMerged({ dir: merged, dtype: 'F32' })
        return session.logits(batch, { adapter: true })
      })
      copyFileSync(join(modelDir, 'config.json'), join(merged, 'config.json'))
      const top = said.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      await withSession(open(merged), async (session) => {
        const got = await session.logits(batch, { adapter: false })
        const apart = got.reduce((most, value, i) => Math.max(most, Math.abs(value - (said[i] ?? NaN))), 0)
        expect(apart / top).toBeLessThan(1e-4)
      })
    }
  )

  test('a conversation says beside others what it says alone', async () => {
    const wanted = await withSession(open(modelDir), async (session) => {
      const all: number[][] = []
      for (const prompt of prompts) all.push(await alone(session, prompt))
      return all
    })
    await withSession(open(modelDir, { conversations: 3 }), async (session) => {
      const places = new Map<number, number>()
      const said: number[][] = prompts.map(() => [])
      for (const [i, prompt] of prompts.entries())
        places.set(
          await session.beginConversation({
            prompt,
            maxNewTokens: 8,
            stopTokens: new Int32Array(),
            sampling,
            adapter: null
          }),
          i
        )
      for (let left = prompts.length; left > 0;)
        for (const { place, token, ended } of await session.advance()) {
          said[places.get(place) ?? -1]?.push(token)
          if (ended !== null) left--
        }
      expect(said).toEqual(wanted)
    })
  })

  test.skipIf(['qwen3_moe', 'gpt_oss'].includes(name))(
    'a prefix is of keys and values, which not every layer has',
    async () => {
      const train = { kind: 'prefix', virtualTokens: 4 } as const
      const { code } = await refusal(() => withSession(open(modelDir, { train }), async () => undefined))
      expect(code).toBe('BAD_OPTION')
    }
  )
})
