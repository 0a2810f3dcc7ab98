// What a model card says of a training: counts, steps and losses, read from the run's folder.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Figures } from '../../contract/figures'
import type { LearntLength } from '../../contract/learnt-length'
import { runFiles } from '../../contract/run-files'
import type { Settings } from '../../contract/settings'
import { fileHash } from '../../files/file-hash'
import { preparedLengths } from '../../files/prepared-file'
import { readRecipe } from '../recipes/recipe'
import { learntLength } from '../runs/learnt-length'
import { RunMetrics } from '../runs/run-metrics'
import { readRun } from '../runs/run-view'

export interface RunFacts extends LearntLength {
  readonly name: string
  readonly date: string
  readonly trainExamples: number
  readonly heldOutExamples: number
  /** of those learnt from, made from others */
  readonly syntheticExamples: number
  readonly trainTokens: number
  /** SHA-256 of what was learnt from and of what was held out, as tokens; null where it is not there any more */
  readonly trainPrint: string | null
  readonly heldOutPrint: string | null
  /** the GPU that trained it last; absent: the CPU did, or nobody wrote it down */
  readonly gpu?: string
  readonly settings: Settings
  /** mean over the held-out part; null where nothing was held out */
  readonly baseLoss: number | null
  readonly bestLoss: number | null
  /** what pruning set to zero, and the loss right behind it; absent: nothing was pruned */
  readonly pruned?: {
    readonly zeros: number
    readonly weights: number
    readonly share: string
    readonly loss: string | null
  }
  /** all figures of the check of the state that is the result */
  readonly reached?: Figures
}

export async function readRunFacts(dir: string): Promise<RunFacts> {
  const run = await readRun(dir)
  const recipe = await readRecipe(join(dir, runFiles.recipe))
  const { evaluations, notices } = await new RunMetrics(dir).figures()
  const best = evaluations.findLast((line) => line.best)
  const length = await learntLength(run, best?.step ?? null)
  const reached = reachedOf(evaluations, length.kept, best)
  const train = await lengthsOf(join(dir, runFiles.train))
  const heldOut = await lengthsOf(join(dir, runFiles.heldOut))
  return {
    name: run.name,
    date: run.createdAt.slice(0, 10),
    trainExamples: train.length,
    heldOutExamples: heldOut.length,
    syntheticExamples: run.syntheticExamples ?? 0,
    trainTokens: train.reduce((sum, length) => sum + length, 0),
    trainPrint: await printOf(join(dir, runFiles.train)),
    heldOutPrint: await printOf(join(dir, runFiles.heldOut)),
    ...length,
    ...(run.trainedOn?.gpu && { gpu: run.trainedOn.gpu }),
    settings: recipe.settings,
    // before the first update the adapter changes nothing
    baseLoss: evaluations.find((line) => line.step === 0)?.figures['loss'] ?? null,
    bestLoss: reached?.['loss'] ?? null,
    ...(reached && { reached }),
    ...prunedOf(notices)
  }
}

interface Checked {
  readonly step: number
  readonly figures: Figures
}

/** Of the state that is the result: a run that goes on has been checked since. Of one that a service keeps, the best. */
const reachedOf = (
  evaluations: readonly Checked[],
  kept: LearntLength['kept'],
  best: Checked | undefined
): Figures | undefined =>
  (kept === null || !kept.isBest ? best : evaluations.findLast(({ step }) => step === kept.step))?.figures

/** Of a run's folder alone. */
export async function prunedIn(dir: string): Promise<RunFacts['pruned']> {
  return prunedOf((await new RunMetrics(dir).figures()).notices).pruned
}

function prunedOf(
  notices: readonly { readonly code: string; readonly details: Readonly<Record<string, string>> }[]
): Pick<RunFacts, 'pruned'> {
  const said = notices.findLast(({ code }) => code === 'PRUNED' || code === 'PRUNED_ONLY')
  if (!said) return {}
  const { zeros, weights, share = '', after = null } = said.details
  return { pruned: { zeros: Number(zeros), weights: Number(weights), share, loss: after } }
}

/** A part that does not exist has nothing in it. */
const lengthsOf = async (file: string): Promise<readonly number[]> =>
  existsSync(file) ? preparedLengths(file) : []

const printOf = (file: string): Promise<string | null> => fileHash(file).catch(() => null)
