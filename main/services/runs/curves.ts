// The curves of a run as the window draws them, from what was read of its metrics. Pure.
import type { RunCurves } from '../../contract/window/training'
import type { RunFigures } from './run-metrics'

type EvalPoint = RunCurves['evalLoss'][number]

export function curvesOf(
  run: string,
  figures: RunFigures,
  points: number,
  plan: { readonly totalSteps: number; readonly epochs: number }
): RunCurves {
  return {
    run,
    trainLoss: figures.trainLoss.points(points),
    evalLoss: thinEvaluations(
      figures.evaluations
        .filter((line) => Number.isFinite(line.loss))
        .map(({ step, loss, best }) => ({ step, value: loss, best })),
      points
    ),
    learningRate: figures.learningRate.points(points),
    gradNorm: figures.gradNorm.points(points),
    tokensPerSecond: figures.tokensPerSecond.points(points),
    memory: figures.memory.points(points),
    stepsPerEpoch: stepsPerEpoch(figures, plan)
  }
}

/** Checks are few as a rule; where they are not, the newest of each group stays, and every best one. */
function thinEvaluations(all: readonly EvalPoint[], points: number): readonly EvalPoint[] {
  if (all.length <= points) return all
  const width = Math.ceil(all.length / points)
  const lastBest = all.findLastIndex((point) => point.best)
  return all.filter((_, index) => index % width === width - 1 || index === lastBest || index === 0)
}

function stepsPerEpoch(
  { lastStep }: RunFigures,
  plan: { readonly totalSteps: number; readonly epochs: number }
): number {
  if (lastStep && lastStep.epoch > 0) return Math.max(1, Math.round(lastStep.step / lastStep.epoch))
  return Math.max(1, Math.round(plan.totalSteps / plan.epochs))
}
