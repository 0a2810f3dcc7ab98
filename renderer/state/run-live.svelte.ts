// The curves and answers of the one run that is looked at. Loaded once, then fed by events; thinned, so that
// a million points stay smooth.
import type { MetricLine } from '../../main/contract/records'
import type { RunAnswer, RunCurves } from '../../main/contract/window/training'
import { CurvesOfLines } from '../../main/curves/curves-of-lines'
import { call, on, onReturn } from '../api.svelte'

/** points per curve that are drawn; a chart is about this wide in pixels */
const drawn = 1000

class RunLive {
  #run: string | null = null
  #all: CurvesOfLines | null = null
  /** told while curves are on their way, which may have been read before; null: none are */
  #early: MetricLine[] | null = null
  #curves = $state.raw<RunCurves | null>(null)
  #answers = $state.raw<readonly RunAnswer[] | null>(null)
  #failure = $state.raw<unknown>(null)

  constructor() {
    on('run.metrics', ({ run, lines }) => {
      if (run !== this.#run) return
      this.#early?.push(...lines)
      if (this.#all) this.#draw(this.#all, lines)
      if (lines.some((line) => line.kind === 'sample')) void this.#loadAnswers()
    })
    on('run.changed', (changed) => {
      // a resumed run may have dropped lines after its checkpoint
      const step = this.#all?.step ?? 0
      if (changed.id === this.#run && changed.state === 'running' && changed.step < step - 1)
        void this.open(changed.id)
    })
    onReturn(() => {
      if (this.#run !== null) void this.open(this.#run)
    })
  }

  get curves(): RunCurves | null {
    return this.#curves
  }
  /** null until they are read */
  get answers(): readonly RunAnswer[] | null {
    return this.#answers
  }
  get failure(): unknown {
    return this.#failure
  }

  async open(run: string): Promise<void> {
    if (this.#run !== run) {
      this.#all = null
      this.#curves = null
      this.#answers = null
    }
    this.#run = run
    this.#failure = null
    const early = (this.#early = [])
    try {
      const curves = await call('runs.curves', { id: run, points: drawn })
      // asked for again meanwhile
      if (this.#early !== early) return
      this.#draw(CurvesOfLines.from(curves), early)
      await this.#loadAnswers()
    } catch (error) {
      if (this.#run === run) this.#failure = error
    } finally {
      if (this.#early === early) this.#early = null
    }
  }

  #draw(all: CurvesOfLines, lines: readonly MetricLine[]): void {
    for (const line of lines) all.add(line)
    this.#all = all
    this.#curves = { run: this.#run ?? '', ...all.drawn(drawn) }
  }

  async #loadAnswers(): Promise<void> {
    const run = this.#run
    if (!run) return
    const answers = await call('runs.answers', { id: run }).catch(() => null)
    if (answers && this.#run === run) this.#answers = answers
  }
}

export const runLive = new RunLive()
