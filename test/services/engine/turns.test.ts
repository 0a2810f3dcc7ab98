// One model open at a time, in turns: who waits, what is opened again, and what is given back.
import { beforeEach, describe, expect, test } from 'vitest'
import type { TurnWork } from '../../../main/contract/window/results'
import { EngineProcess } from '../../../main/services/engine/engine-process'
import type { OpenModelOptions } from '../../../main/services/models/open-model'
import { Turns } from '../../../main/services/engine/turns'
import type { TrainerHost } from '../../../main/services/engine/trainer-host'

let asked: string[] = []
let engine: EngineProcess
let turns: Turns
beforeEach(() => {
  asked = []
  engine = new EngineProcess({
    idleMs: 60_000,
    start: async () =>
      ({
        exited: new Promise(() => undefined),
        stop: async () => undefined,
        call: async (call: string, args?: { modelDir?: string }) => {
          asked.push(args?.modelDir ? `${call} ${args.modelDir}` : call)
          if (args?.modelDir === 'broken') throw new Error('broken')
        }
      }) as unknown as TrainerHost
  })
  turns = new Turns(engine)
})
const model = (modelDir: string): OpenModelOptions => ({
  modelDir,
  baseQuantization: 'none',
  threads: 0,
  device: 'cpu',
  maxContext: 64,
  maxTokens: 64
})

describe('turns', () => {
  test('opens a model once for all who want it', async () => {
    await turns.use(model('a'), async () => undefined)
    await turns.use(model('a'), async () => undefined)
    await turns.use(model('b'), async () => undefined)
    await turns.use(model('a'), async () => undefined)
    expect(asked).toEqual(['open a', 'open b', 'open a'])
  })

  test('gives turns in order, one at a time', async () => {
    const seen: string[] = []
    const work = (name: string) => async (): Promise<void> => {
      seen.push(`${name} begins`)
      await new Promise((resolve) => setTimeout(resolve, 5))
      seen.push(`${name} ends`)
    }
    await Promise.all([
      turns.use(model('a'), work('1')),
      turns.use(model('a'), work('2')),
      turns.use(null, work('3'))
    ])
    expect(seen).toEqual(['1 begins', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends'])
  })

  test('a failure is its own: the next one has its turn, and its model is opened again', async () => {
    await expect(turns.use(model('broken'), async () => undefined)).rejects.toThrow('broken')
    await expect(turns.use(model('a'), () => Promise.reject(new Error('work')))).rejects.toThrow('work')
    expect(await turns.use(model('a'), async () => 7)).toBe(7)
    // work that opens models itself leaves another one behind
    await turns.use(null, async () => undefined)
    await turns.use(model('a'), async () => undefined)
    expect(asked).toEqual(['open broken', 'open a', 'open a'])
  })

  test('who gave up while waiting is not begun', async () => {
    const abort = new AbortController()
    const first = turns.use(model('a'), () => new Promise((resolve) => setTimeout(resolve, 10)))
    let begun = false
    const second = turns.use(model('b'), async () => (begun = true), { signal: abort.signal })
    const refused = expect(second).rejects.toMatchObject({ code: 'CANCELLED' })
    abort.abort()
    await first
    await refused
    expect([begun, asked]).toEqual([false, ['open a']])
  })

  test('who gives up while waiting does not wait for the one before', async () => {
    const abort = new AbortController()
    let end = (): void => undefined
    const first = turns.use(model('a'), () => new Promise<void>((resolve) => (end = resolve)))
    const second = turns.use(model('b'), async () => undefined, { signal: abort.signal })
    abort.abort()
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' })
    await expect(
      turns.use(model('c'), async () => undefined, { signal: abort.signal })
    ).rejects.toMatchObject({ code: 'CANCELLED' })
    end()
    await first
    expect(await turns.use(model('a'), async () => 1)).toBe(1)
    expect(asked).toEqual(['open a'])
  })

  test('tells who waits what is at work, and when its own turn has come', async () => {
    const told: string[] = []
    const ends: (() => void)[] = []
    const use = (name: string, work: TurnWork): Promise<void> =>
      turns.use(model('a'), () => new Promise<void>((resolve) => ends.push(resolve)), {
        work,
        onWait: (by) => told.push(`${name} ${by}`)
      })
    const all = [use('1', 'evaluation'), use('2', 'export'), use('3', 'chat')]
    expect(told).toEqual(['2 evaluation', '3 evaluation'])
    for (const [index, turn] of all.entries()) {
      await expect.poll(() => ends.length).toBe(index + 1)
      ends[index]?.()
      await turn
    }
    expect(told.slice(2)).toEqual(['3 export', '2 null', '3 null'])
    // nobody before it: nothing to tell
    const alone = use('4', 'chat')
    await expect.poll(() => ends.length).toBe(4)
    ends[3]?.()
    await alone
    expect(told).toHaveLength(5)
  })

  test('gives the memory back when it is asked to, and only then starts nothing', async () => {
    await turns.release()
    expect([asked, engine.running]).toEqual([[], false])
    await turns.use(model('a'), async () => undefined)
    await turns.release()
    await turns.release()
    await turns.use(model('a'), async () => undefined)
    expect(asked).toEqual(['open a', 'close', 'open a'])
  })
})
