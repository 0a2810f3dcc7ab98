// Many conversations on an engine that answers from a script: who runs, who waits, who leaves, and whose turn it is.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ConversationOptions, Said } from '../../../addon/index'
import { NeiroError } from '../../../main/contract/errors'
import { EngineProcess } from '../../../main/services/engine/engine-process'
import type { TrainerHost } from '../../../main/services/engine/trainer-host'
import { Turns } from '../../../main/services/engine/turns'
import { Conversing } from '../../../main/services/serving/conversing'
import type { Talk, TalkOptions } from '../../../main/services/serving/talk'
import { ScriptedHost } from '../../fixtures/scripted-host'

const places = 3
let host: ScriptedHost
let turns: Turns
let conversing: Conversing
/** tokens left to say, by place */
let talking: Map<number, number>
let opened: string[]
let fails: { begin?: string; advance?: string; open?: string }

beforeEach(() => {
  // of this test alone: what an earlier one left running must not speak here
  const own = (talking = new Map<number, number>())
  opened = []
  const failing: typeof fails = (fails = {})
  host = new ScriptedHost({
    open: ({ modelDir }) => {
      if (failing.open) throw new NeiroError(failing.open)
      opened.push(modelDir)
      return {} as never
    },
    beginConversation: ({ maxNewTokens }: ConversationOptions) => {
      if (failing.begin) throw new NeiroError(failing.begin)
      const place = [0, 1, 2].find((one) => !own.has(one))
      if (place === undefined) throw new Error('more than there is room for')
      own.set(place, maxNewTokens)
      return place
    },
    advance: async () => {
      await new Promise((soon) => setImmediate(soon))
      if (failing.advance) {
        const code = failing.advance
        delete failing.advance
        throw new NeiroError(code)
      }
      return [...own].map(([place, left]): Said => {
        if (left > 1) own.set(place, left - 1)
        else own.delete(place)
        return { place, token: left, ended: left > 1 ? null : 'length' }
      })
    },
    endConversation: ({ place }) => void own.delete(place),
    cancel: () => undefined
  })
  const engine = Object.assign(host, { exited: new Promise(() => undefined), stop: async () => undefined })
  turns = new Turns(
    new EngineProcess({ idleMs: 60_000, start: async () => engine as unknown as TrainerHost })
  )
  conversing = new Conversing({ turns, work: 'api', mostWaiting: 6 })
})
afterEach(() => conversing.close())

const ask = (maxNewTokens: number, modelDir = 'a'): TalkOptions => ({
  target: {
    modelDir,
    baseQuantization: 'none',
    threads: 1,
    device: 'cpu',
    maxContext: 64,
    maxTokens: 64,
    conversations: places
  },
  prompt: Int32Array.of(1),
  maxNewTokens,
  stopTokens: new Int32Array(),
  sampling: { temperature: 0, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1, seed: 0 },
  adapter: null
})

async function all(talk: Talk): Promise<number[]> {
  const tokens: number[] = []
  for (;;) {
    const said = await talk.next()
    if (said.length === 0) return tokens
    tokens.push(...said.map(({ token }) => token))
  }
}

describe('conversations', () => {
  test('run together, others wait for a place, and each hears its own', async () => {
    const talks = [2, 5, 3, 4, 1, 6].map((length) => conversing.begin(ask(length)))
    const said = await Promise.all(talks.map(all))
    expect(said.map((tokens) => tokens.length)).toEqual([2, 5, 3, 4, 1, 6])
    expect(said[1]).toEqual([5, 4, 3, 2, 1])
    // 21 tokens in 3 places
    expect(host.callsOf('advance').length).toBeLessThan(12)
    expect(opened).toEqual(['a'])
    expect([conversing.talking, conversing.waiting]).toEqual([0, 0])
  })

  test('more than may wait are refused', () => {
    for (let at = 0; at < 6; at++) conversing.begin(ask(1))
    expect(() => conversing.begin(ask(1))).toThrow(expect.objectContaining({ code: 'SERVING_FULL' }))
  })

  test('one that is left frees its place at once; one that waits leaves the line', async () => {
    const [first, second, third, waits, next] = [1000, 1000, 1000, 1000, 2].map((length) =>
      conversing.begin(ask(length))
    ) as [Talk, Talk, Talk, Talk, Talk]
    await first.next()
    waits.leave()
    expect(conversing.waiting).toBe(1)
    second.leave()
    expect(await all(next)).toHaveLength(2)
    for (const talk of [first, third]) talk.leave()
    // what it had said by then, and no more
    expect((await all(first)).length).toBeLessThan(1000)
    await conversing.close()
    expect(talking.size).toBe(0)
  })

  test('somebody else who wants the engine gets it when those who talk have ended', async () => {
    const order: string[] = []
    const talks = [3, 3, 3, 2].map((length) => conversing.begin(ask(length)))
    const ends = talks.map((talk, at) => all(talk).then(() => order.push(`talk ${at}`)))
    while (conversing.talking < places) await new Promise((soon) => setImmediate(soon))
    const chat = turns.use(null, async () => void order.push('chat'))
    await Promise.all([...ends, chat])
    expect(order.slice(0, 4).sort()).toEqual(['chat', 'talk 0', 'talk 1', 'talk 2'])
    expect(order[3]).toBe('chat')
    expect(order[4]).toBe('talk 3')
  })

  test('for another base run after each other', async () => {
    const said = await Promise.all(['a', 'b', 'a', 'b'].map((dir) => all(conversing.begin(ask(2, dir)))))
    expect(said.map((tokens) => tokens.length)).toEqual([2, 2, 2, 2])
    expect(opened).toEqual(['a', 'b'])
  })
})

describe('what goes wrong', () => {
  test('a request that the engine refuses ends alone', async () => {
    fails.begin = 'BAD_TOKEN'
    await expect(all(conversing.begin(ask(2)))).rejects.toMatchObject({ code: 'BAD_TOKEN' })
    delete fails.begin
    expect(await all(conversing.begin(ask(2)))).toHaveLength(2)
  })

  test('an engine that dies ends those who talk; those who wait go on', async () => {
    const talks = [9, 9, 9, 2].map((length) => conversing.begin(ask(length)))
    await talks[0]?.next()
    fails.advance = 'TRAINER_DIED'
    for (const talk of talks.slice(0, 3)) {
      await expect(all(talk)).rejects.toMatchObject({ code: 'ENGINE_DIED' })
    }
    expect((await all(talks[3] as Talk)).length).toBe(2)
  })

  test('a base that cannot be opened is told to all who wait for it', async () => {
    fails.open = 'OUT_OF_MEMORY'
    const talks = [1, 1].map((length) => conversing.begin(ask(length)))
    for (const talk of talks) await expect(all(talk)).rejects.toMatchObject({ code: 'OUT_OF_MEMORY' })
    expect(conversing.waiting).toBe(0)
  })

  test('closing sends everybody away', async () => {
    const talks = [1000, 1000, 1000, 1000].map((length) => conversing.begin(ask(length)))
    await talks[0]?.next()
    await conversing.close()
    for (const talk of talks) await expect(all(talk)).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(talking.size).toBe(0)
  })
})
