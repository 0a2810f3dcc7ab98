// What the other runs are called that answer in an evaluation, by their ids: whoever reads a table has never seen an id.
import type { Candidate } from '../../contract/candidates'
import type { Language } from '../../contract/language'
import { runNameIn } from '../../words/run-name'
import { windowWords } from '../../words/window'
import { readRun, type RunPlace } from '../runs/run-view'

/** One that is gone has no name here. Two of one name are told apart by the day and time they were begun. */
export async function namesOfRuns(
  candidates: readonly Candidate[],
  placeOf: (run: string) => Promise<RunPlace>,
  language: Language
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(candidates.flatMap(({ run }) => run ?? []))
  const known = await Promise.all(
    [...ids].map(async (id) => {
      const run = await placeOf(id)
        .then(({ dir }) => readRun(dir))
        .catch(() => null)
      return run ? [{ id, name: runNameIn(run.name, language), begun: run.createdAt }] : []
    })
  )
  const all = known.flat()
  const isTwin = (name: string): boolean => all.filter((one) => one.name === name).length > 1
  return new Map(
    all.map(({ id, name, begun }) => [
      id,
      isTwin(name) ? windowWords[language].runs.twin(name, begun.slice(0, 16).replace('T', ' ')) : name
    ])
  )
}
