// A training on the terminal: what goes into it said before it begins, the progress while it goes on, Ctrl-C as a pause
// with a checkpoint, and the sentence on how to go on. Preparing and training are the services'.
import { NeiroError } from '../contract/errors'
import { methodRows, rates } from '../contract/methods'
import type { Recipe } from '../contract/settings'
import { wordsOf } from '../words/errors'
import { checkModel, goingOn, readStart } from '../services/runs/run-start'
import { readState } from '../services/runs/run-folder'
import { readModel, type Model } from '../services/models/read-model'
import type { EncodedRun } from '../services/runs/encode-run'
import type { MemoryNeed } from '../services/runs/planner'
import { readRecipeData, type RecipeData } from '../services/runs/recipe-data'
import type { Keeping, WantedRun } from '../services/runs/training'
import { placeText } from '../services/runners/places'
import type { RunPlace } from '../services/runs/run-view'
import { resultDirOf } from '../services/runs/tuned-model'
import { modelPlace } from './model-place'
import { cloudWords } from '../words/cloud'
import { remoteWords } from '../words/remote'
import type { RemoteResult } from '../services/runners/elsewhere-file'
import { figureWords } from '../words/figures'
import { UsageError } from './arguments'
import { cancelled, type Context } from './context'
import { runWord } from './find-run'
import { bytes, decimal, whole } from './format'
import { TrainingProgress } from './progress'
import { reportFiles, reportRefused } from './report-data'
import { reportLabels } from './report-sorting'

/** What a recipe names, read: tokenised for a plan, or for a run that is kept. */
interface Preparing {
  readonly wanted: WantedRun
  /** what went into it, said as soon as it is known */
  readonly report: (encoded: EncodedRun) => Promise<void>
}

/** Reads what a recipe names, and hands it over as long as the work goes on. */
async function preparing<T>(
  context: Context,
  said: Recipe,
  work: (preparing: Preparing) => Promise<T>
): Promise<T> {
  const { out, words, places, parts } = context
  // it starts while the model is looked at
  parts.workshop.warm()
  const { recipe, model, startDir } = await begun(said, context)
  // and its text is opened while the files are read; what is wrong with it is said when it is needed
  parts.modelTexts.get(model).catch(() => undefined)
  let interrupted = false
  const release = context.onInterrupt(() => (interrupted = true))
  out.line(words.tune.model(model.name, model.storedDtype, bytes(model.sizeBytes)))
  try {
    const sample = { sampleDir: places.sampleDir, intoDir: places.samplePartsDir }
    const { keeper, workshop } = parts
    const data = await readRecipeData(recipe, sample, { reader: workshop.reader, keeper })
    try {
      return await work({
        wanted: { recipe, model, split: data.split, startDir },
        report: async (encoded) => {
          if (interrupted) throw cancelled()
          reportEncoded(context, data, encoded)
          await sayDoubts(context, model, methodRows[recipe.settings.method].head)
        }
      })
    } finally {
      await data.end()
    }
  } finally {
    release()
  }
}

/** A recipe with what it goes on from, and the model of both. */
export async function begun(
  said: Recipe,
  context: Context
): Promise<{ readonly recipe: Recipe; readonly model: Model; readonly startDir?: string }> {
  const { modelTexts, shelf } = context.parts
  const start = said.start === undefined ? null : await readStart(said.start, shelf)
  const place = said.model === '' ? start?.modelDir : await modelPlace(said.model, context)
  if (place == null) throw new UsageError('MODEL_NOT_SAID')
  const model = await readModel(place, modelTexts)
  if (!start) return { recipe: said, model }
  await checkModel(model, start)
  const { out, words } = context
  out.line(words.tune.start(said.start ?? ''))
  const recipe = { ...goingOn(said, start), ...(said.model === '' && { model: model.dir }) }
  return { recipe, model, ...(start.adapterDir !== null && { startDir: start.adapterDir }) }
}

/** Reads and tokenises what a recipe names, and says what went into it. Nothing is written that stays. */
export async function encode(context: Context, recipe: Recipe): Promise<EncodedRun> {
  return preparing(context, recipe, async ({ wanted, report }) => {
    const encoded = await context.parts.training.encodeRun(wanted)
    await report(encoded)
    return encoded
  })
}

function reportEncoded(context: Context, data: RecipeData, encoded: EncodedRun): void {
  const { out, words } = context
  const { train, heldOut, work, cut, unknown } = encoded
  const counts = { train: train.lengths.length, heldOut: heldOut?.lengths.length ?? 0 }
  const { learntTokens } = train
  const refusedCount = data.refusedCount + encoded.refusedCount
  out.event('prepared', {
    ...counts,
    trainTokens: work.trainTokens,
    learntTokens,
    cut,
    cutExamples: train.cutExamples,
    unknown,
    ...(encoded.labels && { labels: encoded.labels }),
    refused: refusedCount,
    files: data.files
  })
  reportFiles(context, data.files)
  reportRefused(context, [...data.refused, ...encoded.refused], { most: 3, count: refusedCount })
  if (encoded.labels) {
    out.line(words.sorting.prepared(counts.train, counts.heldOut, whole(work.trainTokens)))
    reportLabels(context, encoded.labels, encoded.recipe.settings.classWeights)
  } else
    out.line(words.tune.prepared(counts.train, counts.heldOut, whole(work.trainTokens), whole(learntTokens)))
  const cutHere = { examples: whole(train.cutExamples), all: whole(train.examples), tokens: whole(cut) }
  if (train.cutExamples > 0) out.warning(words.tune.cutAnswers(cutHere, whole(train.longest)))
  else if (cut > 0) out.warning(words.tune.cut(whole(cut)))
  if (unknown > 0) out.warning(words.tune.unknown(whole(unknown)))
}

/** What of the model is only half known, before anything is learnt. */
async function sayDoubts(
  { out, language, parts }: Context,
  model: Model,
  head: 'language' | 'score'
): Promise<void> {
  for (const doubt of await parts.shelf.doubtsOf(model, head)) {
    const { message, hint } = wordsOf(doubt, language)
    out.event('doubt', { ...doubt, message, hint })
    out.warning(`${message} ${hint}`)
  }
}

/** A new run from a recipe, made and ready to train. */
export async function prepare(
  context: Context,
  recipe: Recipe,
  keeping: Pick<Keeping, 'dir' | 'elsewhere'> = {}
): Promise<RunPlace> {
  const { place, need, listed } = await preparing(context, recipe, ({ wanted, report }) =>
    context.parts.training.keepRun(wanted, keeping, report)
  )
  if (!listed) context.out.warning(context.words.tune.notListed(place.dir))
  reportMemory(context, need)
  return place
}

function reportMemory({ out, words }: Context, { memory, machine, fit }: MemoryNeed): void {
  const { availableBytes } = machine
  out.event('memory', { needed: memory.total, available: availableBytes, fit })
  out.line(words.tune.memory(bytes(memory.total), bytes(availableBytes), words.fit[fit]))
}

/** To its end, or to where Ctrl-C left it. */
export async function train(
  context: Context,
  place: RunPlace,
  { stop = false }: { readonly stop?: boolean } = {}
): Promise<'ended' | 'paused'> {
  const { out, words, parts } = context
  const { store, modelTexts, training } = parts
  const away = await parts.elsewhere.placeOf(place)
  const runner = (await parts.elsewhere.runnerOf(place)) ?? parts.runner
  const { dir } = place
  const job = await training.readyRun(place)
  const modelText = await modelTexts.get(await readModel(job.open.modelDir, modelTexts))
  const word = await runWord(dir, store)
  const { questions, settings } = await store.view(place)
  const progress = new TrainingProgress(
    out,
    words,
    (ids) => modelText.decode(ids),
    questions,
    settings.method
  )
  let interrupts = 0
  const release = context.onInterrupt((count) => {
    interrupts = count
    if (count > 1) return runner.kill()
    out.line(away ? words.elsewhere.pausing : words.tune.pausing)
    void runner.pauseRun().catch(() => undefined)
  })
  try {
    // whatever it waited for in the window's queue: it begins now, here
    await store.change(place, () => ({ queuedAt: null }))
    out.line(words.tune.run(dir))
    if (away) out.line(words.elsewhere.trains(placeText(away)))
    out.event('started', { run: dir })
    const { outcome, step } = await runner.startRun(
      place,
      {
        onMetric: (line) => progress.metric(line),
        onProgress: (now) => progress.progress(now)
      },
      { stop }
    )
    await progress.said()
    out.clearLive()
    if (outcome !== 'paused') return 'ended'
    // it was only left, by the user's second word or because it cannot be paused there
    if (away && (interrupts > 1 || (await readState(dir)).state === 'running')) {
      out.event('leftAlone', { run: dir, step })
      out.line(words.elsewhere.leftAlone)
    } else {
      out.event('paused', { run: dir, step })
      out.line(words.tune.paused(step))
    }
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
export async function reportEnd(context: Context, place: RunPlace): Promise<void> {
  const { out, words, parts } = context
  const { dir } = place
  const run = await parts.store.view(place)
  const result = resultDirOf(dir)
  const word = await runWord(dir, parts.store)
  out.event('finished', {
    run: dir,
    result,
    step: run.step,
    loss: run.lastLoss,
    best: run.best
  })
  const best = run.best && {
    name: figureWords(run.best.figure, out.language, run.settings.method).short,
    value: decimal(run.best.value)
  }
  out.line(words.tune.finished(run.step, run.lastLoss === null ? '–' : decimal(run.lastLoss), best))
  const there = await parts.elsewhere.resultOf(place)
  if (there) return reportThere(context, there, word)
  if (result !== null) out.line(words.tune.result(result))
  out.line()
  out.line(words.tune.next)
  const { head, trains } = methodRows[run.settings.method]
  // there is no adapter where the whole model learnt
  const kind = trains === 'model' ? 'merged' : 'peft'
  for (const [command, says] of words.tune.nextCommands[rates(run.settings.method) ? 'points' : head](
    word,
    kind
  ))
    out.line(`  ${command}\n      ${says}`)
}

/** What a service made stays there: it is asked over the network. */
function reportThere({ out, words, language }: Context, { model, place }: RemoteResult, word: string): void {
  const { cli } = cloudWords(language)
  out.line(cli.result(model, remoteWords(language).places[place.kind](place.where)))
  const deployed = place.kind === 'azure' ? ' --deployment NAME' : ''
  out.line()
  out.line(words.tune.next)
  for (const command of ['eval', 'chat'] as const)
    out.line(`  neiro ${command} --run ${word}${deployed}\n      ${cli.next[command]}`)
}
