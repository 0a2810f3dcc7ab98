// Names of candidates: what makes their answers decides, so that answers of the same making are found again.
import { createHash } from 'node:crypto'
import { standardCount, type Candidate, type CandidateSpec } from '../../contract/candidates'

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

/** Each once, in their order; the base first, the run's own last but for other runs. */
export function candidatesOf(specs: readonly CandidateSpec[]): readonly Candidate[] {
  const all = [...new Map(specs.map(candidateOf).map((one) => [one.id, one])).values()]
  const place = ({ id, kind }: Candidate): number => (id === 'base' ? 0 : kind === 'tuned' ? 2 : 1)
  return all.sort((a, b) => place(a) - place(b))
}

const mark = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8)
