// One model open at a time, in turns: who waits, what is opened again, and what is given back.
import { beforeEach, describe, expect, test } from 'vitest'
import type { DeskWork } from '../../../main/contract/window/results'
import { EngineProcess } from '../../../main/services/engine/engine-process'
import type { OpenModelOptions } from '../../../main/services/models/open-model'
import { Desk } from '../../../main/services/engine/desk'
import type { TrainerHost } from '../../../main/trainer-host'

let asked: string[] = []
let engine: EngineProcess
let desk: Desk
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
  desk = new Desk(engine)
})
const model = (modelDir: string): OpenModelOptions => ({
  modelDir,
  baseQuantization: 'none',
  threads: 0,
  maxContext: 64,
  maxTokens: 64
})

describe('the desk', () => {
  test('opens a model once for all who want it', async () => {
    await desk.use(model('a'), async () => undefined)
    await desk.use(model('a'), async () => undefined)
    await desk.use(model('b'), async () => undefined)
    await desk.use(model('a'), async () => undefined)
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
      desk.use(model('a'), work('1')),
      desk.use(model('a'), work('2')),
      desk.use(null, work('3'))
    ])
    expect(seen).toEqual(['1 begins', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends'])
  })

  test('a failure is its own: the next one has its turn, and its model is opened again', async () => {
    await expect(desk.use(model('broken'), async () => undefined)).rejects.toThrow('broken')
    await expect(desk.use(model('a'), () => Promise.reject(new Error('work')))).rejects.toThrow('work')
    expect(await desk.use(model('a'), async () => 7)).toBe(7)
    // work that opens models itself leaves another one behind
    await desk.use(null, async () => undefined)
    await desk.use(model('a'), async () => undefined)
    expect(asked).toEqual(['open broken', 'open a', 'open a'])
  })

  test('who gave up while waiting is not begun', async () => {
    const abort = new AbortController()
    const first = desk.use(model('a'), () => new Promise((resolve) => setTimeout(resolve, 10)))
    let begun = false
    const second = desk.use(model('b'), async () => (begun = true), { signal: abort.signal })
    const refused = expect(second).rejects.toMatchObject({ code: 'CANCELLED' })
    abort.abort()
    await first
    await refused
    expect([begun, asked]).toEqual([false, ['open a']])
  })

  test('who gives up while waiting does not wait for the one before', async () => {
    const abort = new AbortController()
    let end = (): void => undefined
    const first = desk.use(model('a'), () => new Promise<void>((resolve) => (end = resolve)))
    const second = desk.use(model('b'), async () => undefined, { signal: abort.signal })
    abort.abort()
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' })
    await expect(desk.use(model('c'), async () => undefined, { signal: abort.signal })).rejects.toMatchObject(
      { code: 'CANCELLED' }
    )
    end()
    await first
    expect(await desk.use(model('a'), async () => 1)).toBe(1)
    expect(asked).toEqual(['open a'])
  })

  test('tells who waits what is at work, and when its own turn has come', async () => {
    const told: string[] = []
    const ends: (() => void)[] = []
    const use = (name: string, work: DeskWork): Promise<void> =>
      desk.use(model('a'), () => new Promise<void>((resolve) => ends.push(resolve)), {
        work,
        onWait: (by) => told.push(`${name} ${by}`)
      })
    const all = [use('1', 'evaluation'), use('2', 'export'), use('3', 'chat')]
    expect(told).toEqual(['2 comparison', '3 comparison'])
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
    await desk.release()
    expect([asked, engine.running]).toEqual([[], false])
    await desk.use(model('a'), async () => undefined)
    await desk.release()
    await desk.release()
    await desk.use(model('a'), async () => undefined)
    expect(asked).toEqual(['open a', 'close', 'open a'])
  })
})
