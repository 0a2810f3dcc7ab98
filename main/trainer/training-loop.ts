// The training of one run as plain orchestration: update, evaluate, checkpoint, stop. Everything it touches is
// handed in (method, engine session, clock, places to write), so tests run it whole without files or engine.
// Same seed, same bits: nothing here depends on time except how often a checkpoint is written.
import type { ExampleSet } from '../batches/example-set'
import { NeiroError } from '../contract/errors'
import type { Figures } from '../contract/figures'
import { toldBy } from '../contract/methods'
import type { MetricLine, RunProgress } from '../contract/records'
import { isFor } from '../contract/settings'
import { virtualTokensOf } from '../contract/virtual-tokens'
import type { Job } from '../contract/trainer-protocol'
import type { TrainingPlan } from './batching'
import type { JudgedBy } from '../contract/judged-by'
import { afterEvaluation, isBetter, isSpent } from './early-stopping'
import { adam, type EngineSession } from './engine-session'
import type { LoopState } from './loop-state'
import type { Method, Surroundings } from './methods/method'
import { sampleAnswers } from './sample-answers'
import { learningRateAt } from './schedule'
import { TimeLeft } from './time-left'
import { seeBase, seeEnd, seeEvaluation, seeTraining, type Seen } from './warnings'

/** What may be asked of a running loop; it answers at the next step boundary. */
export type LoopRequest = 'pause' | 'stop' | 'interrupt'
export type LoopOutcome = 'finished' | 'paused' | 'stopped' | 'interrupted'

export interface LoopParts {
  readonly job: Job
  readonly method: Method
  readonly judgedBy: Pick<JudgedBy, 'better'> & { readonly figure: string }
  readonly plan: TrainingPlan
  readonly train: ExampleSet
  readonly heldOut: ExampleSet | null
  readonly session: EngineSession
  /** milliseconds since 1970 */
  readonly clock: () => number
  /** resident memory, bytes */
  readonly memory: () => number
  readonly request: () => LoopRequest | null
  readonly textsOf: Surroundings['textsOf']
  readonly judges: Surroundings['judges']
  /** keeps one line of metrics.jsonl, in order */
  readonly metric: (line: MetricLine) => void
  readonly progress: (progress: Omit<RunProgress, 'run' | 'state'>) => void
  readonly checkpoint: (state: LoopState) => Promise<void>
  /** keeps what is trained, as it is now, as the best of the run */
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
  private readonly surroundings: Surroundings
  private checkpointed: { step: number; at: number; took: number }

  constructor(
    private readonly parts: LoopParts,
    private state: LoopState
  ) {
    const { settings } = parts.job
    this.totalSteps = parts.plan.totalSteps
    const { job, textsOf, judges } = parts
    this.surroundings = { job, textsOf, judges, givenUp: () => parts.request() !== null }
    this.evaluateEvery = settings.evaluationSteps || Math.max(1, Math.ceil(this.totalSteps / 10))
    this.checkpointed = { step: state.step, at: parts.clock(), took: 0 }
  }

  async run(): Promise<{ outcome: LoopOutcome; state: LoopState }> {
    try {
      return await this.goOn()
    } catch (error) {
      // what went wrong elsewhere has changed nothing here, and is gone on with once it is put right
      if (isOfProgram(error)) await this.checkpoint()
      throw error
    }
  }

  private async goOn(): Promise<{ outcome: LoopOutcome; state: LoopState }> {
    for (;;) {
      if (this.evaluationDue()) await this.evaluate()
      if (this.pruningDue()) await this.prune()
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
    this.see(seeEnd(this.state.curve))
    await this.checkpoint()
    return { outcome: 'finished', state: this.state }
  }

  private async update(): Promise<void> {
    const { job, method, plan, train, session, clock, memory } = this.parts
    const { settings } = job
    const step = this.state.step + 1
    const { microBatches, epoch } = plan.at(step)
    const learningRate = learningRateAt(settings, step, this.totalSteps)
    const began = clock()
    const done = await method.update(
      session,
      microBatches.map((examples) => method.lay(train, examples, job)),
      {
        ...adam,
        step,
        learningRate,
        weightDecay: settings.weightDecay,
        maxGradNorm: settings.maxGradNorm,
        ...(isFor('loraPlusRatio', settings) && { loraPlusRatio: settings.loraPlusRatio })
      },
      this.surroundings
    )
    if (done === null) return
    const { figures: measured, end, ...work } = done
    // of the model as it was before this update
    const figures = toldBy(settings.method, measured, step - 1)
    const { tokens, seconds, skipped } = work
    this.timeLeft.addStep((clock() - began) / 1000, tokens)
    const skippedInRow = skipped ? this.state.skippedInRow + 1 : 0
    this.state = { ...this.state, step, skippedInRow, training: skipped ? this.state.training : figures }
    const beside = { learningRate, tokensPerSecond: tokens / seconds, memory: memory() }
    this.line({ kind: 'step', step, epoch, figures: { ...figures, ...beside }, ...work })
    if (skipped) this.notice('NOT_FINITE', { step: String(step) })
    else if (figures['loss'] !== undefined) this.see(seeTraining(this.state.curve, figures['loss']))
    if (end) {
      this.state = { ...this.state, stoppedEarly: true }
      this.notice(end.code, end.details)
    }
    this.tellProgress()
    if (skippedInRow >= mostSkipped) throw notFinite(step, learningRate)
  }

  /** Behind the evaluation of the model as it was, so that what it costs is known. */
  private pruningDue(): boolean {
    const { settings } = this.parts.job
    const wanted = isFor('pruning', settings) && settings.pruning !== 'none'
    return wanted && this.state.pruned !== true && this.state.evaluatedStep >= 0
  }

  /** Given up half-way it is done again after the resume: what is zero already is the smallest there is. */
  private async prune(): Promise<void> {
    const { job, method, heldOut, session } = this.parts
    const { pruning, pruningAmount } = job.settings
    if (pruning === 'none') return
    const { zeros, weights } = await session.prune({ pattern: pruning, amount: pruningAmount })
    const figures = heldOut && (await method.evaluate(session, heldOut, this.surroundings))
    if (heldOut && figures === null) return
    const share = ((100 * zeros) / weights).toFixed(1)
    const counts = { zeros: String(zeros), weights: String(weights), share }
    const [before, after] = [this.state.heldOut['loss'], (figures as Figures | null)?.['loss']]
    if (before === undefined || after === undefined) this.notice('PRUNED_ONLY', counts)
    else this.notice('PRUNED', { ...counts, before: before.toFixed(4), after: after.toFixed(4) })
    const { curve } = this.state
    // whether anything is learnt is asked of the pruned model
    this.state = { ...this.state, pruned: true, curve: after === undefined ? curve : seeBase(curve, after) }
  }

  private evaluationDue(): boolean {
    const { step, evaluatedStep } = this.state
    if (evaluatedStep >= step) return false
    return step === 0 || step === this.totalSteps || step % this.evaluateEvery === 0
  }

  /** All or nothing: given up half-way, it leaves no line and is done again after the resume. */
  private async evaluate(): Promise<void> {
    const { job, method, heldOut, session, clock } = this.parts
    const { step } = this.state
    const began = clock()
    // tokens of noise before each example are no model that anybody had
    const alone = step === 0 && virtualTokensOf(job.settings) > 0 && job.open.adapterDir === undefined
    let figures: Figures | null = null
    if (heldOut) {
      const surroundings = { ...this.surroundings, alone }
      const measured = (await method.evaluate(session, heldOut, surroundings)) as Figures | null
      if (measured === null) return
      figures = toldBy(job.settings.method, measured, step)
    }
    const answers = await sampleAnswers(session, job, this.surroundings.givenUp, !alone)
    if (answers === null) return

    if (figures !== null) await this.judge(figures)
    answers.forEach((answer, question) => this.line({ kind: 'sample', step, question, answer }))
    this.state = { ...this.state, evaluatedStep: step }
    this.timeLeft.addEvaluation((clock() - began) / 1000)
    this.tellProgress()
  }

  /** Whether it is the best so far, and whether to go on. */
  private async judge(figures: Figures): Promise<void> {
    const { job, judgedBy, plan, keepBest } = this.parts
    const { figure: by, better } = judgedBy
    const value = figures[by]
    // of texts of which a number is said there is none of labels
    if (value === undefined)
      throw new NeiroError('SETTINGS_TOGETHER', { name: `best_by: ${by}`, other: 'problem' })
    const { step, best, curve } = this.state
    const worst = better === 'lower' ? Infinity : -Infinity
    // the untouched model is no result, however good it is
    const isBest = step > 0 && isBetter(value, best?.value ?? worst, better)
    if (isBest) await keepBest(step)
    const epoch = step > 0 ? plan.at(step).epoch : 0
    this.line({ kind: 'evaluation', step, epoch, figures, by, best: isBest })
    this.state = { ...this.state, heldOut: figures, best: isBest ? { step, value } : best }
    const { loss } = figures
    if (step === 0) {
      if (loss !== undefined) this.state = { ...this.state, curve: seeBase(curve, loss) }
      return
    }
    if (loss !== undefined) this.see(seeEvaluation(curve, step, loss))
    // half-way is early enough to do something about it
    if (step * 2 >= this.totalSteps) this.see(seeEnd(this.state.curve))
    const { earlyStoppingThreshold, earlyStoppingPatience } = job.settings
    const patience = afterEvaluation(this.state.patience, value, better, earlyStoppingThreshold)
    const stoppedEarly = isSpent(patience, earlyStoppingPatience) && step < this.totalSteps
    this.state = { ...this.state, patience, stoppedEarly }
    if (!stoppedEarly) return
    const bestStep = String(this.state.best?.step ?? step)
    this.notice('EARLY_STOP', { waited: String(patience.waited), bestStep })
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
    const { step, training, heldOut } = this.state
    const stepsLeft = this.totalSteps - step
    this.parts.progress({
      step,
      totalSteps: this.totalSteps,
      training,
      heldOut,
      tokensPerSecond: this.timeLeft.tokensPerSecond(),
      secondsLeft: this.timeLeft.seconds(stepsLeft, Math.ceil(stepsLeft / this.evaluateEvery))
    })
  }
}

const isOfProgram = (error: unknown): boolean =>
  error instanceof NeiroError && error.code.startsWith('PROGRAM_')

function notFinite(step: number, learningRate: number): NeiroError {
  return new NeiroError('NOT_FINITE', { step: String(step), learningRate: learningRate.toPrecision(3) })
}
