// The curves and answers of the one run that is looked at. Loaded once, then fed by events; thinned, so that
// a million points stay smooth.
import type { MetricLine } from '../../main/contract/records'
import type { RunAnswer, RunCurves } from '../../main/contract/window/training'
import { call, on, onReturn } from '../api.svelte'
import { thin } from '../lib/downsample'

/** points per series that are kept in the page; a chart is about this wide in pixels */
const kept = 2000

class RunLive {
  #run: string | null = null
  #curves = $state.raw<RunCurves | null>(null)
  #answers = $state.raw<readonly RunAnswer[]>([])
  #failure = $state.raw<unknown>(null)

  constructor() {
    on('run.metrics', ({ run, lines }) => {
      if (run !== this.#run || !this.#curves) return
      this.#curves = withLines(this.#curves, lines)
      if (lines.some((line) => line.kind === 'sample')) void this.#loadAnswers()
    })
    on('run.changed', (changed) => {
      // a resumed run may have dropped lines after its checkpoint
      if (
        changed.id === this.#run &&
        changed.state === 'running' &&
        changed.step < (this.#curves?.trainLoss.at(-1)?.step ?? 0) - 1
      )
        void this.open(changed.id)
    })
    onReturn(() => {
      if (this.#run !== null) void this.open(this.#run)
    })
  }

  get curves(): RunCurves | null {
    return this.#curves
  }
  get answers(): readonly RunAnswer[] {
    return this.#answers
  }
  get failure(): unknown {
    return this.#failure
  }

  async open(run: string): Promise<void> {
    if (this.#run !== run) {
      this.#curves = null
      this.#answers = []
    }
    this.#run = run
    this.#failure = null
    try {
      const curves = await call('runs.curves', { id: run, points: kept })
      if (this.#run === run) this.#curves = curves
      await this.#loadAnswers()
    } catch (error) {
      this.#failure = error
    }
  }

  async #loadAnswers(): Promise<void> {
    const run = this.#run
    if (!run) return
    const answers = await call('runs.answers', { id: run }).catch(() => null)
    if (answers && this.#run === run) this.#answers = answers
  }
}

function withLines(curves: RunCurves, lines: readonly MetricLine[]): RunCurves {
  const steps = lines.filter((line) => line.kind === 'step')
  const evaluations = lines.filter((line) => line.kind === 'evaluation')
  const add = (
    series: RunCurves['trainLoss'],
    value: (line: (typeof steps)[number]) => number
  ): RunCurves['trainLoss'] =>
    thin([...series, ...steps.map((line) => ({ step: line.step, value: value(line) }))], kept)
  return {
    ...curves,
    trainLoss: add(curves.trainLoss, (line) => line.loss),
    learningRate: add(curves.learningRate, (line) => line.learningRate),
    gradNorm: add(curves.gradNorm, (line) => line.gradNorm),
    tokensPerSecond: add(curves.tokensPerSecond, (line) => line.tokens / line.seconds),
    memory: add(curves.memory, (line) => line.memory),
    evalLoss: [
      ...curves.evalLoss,
      ...evaluations.map((line) => ({ step: line.step, value: line.loss, best: line.best }))
    ]
  }
}

export const runLive = new RunLive()
