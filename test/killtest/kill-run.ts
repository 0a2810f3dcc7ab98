// Trains one run undisturbed and its twin with the trainer killed again and again, and compares what both
// leave behind. Real processes, real engine, a tiny model.
import { fork } from 'node:child_process'
import { mkdirSync, watch } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { NeiroError } from '../../main/contract/errors'
import type { MetricLine } from '../../main/contract/records'
import { methodRows, rates, type MethodKey } from '../../main/contract/methods'
import type { ScoreJob } from '../../main/contract/scores'
import { runFiles } from '../../main/contract/run-files'
import type { Settings } from '../../main/contract/settings'
import { readRun } from '../../main/services/runs/run-view'
import { trainIn } from '../../main/services/runners/local'
import { randomFrom } from '../../main/batches/shuffle'
import type { ReadTokens } from '../../main/services/runs/token-reader'
import { TrainerHost } from '../../main/services/engine/trainer-host'
import { comparableLines, folderBytes, runFixture, temporaryFolder } from '../trainer/run-fixture'
import { killPlan, type Moment, type UndisturbedTimes } from './kill-plan'

export interface KillTest {
  readonly kills: number
  readonly seed: number
  readonly trainerEntry: string
  readonly addonFile: string
  readonly steps: number
  readonly method?: MethodKey
  /** beside those that are drawn */
  readonly settings?: Partial<Settings>
  onKill?(kill: KillRecord): void
}

export interface KillRecord {
  readonly moment: Moment
  /** false: the run was over before */
  readonly killed: boolean
  /** last update told before the kill */
  readonly step: number
  /** update from which this life went on; null = it did not come that far */
  readonly from: number | null
  readonly torn: number
}

export interface KillResult {
  readonly undisturbed: UndisturbedTimes
  readonly settings: Partial<Settings>
  readonly kills: readonly KillRecord[]
  /** what is not the same; empty = identical to the bit */
  readonly differences: readonly string[]
  readonly resultBytes: number
  readonly lines: number
}

/** of a method that sorts texts */
const labels: ScoreJob = { problem: 'single_label_classification', labels: ['a', 'b', 'c'] }
const sortsTexts = (method: MethodKey = 'sft'): boolean =>
  methodRows[method].head === 'score' && !rates(method)

export async function killTest(options: KillTest): Promise<KillResult> {
  const home = temporaryFolder()
  const random = randomFrom(options.seed, 1)
  const either = <T>(...choices: readonly T[]): T => choices[random() % choices.length] as T
  const fixture = {
    train: 60,
    heldOut: 8,
    longest: 40,
    threads: 2,
    ...(sortsTexts(options.method) && { score: labels }),
    settings: {
      method: options.method ?? ('sft' as const),
      epochs: 1000,
      maxSteps: options.steps,
      checkpointSteps: either(1, 2, 3),
      evaluationSteps: either(7, 10),
      packing: either(false, true),
      baseQuantization: either('none' as const, 'nf4' as const),
      gradientCheckpointing: either(false, true),
      loraDropout: either(0, 0.1),
      maxSeqLength: 48,
      seed: random(),
      // of methods that answer by themselves
      ...{ rewardContains: 'e, a', answersPerQuestion: 4, answerTokens: 12, divergenceLimit: 0 },
      ...options.settings
    }
  }
  const whole = await runFixture({ ...fixture, dir: join(home, 'whole') })
  const killed = await runFixture({ ...fixture, dir: join(home, 'killed') })
  mkdirSync(join(killed, runFiles.checkpoints))
  const undisturbed = await trainWhole(whole, options)
  const kills: KillRecord[] = []
  for (const moment of killPlan(options.kills, options.seed, undisturbed)) {
    const kill = await live(killed, moment, undisturbed.totalSteps, options)
    kills.push(kill)
    options.onKill?.(kill)
    if (!kill.killed) break
  }
  if ((await readRun(killed)).state !== 'finished') await trainWhole(killed, options)
  const result = methodRows[fixture.settings.method].trains
  return {
    undisturbed,
    settings: fixture.settings,
    kills,
    differences: await differences(whole, killed, result),
    resultBytes: Object.values(await folderBytes(whole, result)).join('').length * 0.75,
    lines: comparableLines(whole).length
  }
}

async function trainWhole(dir: string, options: KillTest): Promise<UndisturbedTimes> {
  const began = performance.now()
  let first = 0
  const host = await TrainerHost.start(options)
  const { step } = await trainIn(host, dir, { onMetric: () => (first ||= performance.now()) }, letters)
  const ended = performance.now()
  await host.stop()
  return { totalSteps: step, startMs: first - began, stepMs: (ended - first) / Math.max(1, step) }
}

/** For a method that judges what it says: the model of the test has no words. */
const letters: ReadTokens = async (all) =>
  all.map((tokens) => tokens.map((id) => String.fromCodePoint(97 + (id % 26))).join(''))

/** One life: from the start of the process to its death. */
async function live(dir: string, moment: Moment, lastStep: number, options: KillTest): Promise<KillRecord> {
  let step = 0
  let from: number | null = null
  let torn = 0
  let arrive: () => void = () => undefined
  let nearEnd: () => void = () => undefined
  const arrived = new Promise<void>((resolve) => (arrive = resolve))
  const almostOver = new Promise<void>((resolve) => (nearEnd = resolve))
  const onMetric = (line: MetricLine): void => {
    from ??= line.step
    step = Math.max(step, line.step)
    if (line.kind === 'notice' && line.code === 'CHECKPOINT_TORN') torn++
    if (moment.kind !== 'start' && line.step >= moment.step) arrive()
    // a moment that drags on must not let the run escape
    if (line.step >= lastStep - 1) nearEnd()
  }

  // forked here, so that even the first milliseconds of the process can be hit
  const child = fork(options.trainerEntry, [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, NEIRO_ADDON: options.addonFile }
  })
  const training = async (): Promise<void> => {
    const host = await TrainerHost.start({ ...options, startProcess: () => child })
    await trainIn(host, dir, { onMetric }, letters)
  }
  const survived = training().then(
    () => true,
    (error: NeiroError) => {
      if (['TRAINER_DIED', 'TRAINER_NOT_STARTED'].includes(error.code)) return false
      throw error
    }
  )
  const reached = async (): Promise<void> => {
    if (moment.kind !== 'start') await arrived
    if (moment.kind === 'checkpoint') await checkpointBegun(dir)
    await sleep(moment.ms)
  }
  await Promise.race(moment.kind === 'end' ? [survived, reached()] : [survived, reached(), almostOver])
  child.kill('SIGKILL')
  const finished = await survived
  const { state } = await readRun(dir)
  if (!finished && !['waiting', 'paused', 'interrupted'].includes(state)) {
    throw new Error(`after a kill the run reads as ${state}`)
  }
  return { moment, killed: !finished, step, from, torn }
}

/** Resolves as soon as the files of a checkpoint begin to appear. */
function checkpointBegun(dir: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(join(dir, runFiles.checkpoints), (_, name) => {
      if (!name?.includes('.tmp-')) return
      watcher.close()
      resolve()
    })
    watcher.unref()
  })
}

async function differences(whole: string, killed: string, result: string): Promise<string[]> {
  const found: string[] = []
  for (const folder of [result, runFiles.best]) {
    const [expected, actual] = await Promise.all([folderBytes(whole, folder), folderBytes(killed, folder)])
    const names = new Set([...Object.keys(expected), ...Object.keys(actual)])
    for (const name of names) if (expected[name] !== actual[name]) found.push(`${folder}/${name}`)
  }
  const [expected, actual] = [comparableLines(whole), comparableLines(killed)]
  const line = expected.findIndex((text, index) => text !== actual[index])
  if (line >= 0 || expected.length !== actual.length) {
    found.push(`metrics.jsonl, line ${line + 1}: ${expected[line]} / ${actual[line]}`)
  }
  const { state } = await readRun(killed)
  if (state !== 'finished') found.push(`state: ${state}`)
  return found
}
