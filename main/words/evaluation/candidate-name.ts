// What a candidate is called, wherever it is spoken of.
import type { Candidate } from '../../contract/candidates'
import type { EvaluationWords } from './ja'

/** `runNames`: names of other runs by their ids; an id says nothing to anybody, and stands nowhere. */
export function candidateName(
  { kind, count, run, service, sampling }: Candidate,
  words: EvaluationWords,
  runNames: ReadonlyMap<string, string> = new Map()
): string {
  const { candidates } = words
  const otherRunOf = (known: string | undefined): string =>
    known === undefined ? candidates.goneRun : candidates.otherRun(known)
  const name =
    kind === 'examples' || kind === 'retrieval'
      ? candidates[kind](String(count ?? 0))
      : kind === 'tuned' && run !== undefined
        ? otherRunOf(runNames.get(run))
        : kind === 'service'
          ? candidates.service(service?.model ?? '')
          : candidates[kind]
  return sampling === undefined ? name : candidates.sampled(name, String(sampling.temperature))
}
