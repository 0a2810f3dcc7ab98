// What a training method is to the loop, which knows none of them: how its batch is laid, what an update and an
// evaluation are and which figures they give, and how what it trained is written down.
import type { Batch, StepOptions } from '../../../addon/index'
import type { ExampleSet } from '../../batches/example-set'
import type { FigureRow, Figures } from '../../contract/figures'
import type { Job } from '../../contract/trainer-protocol'
import type { EngineSession } from '../engine-session'

/** One optimizer update, as done. */
export interface Update {
  readonly figures: Figures
  readonly tokens: number
  readonly learntTokens: number
  readonly seconds: number
  /** a figure was not finite: weights and optimizer are as before */
  readonly skipped: boolean
}

export interface Method {
  /** the figure of an evaluation that decides what is kept as the best and when to stop */
  readonly best: { readonly figure: string; readonly better: NonNullable<FigureRow['better']> }

  /** The micro-batch of these examples. */
  lay(set: ExampleSet, examples: readonly number[]): Batch

  update(session: EngineSession, microBatches: Batch[], options: StepOptions): Promise<Update>

  /** Figures of the held-out part; null: given up half-way, because `givenUp` said so. */
  evaluate(
    session: EngineSession,
    heldOut: ExampleSet,
    maxTokens: number,
    givenUp: () => boolean
  ): Promise<Figures | null>

  /** Writes what is trained, as it is now, into a folder that is not there yet. */
  save(session: EngineSession, dir: string, job: Pick<Job, 'open' | 'baseModelName'>): Promise<void>
}
