// What a training method is to the loop, which knows none of them: how its batch is laid, what an update and an
// evaluation are and which figures they give, and how what it trained is written down. What it learns from and by
// which figure it is judged stands in its row (contract/methods.ts).
import type { Batch, ScoreBatch, StepOptions } from '../../../addon/index'
import type { ExampleSet } from '../../batches/example-set'
import type { MethodKey, methodRows } from '../../contract/methods'
import type { Job } from '../../contract/trainer-protocol'
import type { EngineSession } from '../engine-session'
import type { Judge } from '../judges/judge'
import type { Warning } from '../warnings'

/** One optimizer update, as done. */
export interface Update<Name extends string> {
  readonly figures: Readonly<Record<Name, number>>
  readonly tokens: number
  readonly learntTokens: number
  readonly seconds: number
  /** a figure was not finite: weights and optimizer are as before */
  readonly skipped: boolean
  /** why the run is to end here; absent: it goes on */
  readonly end?: Warning
}

/** What a method may ask of whoever trains. */
export interface Surroundings {
  readonly job: Pick<Job, 'open' | 'score' | 'beside' | 'settings' | 'stopTokens'>
  /** somebody wants to stop */
  readonly givenUp: () => boolean
  /** These tokens as texts, which only others can read; null: nobody is there any more. */
  readonly textsOf: (tokens: readonly (readonly number[])[]) => Promise<readonly string[] | null>
  /** who gives answers marks, beside the rules of the settings */
  readonly judges: readonly Judge[]
  /** the model as it was is asked, whatever what learns says before its first update; absent: with what learns */
  readonly alone?: boolean
}

/** What an engine learns from at once, by its model's head. */
export type Learnt = Batch | ScoreBatch

export interface Method<
  OfUpdate extends string = string,
  OfEvaluation extends string = string,
  Laid extends Learnt = Learnt
> {
  /** The micro-batch of these examples. */
  lay(set: ExampleSet, examples: readonly number[], job: Pick<Job, 'score'>): Laid

  /** null: given up before anything was changed */
  update(
    session: EngineSession,
    microBatches: Laid[],
    options: StepOptions,
    surroundings: Surroundings
  ): Promise<Update<OfUpdate> | null>

  /** Figures of the held-out part, as far as they mean something for what is learnt; null: given up half-way, because
   *  `givenUp` said so. */
  evaluate(
    session: EngineSession,
    heldOut: ExampleSet,
    surroundings: Surroundings
  ): Promise<Readonly<Partial<Record<OfEvaluation, number>>> | null>

  /** Writes what is trained, as it is now, into a folder that is not there yet. */
  save(
    session: EngineSession,
    dir: string,
    job: Pick<Job, 'open' | 'baseModelName' | 'filesDir' | 'score'>
  ): Promise<void>
}

/** A method that gives the figures which its row names. */
export type MethodOf<K extends MethodKey, Laid extends Learnt = Learnt> = Method<
  (typeof methodRows)[K]['update'][number],
  (typeof methodRows)[K]['evaluation'][number],
  Laid
>
