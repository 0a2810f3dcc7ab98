// Who answers in an evaluation: the base alone, with more in its prompt, and what training made of it, here or at a service. What is said of
// one here is all that makes its answers, so that two of the same words are the same candidate.

export const candidateKinds = ['base', 'prompt', 'examples', 'retrieval', 'tuned', 'service'] as const
export type CandidateKind = (typeof candidateKinds)[number]

export interface Sampling {
  readonly temperature: number
  readonly topP: number
  readonly topK: number
  readonly repetitionPenalty: number
  readonly seed: number
}

/** What does not belong to the kind is left out. */
export interface CandidateSpec {
  readonly kind: CandidateKind
  /** of a prompt: given instead of the run's own instruction */
  readonly prompt?: string
  /** of examples: how many go before the question; of retrieval: how many passages */
  readonly count?: number
  /** of retrieval: paths of the files searched; absent: the examples that the run has learnt */
  readonly documents?: readonly string[]
  /** of tuned: folder name of another run; absent: the run itself */
  readonly run?: string
  /** of a service: the place as it is written behind --on, and what the model is called there */
  readonly service?: { readonly place: string; readonly model: string }
  /** absent: the likeliest word each time */
  readonly sampling?: Sampling
}

export interface Candidate extends CandidateSpec {
  /** base and tuned are the ids of the two that every evaluation has */
  readonly id: string
}

/** The base, and the base with what the run has learnt. */
export const baseAndTuned: readonly CandidateSpec[] = [{ kind: 'base' }, { kind: 'tuned' }]

export const standardCount: Readonly<Record<'examples' | 'retrieval', number>> = { examples: 3, retrieval: 3 }
/** what may be asked of it */
export const largestCount = 20
export const mostCandidates = 12
