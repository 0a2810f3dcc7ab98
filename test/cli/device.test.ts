// --device on the command line: what the plan and probe say of a GPU, and what is refused. The engine of test builds has
// an emulator for a GPU, seen only where NEIRO_EMULATED_GPU names it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runNeiro, type Ended } from './neiro-process'

describe.skipIf(process.platform === 'win32')('neiro plan --device', () => {
  let home = ''
  beforeAll(() => void (home = mkdtempSync(join(tmpdir(), 'neiro-device-'))))
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  const neiro = (gpu: string, ...args: string[]): Promise<Ended> =>
    runNeiro([...args, '--lang', 'en'], { env: { NEIRO_HOME: home, NEIRO_EMULATED_GPU: gpu } })

  test('says nothing of GPUs where there is none, why one cannot be used, and which one is', async () => {
    const plan = ['plan', '--model', 'starter']
    const none = await neiro('NO_DRIVER', ...plan)
    expect(none).toMatchObject({ status: 0, stdout: expect.not.stringMatching(/GPU|Calculated/) })
    const old = await neiro('DRIVER_TOO_OLD', ...plan)
    expect(old.stdout).toContain('Calculated on: the CPU (the driver of the GPU is too old')
    const one = await neiro('RTX 1', ...plan)
    expect(one.stdout).toContain('Calculated on: the GPU (RTX 1)')
    expect(one.stdout).toMatch(/memory of the GPU[^]*RTX 1[^]*memory of the PC[^]*this PC/)
    const cpu = await neiro('RTX 1', ...plan, '--device', 'cpu')
    expect(cpu.stdout).not.toContain('Calculated on')
  }, 120_000)

  test('refuses one that is asked for by name and is not there, with the reason and a way out', async () => {
    const refused = await neiro('GPU_TOO_OLD', 'plan', '--model', 'starter', '--device', 'cuda')
    expect(refused.status).not.toBe(0)
    expect(refused.stderr).toContain('the GPU is too old')
    expect(refused.stderr).toContain('--device cpu')
    const chat = await neiro('NO_GPU', 'chat', '--model', 'starter', '--prompt', 'x', '--device', 'cuda')
    expect(chat.status).not.toBe(0)
    expect(chat.stderr).toContain('there is no GPU of NVIDIA')
  }, 120_000)
})
