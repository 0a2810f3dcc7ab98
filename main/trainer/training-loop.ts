// The training of one run as plain orchestration: update, evaluate, checkpoint, stop. Everything it touches is
// handed in (engine session, clock, places to write), so tests run it whole without files or engine.
// Same seed, same bits: nothing here depends on time except how often a checkpoint is written.
import { batchOf, type ExampleSet } from '../batches/example-set'
import { NeiroError } from '../contract/errors'
import type { MetricLine, RunProgress } from '../contract/records'
import type { Job } from '../contract/trainer-protocol'
import type { TrainingPlan } from './batching'
import { afterEvaluation, isSpent } from './early-stopping'
import { adam, type EngineSession } from './engine-session'
import { heldOutLoss } from './evaluation'
import type { LoopState } from './loop-state'
import { sampleAnswers } from './sample-answers'
import { learningRateAt } from './schedule'
import { TimeLeft } from './time-left'
import { seeEnd, seeEvaluation, seeTraining, type Seen } from './warnings'

/** What may be asked of a running loop; it answers at the next step boundary. */
export type LoopRequest = 'pause' | 'stop' | 'interrupt'
export type LoopOutcome = 'finished' | 'paused' | 'stopped' | 'interrupted'

export interface LoopParts {
  readonly job: Job
  readonly plan: TrainingPlan
  readonly train: ExampleSet
  readonly heldOut: ExampleSet | null
  readonly session: EngineSession
  /** milliseconds since 1970 */
  readonly clock: () => number
  /** resident memory, bytes */
  readonly memory: () => number
  readonly request: () => LoopRequest | null
  /** keeps one line of metrics.jsonl, in order */
  readonly metric: (line: MetricLine) => void
  readonly progress: (progress: Omit<RunProgress, 'run' | 'state'>) => void
  readonly checkpoint: (state: LoopState) => Promise<void>
  /** keeps the adapter as it is now as the best of the run */
  readonly keepBest: (step: number) => Promise<void>
}

/** updates whose loss or gradient was not finite before the run gives up */
const mostSkipped = 3
/** A checkpoint is due after twenty times what the last one took, so that saving costs at most a twentieth: every
 *  two seconds for a small model, and no more seldom than every half minute for a large one. */
const checkpointShare = 20
const checkpointMs = { least: 2_000, most: 30_000 }
const outcomes = { pause: 'paused', stop: 'stopped', interrupt: 'interrupted' } as const
const requestNotices = { pause: 'PAUSED', stop: 'STOPPED', interrupt: 'INTERRUPTED' } as const

// Omit over a union loses its members' own fields, so each member is cut on its own.
type Untimed<L> = L extends MetricLine ? Omit<L, 'time'> : never

export class TrainingLoop {
  private readonly timeLeft = new TimeLeft()
  private readonly totalSteps: number
  private readonly evaluateEvery: number
  private checkpointed: { step: number; at: number; took: number }

  constructor(
    private readonly parts: LoopParts,
    private state: LoopState
  ) {
    const { settings } = parts.job
    this.totalSteps = parts.plan.totalSteps
    this.evaluateEvery = settings.evaluationSteps || Math.max(1, Math.ceil(this.totalSteps / 10))
    this.checkpointed = { step: state.step, at: parts.clock(), took: 0 }
  }

  async run(): Promise<{ outcome: LoopOutcome; state: LoopState }> {
    for (;;) {
      if (this.evaluationDue()) await this.evaluate()
      const request = this.parts.request()
      if (request) {
        this.notice(requestNotices[request])
        await this.checkpoint()
        return { outcome: outcomes[request], state: this.state }
      }
      if (this.state.stoppedEarly || this.state.step >= this.totalSteps) break
      if (this.checkpointDue()) await this.checkpoint()
      await this.update()
    }
    this.see(seeEnd(this.state.curve, this.heldOutGain()))
    await this.checkpoint()
    return { outcome: 'finished', state: this.state }
  }

  private async update(): Promise<void> {
    const { job, plan, train, session, clock, memory } = this.parts
    const { settings } = job
    const step = this.state.step + 1
    const { microBatches, epoch } = plan.at(step)
    const learningRate = learningRateAt(settings, step, this.totalSteps)
    const began = clock()
    const result = await session.step(
      microBatches.map((examples) => batchOf(train, examples)),
      {
        ...adam,
        step,
        learningRate,
        weightDecay: settings.weightDecay,
        maxGradNorm: settings.maxGradNorm
      }
    )
    this.timeLeft.addStep((clock() - began) / 1000, result.tokens)
    const { loss, gradNorm, tokens, learntTokens, seconds, skipped } = result
    const skippedInRow = skipped ? this.state.skippedInRow + 1 : 0
    this.state = { ...this.state, step, skippedInRow, lastLoss: skipped ? this.state.lastLoss : loss }
    this.line({
      kind: 'step',
      step,
      epoch,
      loss,
      gradNorm,
      learningRate,
      tokens,
      learntTokens,
      seconds,
      memory: memory(),
      skipped
    })
    if (skipped) this.notice('NOT_FINITE', { step: String(step) })
    else this.see(seeTraining(this.state.curve, loss))
    this.tellProgress()
    if (skippedInRow >= mostSkipped) throw notFinite(step, learningRate)
  }

  private evaluationDue(): boolean {
    const { step, evaluatedStep } = this.state
    if (evaluatedStep >= step) return false
    return step === 0 || step === this.totalSteps || step % this.evaluateEvery === 0
  }

  /** All or nothing: given up half-way, it leaves no line and is done again after the resume. */
  private async evaluate(): Promise<void> {
    const { job, heldOut, session, clock, plan, request, keepBest } = this.parts
    const { step } = this.state
    const began = clock()
    const givenUp = (): boolean => request() !== null
    let loss: number | null = null
    if (heldOut) {
      loss = await heldOutLoss(session, heldOut, job.open.maxTokensPerMicroBatch, givenUp)
      if (loss === null) return
    }
    const answers = await sampleAnswers(session, job, givenUp)
    if (answers === null) return

    if (loss !== null) {
      // the untouched model is no result, however good it is
      const isBest = step > 0 && loss < (this.state.best?.loss ?? Infinity)
      if (isBest) await keepBest(step)
      const epoch = step > 0 ? plan.at(step).epoch : 0
      this.line({ kind: 'evaluation', step, epoch, loss, best: isBest })
      this.judge(loss, isBest)
    }
    answers.forEach((answer, question) => this.line({ kind: 'sample', step, question, answer }))
    this.state = { ...this.state, evaluatedStep: step }
    this.timeLeft.addEvaluation((clock() - began) / 1000)
    this.tellProgress()
  }

  private judge(loss: number, isBest: boolean): void {
    const { settings } = this.parts.job
    const { step, best, curve, patience } = this.state
    if (step === 0) {
      this.state = { ...this.state, baseLoss: loss, evalLoss: loss }
      return
    }
    this.see(seeEvaluation(curve, { loss, best }))
    // half-way is early enough to do something about it
    if (step * 2 >= this.totalSteps) this.see(seeEnd(this.state.curve, this.heldOutGain(loss)))
    const waited = afterEvaluation(patience, loss, settings.earlyStoppingThreshold)
    const stoppedEarly = isSpent(waited, settings.earlyStoppingPatience) && step < this.totalSteps
    this.state = {
      ...this.state,
      evalLoss: loss,
      best: isBest ? { step, loss } : best,
      patience: waited,
      stoppedEarly
    }
    if (stoppedEarly) {
      this.notice('EARLY_STOP', {
        waited: String(waited.waited),
        bestStep: String(this.state.best?.step ?? step)
      })
    }
  }

  private checkpointDue(): boolean {
    const { step } = this.state
    if (step <= this.checkpointed.step) return false
    const every = this.parts.job.settings.checkpointSteps
    if (every > 0) return step % every === 0
    const { at, took } = this.checkpointed
    const { least, most } = checkpointMs
    return this.parts.clock() - at >= Math.min(most, Math.max(least, checkpointShare * took))
  }

  private async checkpoint(): Promise<void> {
    const began = this.parts.clock()
    await this.parts.checkpoint(this.state)
    const at = this.parts.clock()
    this.checkpointed = { step: this.state.step, at, took: at - began }
  }

  /** With the loss of now, where it is not among the known ones yet. */
  private heldOutGain(now = Infinity): { before: number; best: number } | null {
    const { baseLoss, best } = this.state
    const lowest = Math.min(best?.loss ?? Infinity, now)
    return baseLoss !== null && lowest < Infinity ? { before: baseLoss, best: lowest } : null
  }

  private see({ curve, warning }: Seen): void {
    this.state = { ...this.state, curve }
    if (warning) this.notice(warning.code, warning.details)
  }

  private notice(code: string, details: Readonly<Record<string, string>> = {}): void {
    this.line({ kind: 'notice', step: this.state.step, code, details })
  }

  private line(line: Untimed<MetricLine>): void {
    this.parts.metric({ ...line, time: new Date(this.parts.clock()).toISOString() } as MetricLine)
  }

  private tellProgress(): void {
    const { step, lastLoss, evalLoss } = this.state
    const stepsLeft = this.totalSteps - step
    this.parts.progress({
      step,
      totalSteps: this.totalSteps,
      loss: lastLoss,
      evalLoss,
      tokensPerSecond: this.timeLeft.tokensPerSecond(),
      secondsLeft: this.timeLeft.seconds(stepsLeft, Math.ceil(stepsLeft / this.evaluateEvery))
    })
  }
}

function notFinite(step: number, learningRate: number): NeiroError {
  return new NeiroError('NOT_FINITE', { step: String(step), learningRate: learningRate.toPrecision(3) })
}
