// A process kept at hand: started when needed, shared, let go when idle, started anew after it died.
import { describe, expect, test, vi } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import { EngineProcess } from '../../../main/services/engine/engine-process'
import type { TrainerExit, TrainerHost } from '../../../main/services/engine/trainer-host'

interface Fake extends TrainerHost {
  die(): void
  readonly stopped: boolean
}

function fakes(): { readonly made: Fake[]; readonly start: () => Promise<TrainerHost> } {
  const made: Fake[] = []
  return {
    made,
    start: async () => {
      let die: (exit: TrainerExit) => void = () => undefined
      const exited = new Promise<TrainerExit>((resolve) => (die = resolve))
      const host = {
        number: made.length,
        exited,
        stopped: false,
        die: () => die({ code: null, signal: 'SIGKILL' }),
        call: async () => host.number,
        async stop() {
          this.stopped = true
          die({ code: 0, signal: null })
        }
      }
      made.push(host as unknown as Fake)
      return host as unknown as TrainerHost
    }
  }
}
const ask = (engine: EngineProcess): Promise<unknown> => engine.call('probe', undefined)

describe('the process', () => {
  test('is started by the first who needs it, and shared', async () => {
    const { made, start } = fakes()
    const engine = new EngineProcess({ start, idleMs: 60_000 })
    expect([made.length, engine.running]).toEqual([0, false])
    expect(await Promise.all([ask(engine), ask(engine), ask(engine)])).toEqual([0, 0, 0])
    expect([made.length, engine.running]).toEqual([1, true])
    await engine.stop()
    expect([made[0]?.stopped, engine.running]).toEqual([true, false])
  })

  test('is let go after an idle while, never under somebody who works', async () => {
    vi.useFakeTimers()
    try {
      const { made, start } = fakes()
      const engine = new EngineProcess({ start, idleMs: 1000 })
      let end: () => void = () => undefined
      const working = engine.use(() => new Promise<void>((resolve) => (end = resolve)))
      await ask(engine)
      await vi.advanceTimersByTimeAsync(5000)
      expect(made[0]?.stopped).toBe(false)
      end()
      await working
      await vi.advanceTimersByTimeAsync(900)
      await ask(engine)
      await vi.advanceTimersByTimeAsync(900)
      expect(made[0]?.stopped).toBe(false)
      await vi.advanceTimersByTimeAsync(200)
      expect(made[0]?.stopped).toBe(true)
      expect(await ask(engine)).toBe(1)
    } finally {
      vi.useRealTimers()
    }
  })

  test('that died is started anew by the next; whoever was at work is told in words of their own', async () => {
    const { made, start } = fakes()
    const engine = new EngineProcess({ start, idleMs: 60_000 })
    const dying = engine.use(async () => {
      made[0]?.die()
      throw new NeiroError('TRAINER_DIED', { how: 'SIGKILL' })
    })
    await expect(dying).rejects.toMatchObject({ code: 'ENGINE_DIED', details: { how: 'SIGKILL' } })
    expect(await ask(engine)).toBe(1)
    await engine.stop()
  })

  test('that cannot be started is tried again by the next', async () => {
    const { start } = fakes()
    let broken = true
    const engine = new EngineProcess({
      start: () => (broken ? Promise.reject(new Error('no engine')) : start()),
      idleMs: 60_000
    })
    await expect(ask(engine)).rejects.toThrow('no engine')
    broken = false
    expect(await ask(engine)).toBe(0)
    await engine.stop()
  })
})
