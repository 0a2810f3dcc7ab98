// One measurement: a real run in a real trainer process, as the app makes it, timed by its own metrics.
// Peak memory is that of the process, as the system counts it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BaseQuantization, Calibration, Compute, MemoryPlan, OpenOptions } from '../../addon/index'
import { runFiles, type RunStateFile } from '../../main/contract/run-files'
import { defaultSettings, type Settings } from '../../main/contract/settings'
import type { Job } from '../../main/contract/trainer-protocol'
import { addonFile, trainerEntry } from '../fixtures/places'
import { TrainerHost } from '../../main/services/engine/trainer-host'
import { int32, writeSafetensors, type Tensor } from '../fixtures/safetensors'

export interface Setup {
  readonly model: string
  readonly modelDir: string
  readonly baseQuantization: BaseQuantization
  readonly gradientCheckpointing: boolean
  /** tokens of the one example that each step holds */
  readonly tokens: number
  /** measured steps; one more comes before them */
  readonly steps: number
  readonly rank: number
  readonly threads: number
  /** in which numbers products are multiplied */
  readonly compute: Exclude<Compute, 'auto'>
}

export interface Measurement {
  readonly model: string
  readonly base: BaseQuantization
  readonly compute: Compute
  readonly checkpointing: boolean
  readonly tokens: number
  readonly threads: number
  readonly secondsPerStep: number
  readonly tokensPerSecond: number
  /** bytes; null where the system does not say */
  readonly peakMemory: number | null
  readonly plannedMemory: number
  readonly plan: MemoryPlan
  /** parameters of linear layers and head */
  readonly linearParameters: number
  /** 4N per token, 6N with checkpointing */
  readonly gflops: number
  /** gflops / the engine's own product at its best, with weights of this base, measured before and after */
  readonly shareOfProduct: number
  readonly productGflops: number
  readonly losses: readonly number[]
}

/** A program of this measure holds one process at a time; the machine should do nothing else. */
export async function measure(setup: Setup): Promise<Measurement> {
  // a ceiling is what was ever reached: measured on both sides of the run, since a PC's speed wanders
  const before = await calibrate(setup.threads)
  const runDir = mkdtempSync(join(tmpdir(), 'neiro-bench-'))
  const seconds: number[] = []
  const losses: number[] = []
  const host = await start((line) => {
    if (line.kind !== 'step') return
    seconds.push(line.seconds)
    losses.push(line.figures['loss'] ?? NaN)
  })
  try {
    const info = await host.call('inspectModel', { modelDir: setup.modelDir })
    const open = openOptions(setup)
    const plan = await host.call('planMemory', open)
    writeRun(runDir, setup, open, info.vocabSize)
    await host.call('startRun', { runDir })
    const peakMemory = peakOf(host.pid)
    await host.stop()

    const after = await calibrate(setup.threads)
    const product = products[setup.compute][setup.baseQuantization === 'nf4' ? 'nf4' : 'plain']
    const productGflops = Math.max(before[product], after[product])
    // the first step warms caches and pages
    const secondsPerStep = median(seconds.slice(1))
    const flops = (setup.gradientCheckpointing ? 6 : 4) * info.linearParameters * setup.tokens
    const gflops = flops / secondsPerStep / 1e9
    return {
      model: setup.model,
      base: setup.baseQuantization,
      compute: setup.compute,
      checkpointing: setup.gradientCheckpointing,
      tokens: setup.tokens,
      threads: setup.threads,
      secondsPerStep,
      tokensPerSecond: setup.tokens / secondsPerStep,
      peakMemory,
      plannedMemory: plan.total,
      plan,
      linearParameters: info.linearParameters,
      gflops,
      shareOfProduct: gflops / productGflops,
      productGflops,
      losses
    }
  } finally {
    await host.stop()
    rmSync(runDir, { recursive: true, force: true })
  }
}

/** The ceiling of a run, by what is multiplied and how the weights are stored. */
const products = {
  f32: { nf4: 'productGflopsNf4', plain: 'productGflopsF32' },
  bf16: { nf4: 'productGflopsNf4Bf16', plain: 'productGflopsBf16' },
  int8: { nf4: 'productGflopsInInt8', plain: 'productGflopsInInt8' }
} as const

/** Ceilings in a process of their own, so that they do not count as the run's memory. */
export async function calibrate(threads: number): Promise<Calibration> {
  const host = await start()
  try {
    return await host.call('calibrate', { threads })
  } finally {
    await host.stop()
  }
}

type Metric = Parameters<NonNullable<Parameters<typeof TrainerHost.start>[0]['onMessage']>>[0]
type StepLine = Extract<Metric, { kind: 'metric' }>['line']

function start(onMetric: (line: StepLine) => void = () => undefined): Promise<TrainerHost> {
  return TrainerHost.start({
    trainerEntry,
    addonFile,
    onMessage: (message) => message.kind === 'metric' && onMetric(message.line),
    onLog: (line) => console.error(line)
  })
}

function openOptions(setup: Setup): OpenOptions {
  return {
    modelDir: setup.modelDir,
    baseQuantization: setup.baseQuantization,
    seed: 1,
    threads: setup.threads,
    compute: setup.compute,
    maxTokensPerMicroBatch: setup.tokens,
    maxContext: 0,
    gradientCheckpointing: setup.gradientCheckpointing,
    train: {
      kind: 'lora',
      rank: setup.rank,
      alpha: 2 * setup.rank,
      rsLora: false,
      dropout: defaultSettings.loraDropout,
      targetModules: ['all-linear']
    }
  }
}

/** A run folder as the runs service prepares it: every step reads one example and learns all of it. */
function writeRun(runDir: string, setup: Setup, open: OpenOptions, vocab: number): void {
  const steps = setup.steps + 1
  const settings: Settings = {
    ...defaultSettings,
    loraRank: setup.rank,
    baseQuantization: setup.baseQuantization,
    gradientCheckpointing: setup.gradientCheckpointing,
    batchSize: 1,
    maxSeqLength: setup.tokens,
    epochs: 1,
    maxSteps: steps,
    evaluationSteps: 1_000_000,
    checkpointSteps: 1_000_000
  }
  const job: Job = {
    version: 1,
    open,
    settings,
    baseModelName: setup.model,
    train: 'prepared/train.safetensors',
    heldOut: null,
    stopTokens: [],
    questions: [],
    maxAnswerTokens: 0
  }
  const now = new Date().toISOString()
  const state: RunStateFile = {
    version: 1,
    name: 'bench',
    createdAt: now,
    state: 'waiting',
    step: 0,
    totalSteps: steps,
    pid: null,
    updatedAt: now
  }
  const tokens = Int32Array.from({ length: steps * setup.tokens }, (_, i) => (i * 7919 + 13) % vocab)
  const offsets = BigInt64Array.from({ length: steps + 1 }, (_, i) => BigInt(i * setup.tokens))
  const int64: Tensor = { dtype: 'I64', shape: [steps + 1], bytes: new Uint8Array(offsets.buffer) }
  mkdirSync(join(runDir, runFiles.prepared))
  writeSafetensors(join(runDir, runFiles.train), {
    tokens: int32(tokens),
    labels: int32(tokens),
    offsets: int64
  })
  writeFileSync(join(runDir, runFiles.job), JSON.stringify(job))
  writeFileSync(join(runDir, runFiles.state), JSON.stringify(state))
}

/** The most memory that the process ever held, bytes: VmHWM, which Linux alone tells. */
export function peakOf(pid: number): number | null {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes ? Number(kilobytes) * 1024 : null
  } catch {
    return null
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2
}
