// A stand-in for the native module, loaded by the real trainer process in tests of the process itself. Its
// session is FakeSession; the environment's FAKE_ADDON chooses how it misbehaves.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Batch, OpenOptions, StepOptions, StepResult } from '../../addon/index'
import { FakeSession } from './fake-session'

const behaviour = process.env['FAKE_ADDON'] ?? ''

if (behaviour === 'throws while loading') throw new Error('wrong version of the C library')
if (behaviour === 'dies while loading') process.kill(process.pid, 'SIGKILL')

export class Session extends FakeSession {
  private constructor(private readonly options: OpenOptions) {
    super()
  }

  static async open(options: OpenOptions): Promise<Session> {
    if (behaviour === 'too large') {
      const words = { code: 'OUT_OF_MEMORY', details: { needed: '12' } }
      throw Object.assign(new Error('not enough memory'), words)
    }
    return new Session(options)
  }

  override async step(microBatches: Batch[], options: StepOptions): Promise<StepResult> {
    await sleep(behaviour === 'slow' ? 100 : 5)
    if (behaviour === `dies at ${options.step}`) {
      console.error('neiro: something native went wrong')
      await sleep(10)
      process.kill(process.pid, 'SIGSEGV')
      await sleep(10_000)
    }
    return super.step(microBatches, options)
  }

  async info(): Promise<object> {
    return { family: 'fake', modelDir: this.options.modelDir }
  }

  override async logits({ tokens }: { tokens: Int32Array }): Promise<Float32Array> {
    return Float32Array.from(tokens, (token) => token / 2)
  }
}

export const probe = async (): Promise<object> => ({ version: '0', backend: 'fake', families: ['llama'] })
export const inspectModel = async (modelDir: string): Promise<object> => ({ family: modelDir })
export const planMemory = async (): Promise<object> => ({ total: 1 })
