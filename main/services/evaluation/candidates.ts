// Names of candidates: what makes their answers decides, so that answers of the same making are found again.
import { createHash } from 'node:crypto'
import { standardCount, type Candidate, type CandidateSpec } from '../../contract/candidates'
import type { TunedModel } from '../runs/tuned-model'

export function candidateOf(given: CandidateSpec): Candidate {
  // one that has a name gets it again
  const { id: _, ...spec } = { id: '', ...given }
  const whole: CandidateSpec =
    spec.kind === 'examples' || spec.kind === 'retrieval'
      ? { ...spec, count: spec.count ?? standardCount[spec.kind] }
      : spec
  const { kind, ...rest } = whole
  const said = Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return { ...whole, id: said.length === 0 ? kind : `${kind}-${mark(JSON.stringify(said))}` }
}

/** The base, and what the run made of it: here, or at a service that keeps it. */
export function twoOf({
  isTuned,
  service
}: Pick<TunedModel, 'isTuned' | 'service'>): readonly CandidateSpec[] {
  const base: CandidateSpec = { kind: 'base' }
  if (service) return [base, { kind: 'service', service }]
  return isTuned ? [base, { kind: 'tuned' }] : [base]
}

/** Each once, in their order; the base first, the run's own last but for other runs. */
export function candidatesOf(
  specs: readonly CandidateSpec[],
  /** what a service made of the run itself: it is the tuned one */
  own?: CandidateSpec['service']
): readonly Candidate[] {
  const named = (spec: CandidateSpec): Candidate =>
    own && isAt(spec.service, own) ? { ...spec, id: 'tuned' } : candidateOf(spec)
  const all = [...new Map(specs.map(named).map((one) => [one.id, one])).values()]
  const place = ({ id, kind }: Candidate): number =>
    id === 'base' ? 0 : kind === 'tuned' || id === 'tuned' ? 2 : 1
  return all.sort((a, b) => place(a) - place(b))
}

export const isAt = (one: CandidateSpec['service'], other: NonNullable<CandidateSpec['service']>): boolean =>
  one?.place === other.place && one.model === other.model

const mark = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8)
