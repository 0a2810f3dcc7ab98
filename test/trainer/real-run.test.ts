// Whole runs in the real trainer process with the real engine on a tiny model: the same bits after a pause,
// on a disk that was full, in any number of threads; and that the model learns at all.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { addonFile } from '../fixtures/places'
import { readRun } from '../../main/services/runs/run-view'
import { trainIn } from '../../main/services/runners/local'
import { batchOf } from '../../main/batches/example-set'
import type { MetricLine } from '../../main/contract/records'
import { readPrepared } from '../../main/files/prepared-file'
import { TrainerHost } from '../../main/services/engine/trainer-host'
import { readSafetensors } from '../fixtures/safetensors'
import { canMount, noMountNote, onSmallDisk } from '../fixtures/small-disk'
import { builtTrainer } from './built'
import { comparableLines, folderBytes, metricLines, runFixture } from './run-fixture'

const hosts: TrainerHost[] = []
afterEach(() => hosts.splice(0).forEach((host) => host.kill()))

async function start(): Promise<TrainerHost> {
  const host = await TrainerHost.start({ trainerEntry: await builtTrainer(), addonFile })
  hosts.push(host)
  return host
}
const train = async (dir: string) => trainIn(await start(), dir)
const losses = (dir: string): number[] =>
  metricLines(dir).flatMap((line) => (line.kind === 'step' ? [line.figures['loss'] as number] : []))

describe.runIf(existsSync(addonFile))('with the engine', () => {
  test('a run learns, and leaves a PEFT folder, curves and answers', async () => {
    const dir = await runFixture({ settings: { epochs: 8, learningRate: 2e-2, loraDropout: 0 } })
    expect(await train(dir)).toEqual({ outcome: 'finished', step: 80 })
    const all = losses(dir)
    const mean = (part: number[]): number => part.reduce((a, b) => a + b, 0) / part.length
    expect(mean(all.slice(-10))).toBeLessThan(mean(all.slice(0, 10)) - 0.3)
    const tensors = readSafetensors(join(dir, 'adapter/adapter_model.safetensors'))
    // two layers of seven linear modules, A and B each
    expect(tensors.size).toBe(28)
    const config = JSON.parse(readFileSync(join(dir, 'adapter/adapter_config.json'), 'utf8')) as object
    expect(config).toMatchObject({ r: 4, lora_alpha: 8, base_model_name_or_path: 'golden/llama' })
    const run = await readRun(dir)
    expect(run.best?.value).toBeLessThan(all[0] as number)
    const samples = metricLines(dir).filter((line) => line.kind === 'sample')
    expect(samples.length).toBeGreaterThan(2)
    samples.forEach(({ answer }) => expect(answer.length).toBeLessThanOrEqual(8))
  })

  test.each([
    ['plain', {}],
    ['packed, NF4, recomputed', { packing: true, baseQuantization: 'nf4', gradientCheckpointing: true }]
  ] as const)(
    'same seed, same bits in another process and another number of threads: %s',
    async (_, settings) => {
      const one = await runFixture({ settings: { ...settings, maxSeqLength: 32 }, threads: 1 })
      const other = await runFixture({ settings: { ...settings, maxSeqLength: 32 }, threads: 2 })
      const third = await runFixture({ settings: { ...settings, maxSeqLength: 32, seed: 8 }, threads: 1 })
      for (const dir of [one, other, third]) await train(dir)
      expect(await folderBytes(other)).toEqual(await folderBytes(one))
      expect(comparableLines(other)).toEqual(comparableLines(one))
      expect(await folderBytes(third)).not.toEqual(await folderBytes(one))
    }
  )

  test('paused and resumed, twice: the same bits', async () => {
    const whole = await runFixture()
    await train(whole)
    const dir = await runFixture()
    for (const pauseAfter of [4, 11]) {
      const host = await start()
      const { outcome } = await trainIn(host, dir, {
        onMetric: (line) => {
          if (line.kind === 'step' && line.step === pauseAfter) void host.call('pauseRun', undefined)
        }
      })
      expect(outcome).toBe('paused')
    }
    // the same process may go on with a run that it paused
    const host = hosts.at(-1) as TrainerHost
    expect(await trainIn(host, dir)).toEqual({ outcome: 'finished', step: 20 })
    expect(await folderBytes(dir)).toEqual(await folderBytes(whole))
    expect(comparableLines(dir)).toEqual(comparableLines(whole))
  })

  test('full training: every weight learns, and two pauses leave the same bits', async () => {
    const settings = { method: 'full', learningRate: 5e-3, epochs: 4 } as const
    const whole = await runFixture({ settings })
    await train(whole)
    const all = losses(whole)
    expect(all.at(-1)).toBeLessThan((all[0] as number) - 0.5)
    const dir = await runFixture({ settings })
    for (const pauseAfter of [4, 11]) {
      const host = await start()
      const onMetric = (line: MetricLine): void => {
        if (line.kind === 'step' && line.step === pauseAfter) void host.call('pauseRun', undefined)
      }
      expect((await trainIn(host, dir, { onMetric })).outcome).toBe('paused')
    }
    await train(dir)
    expect(await folderBytes(dir, 'model')).toEqual(await folderBytes(whole, 'model'))
    expect(comparableLines(dir)).toEqual(comparableLines(whole))
    // what it leaves opens as a model, and is as good as the best evaluation said
    const host = hosts.at(-1) as TrainerHost
    const open = { seed: 0, threads: 1, maxTokensPerMicroBatch: 256, maxContext: 0 }
    await host.call('open', { modelDir: join(dir, 'model'), baseQuantization: 'none', ...open })
    const set = await readPrepared(join(dir, 'prepared/held-out.safetensors'))
    const batch = batchOf(set, [...set.lengths.keys()])
    const { nllSum, learntTokens } = await host.call('evaluate', { batch, adapter: false })
    expect(nllSum / learntTokens).toBeCloseTo((await readRun(dir)).best?.value as number, 4)
  })

  test('stopped: the best so far is the result', async () => {
    const dir = await runFixture({ settings: { epochs: 8 } })
    const host = await start()
    const result = await trainIn(host, dir, {
      onMetric: (line) => {
        if (line.kind === 'step' && line.step === 12) void host.call('stopRun', undefined)
      }
    })
    expect(result.outcome).toBe('stopped')
    expect(await readRun(dir)).toMatchObject({ state: 'stopped', step: result.step })
    expect(await folderBytes(dir, 'adapter')).toEqual(await folderBytes(dir, 'best'))
  })

  test('a learning rate without sense ends with words, not with a broken adapter', async () => {
    const dir = await runFixture({ settings: { learningRate: 1, maxGradNorm: 0, epochs: 30 } })
    const ended = await train(dir).catch((error: unknown) => error)
    const run = await readRun(dir)
    // it either survives, or says NOT_FINITE; a loss that is no number never reaches best or adapter
    if (ended instanceof Error) expect(run).toMatchObject({ state: 'failed', error: { code: 'NOT_FINITE' } })
    else expect(run.state).toBe('finished')
    for (const { bytes } of readSafetensors(join(dir, 'best/adapter_model.safetensors')).values()) {
      expect(new Float32Array(Uint8Array.from(bytes).buffer).every(Number.isFinite)).toBe(true)
    }
  })

  describe.skipIf(!canMount)(canMount ? 'on disks that refuse' : `disks (${noMountNote})`, () => {
    test.each([128, 256, 320])(
      '%i KB: a sentence, nothing half-written, resumed with the same bits',
      (kilobytes) =>
        onSmallDisk(kilobytes, async (disk) => {
          const whole = await runFixture()
          await train(whole)
          const dir = await runFixture({ dir: join(disk.dir, 'run') })
          await expect(train(dir)).rejects.toMatchObject({ code: 'DISK_FULL' })
          expect(['failed', 'interrupted']).toContain((await readRun(dir)).state)
          const found = [dir, join(dir, 'checkpoints')].flatMap((folder) =>
            existsSync(folder) ? readdirSync(folder) : []
          )
          expect(found.filter((name) => /\.(tmp|old)-|^lock-/.test(name))).toEqual([])
          disk.resize(8000)
          expect((await train(dir)).outcome).toBe('finished')
          expect(await folderBytes(dir)).toEqual(await folderBytes(whole))
          expect(comparableLines(dir)).toEqual(comparableLines(whole))
        })
    )

    test('read-only: a sentence, and the run as it was', () =>
      onSmallDisk(8000, async (disk) => {
        const dir = await runFixture({ dir: join(disk.dir, 'run') })
        disk.makeReadOnly()
        await expect(train(dir)).rejects.toMatchObject({ code: 'READ_ONLY' })
        expect(await readRun(dir)).toMatchObject({ state: 'paused' })
      }))
  })
})
