// Answers of base, tuned and whoever else is compared to the held-out questions of one run, as they arrive.
import type { CandidateSpec } from '../../main/contract/candidates'
import type { EvaluatedPair, Evaluation } from '../../main/contract/window/results'
import type { Agreed } from '../../main/contract/asking'
import { call, on, onReturn } from '../api.svelte'
import { asking } from './asking.svelte'
import { Attempts } from './attempts.svelte'

/** questions answered at most, where nobody says: enough to judge a tone, few enough to wait for */
export const usualQuestions = 30

export interface Wanted {
  readonly limit: number
  /** beside base and tuned */
  readonly candidates: readonly CandidateSpec[]
  /** ids of those that it has and that stay */
  readonly keep: readonly string[]
}

class EvaluationState {
  #current = $state.raw<Evaluation | null>(null)
  /** those behind the first ones, as far as anybody looked at them */
  #further = $state.raw<readonly EvaluatedPair[]>([])
  readonly #attempts = new Attempts()
  #run: string | null = null

  constructor() {
    on('evaluation.progress', (evaluation) => {
      if (evaluation.run === this.#run) this.#take(evaluation)
    })
    onReturn(() => {
      if (this.#run !== null) void this.open(this.#run)
    })
  }

  get current(): Evaluation | null {
    return this.#current
  }
  get pairs(): readonly EvaluatedPair[] {
    return [...(this.#current?.pairs ?? []), ...this.#further]
  }
  get failure(): unknown {
    return this.#attempts.failure
  }

  async open(run: string): Promise<void> {
    if (this.#run !== run) {
      this.#current = null
      this.#further = []
    }
    this.#run = run
    await this.#attempts.make(async () => {
      const current = await call('evaluation.get', { run })
      if (this.#run === run) this.#take(current)
    })
  }

  /** Opens it; both begin to answer by themselves the first time only: never after an error, and never again what
   *  the user has ended. */
  async openAndBegin(run: string): Promise<void> {
    await this.open(run)
    if (this.#run !== run || this.#attempts.failure !== null || !this.#current) return
    const { state, pairs, error, cancelled } = this.#current
    if (state === 'none' && pairs.length === 0 && !error && !cancelled) await this.start()
  }

  /** More of the pairs, up to this place at least. */
  async reach(place: number): Promise<void> {
    const run = this.#run
    if (run === null) return
    await this.#attempts.make(async () => {
      while (this.#run === run && this.pairs.length <= place) {
        const more = await call('evaluation.pairs', { run, from: this.pairs.length })
        if (more.length === 0 || this.#run !== run) return
        this.#further = [...this.#further, ...more]
      }
    })
  }

  /** Where something of it would leave for a service, the user is asked first. */
  async start(wanted?: Partial<Wanted>, general = false): Promise<void> {
    const run = this.#run
    if (!run) return
    const args = { run, limit: usualQuestions, ...wanted, ...(general && { general }) }
    const begin = (agreed?: Agreed): Promise<unknown> =>
      this.#attempts.make(async () => {
        const current = await call('evaluation.start', { ...args, ...(agreed && { agreed }) })
        const [first] = leaving ?? []
        if (agreed && first && current.state === 'running') asking.evaluates(first.to)
        if (this.#run === run) this.#take(current)
      })
    const leaving = await this.#attempts.make(() => call('asking.ofEvaluation', args))
    if (leaving === null || this.#run !== run) return
    if (leaving.length === 0) await begin()
    else asking.show(leaving, async (agreed) => void (await begin(agreed)))
  }

  async cancel(): Promise<void> {
    const run = this.#run
    if (run) await this.#attempts.make(() => call('evaluation.cancel', { run }))
  }

  #take(evaluation: Evaluation): void {
    const had = this.#current
    // the further ones stay in their places as long as those before them do, and whoever answers is the same
    const same =
      had?.pairs.length === evaluation.pairs.length &&
      had.candidates.length === evaluation.candidates.length &&
      evaluation.state !== 'running'
    if (!same) this.#further = []
    this.#current = evaluation
  }
}

export const evaluation = new EvaluationState()
