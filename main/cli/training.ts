// Runs a prepared run to its end on the terminal: the memory check before it, the progress while it goes on,
// Ctrl-C as a pause with a checkpoint, and the sentence on how to go on.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { remove } from '../files/moving'
import type { MemoryPlan } from '../../addon/index'
import { NeiroError } from '../contract/errors'
import type { RunRecord } from '../contract/records'
import { runFiles } from '../contract/run-files'
import type { Recipe } from '../contract/settings'
import type { Job } from '../contract/trainer-protocol'
import { fitOf, refuseTooLarge } from '../services/runs/plan-run'
import { readModel, resolveModel } from '../services/models/read-model'
import { resolveData } from '../services/recipes/built-in-sample'
import { readRecipe } from '../services/recipes/recipe'
import { prepareRun, type PreparedReport } from '../services/runs/prepare-run'
import { readRun } from '../services/runs/run-folder'
import { startRun } from '../services/runs/start-run'
import { resultDirOf } from '../services/runs/tuned-model'
import { Tokenizer } from '../services/tokens/tokenizer'
import type { TrainerHost } from '../trainer-host'
import { figureWords } from '../words/figures'
import { cancelled, type Context } from './context'
import { runWord } from './find-run'
import { bytes, decimal, whole } from './format'
import { TrainingProgress } from './progress'
import { reportFiles, reportRefused } from './report-data'

export interface Prepared {
  readonly dir: string
  readonly report: PreparedReport
}

/** Makes the run folder and says what went into it. */
export async function prepare(
  context: Context,
  recipe: Recipe,
  o: { readonly dir?: string; readonly threads: number }
): Promise<Prepared> {
  const { out, words, places } = context
  const model = await readModel(resolveModel(recipe.model, places.starterModelDir))
  const data = await resolveData(recipe, { sampleDir: places.sampleDir, intoDir: places.samplePartsDir })
  let interrupted = false
  const release = context.onInterrupt(() => (interrupted = true))
  out.line(words.tune.model(model.name, model.storedDtype, bytes(model.sizeBytes)))
  const { dir, report } = await prepareRun({
    recipe,
    model,
    modelDir: model.dir,
    ...data,
    runsDir: places.runsDir,
    dir: o.dir,
    threads: o.threads
  }).finally(release)
  if (interrupted) {
    await remove(dir)
    throw cancelled()
  }
  const { data: read, refused, ...counts } = report
  out.event('prepared', {
    run: dir,
    ...counts,
    refused: read.refused.length + refused.length,
    files: read.files
  })
  reportFiles(context, read.files)
  reportRefused(context, [...read.refused, ...refused], { most: 3 })
  out.line(
    words.tune.prepared(report.train, report.heldOut, whole(report.trainTokens), whole(report.learntTokens))
  )
  if (report.cut > 0) out.warning(words.tune.cut(whole(report.cut)))
  return { dir, report }
}

/** A run whose model is damaged or that cannot fit is not started, and what was prepared for it is taken away again. */
export async function checkMemory(
  context: Context,
  host: TrainerHost,
  dir: string,
  isNew: boolean
): Promise<void> {
  const job = JSON.parse(await readFile(join(dir, runFiles.job), 'utf8')) as Job
  const { memoryBytes, memoryAvailableBytes } = host.probe
  let plan: MemoryPlan
  try {
    // here the engine looks at the model's files for the first time
    plan = await host.call('planMemory', job.open)
    refuseTooLarge(plan, host.probe)
  } catch (error) {
    if (isNew) await remove(dir)
    throw error
  }
  const fit = fitOf(plan.total, memoryBytes, memoryAvailableBytes)
  context.out.event('memory', { needed: plan.total, available: memoryAvailableBytes, fit })
  context.out.line(
    context.words.tune.memory(bytes(plan.total), bytes(memoryAvailableBytes), context.words.fit[fit])
  )
}

/** To its end, or to where Ctrl-C left it. */
export async function train(context: Context, host: TrainerHost, dir: string): Promise<'ended' | 'paused'> {
  const { out, words, places } = context
  const job = JSON.parse(await readFile(join(dir, runFiles.job), 'utf8')) as Job
  const tokenizer = await Tokenizer.load(job.open.modelDir)
  const word = runWord(dir, places.runsDir)
  const { questions } = await readRecipe(join(dir, runFiles.recipe))
  const progress = new TrainingProgress(out, words, (ids) => tokenizer.decode(ids), questions)
  let interrupts = 0
  const release = context.onInterrupt((count) => {
    interrupts = count
    if (count > 1) return host.kill()
    out.line(words.tune.pausing)
    void host.call('pauseRun', undefined).catch(() => undefined)
  })
  try {
    out.line(words.tune.run(dir))
    out.event('started', { run: dir })
    const { outcome, step } = await startRun({
      dir,
      host,
      onMetric: (line) => progress.metric(line),
      onProgress: (now) => progress.progress(now)
    })
    out.clearLive()
    if (outcome !== 'paused') return 'ended'
    out.event('paused', { run: dir, step })
    out.line(words.tune.paused(step))
  } catch (error) {
    const killed = interrupts > 1 && error instanceof NeiroError && error.code === 'TRAINER_DIED'
    if (!killed) throw error
    out.clearLive()
    out.event('killed', { run: dir })
    out.line(words.tune.killed)
  } finally {
    release()
  }
  out.line(`  neiro tune --resume ${word}`)
  return 'paused'
}

/** What was reached, where it is, and what to do with it. */
export async function reportEnd(context: Context, dir: string): Promise<RunRecord> {
  const { out, words, places } = context
  const run = await readRun(dir)
  const result = resultDirOf(dir)
  const word = runWord(dir, places.runsDir)
  out.event('finished', {
    run: dir,
    result,
    step: run.step,
    loss: run.lastLoss,
    best: run.best
  })
  const best = run.best && {
    name: figureWords(run.best.figure, out.language).short,
    value: decimal(run.best.value)
  }
  out.line(words.tune.finished(run.step, run.lastLoss === null ? '–' : decimal(run.lastLoss), best))
  if (result !== null) out.line(words.tune.result(result))
  out.line()
  out.line(words.tune.next)
  for (const [command, says] of words.tune.nextCommands(word)) out.line(`  ${command}\n      ${says}`)
  return run
}
