// The runs that have something to serve, and what is served when one of them, or none, is named.
import { NeiroError } from '../../contract/errors'
import type { ModelShelf } from '../models/model-shelf'
import type { Projects } from '../projects/projects'
import type { RunStore } from '../runs/run-store'
import { resultOf } from '../runs/tuned-model'
import type { Candidate, Wanted } from './served-models'

export interface CandidateSources {
  readonly store: Pick<RunStore, 'list'>
  readonly projects: Pick<Projects, 'list'>
  readonly shelf: ModelShelf
}

/** Newest first. One that trains is none yet: what it has left changes. */
export async function candidatesOf({
  store,
  projects,
  shelf
}: CandidateSources): Promise<readonly Candidate[]> {
  const names = new Map((await projects.list()).map(({ file }) => [file.id, file.name]))
  const all = await Promise.all(
    (await store.list()).map(async (view): Promise<Candidate | null> => {
      if (view.state === 'running' || view.state === 'waiting') return null
      const parts = await resultOf(view.dir, shelf).catch(() => null)
      if (!parts) return null
      const projectName = view.project === null ? null : (names.get(view.project) ?? null)
      return { view, projectName, parts }
    })
  )
  return all.filter((one) => one !== null)
}

/** With a run: the base of that one; null: of the newest that writes. Throws API_NOTHING_TO_SERVE, RUN_NOT_READY,
 *  API_MODEL_SORTS {name}. */
export function wantedFor(candidates: readonly Candidate[], run: string | null, only: boolean): Wanted {
  const found = run === null ? firstOf(candidates) : candidates.find(({ view }) => view.id === run)
  if (!found) throw new NeiroError(run === null ? 'API_NOTHING_TO_SERVE' : 'RUN_NOT_READY')
  const { parts, view } = found
  if (parts.score) throw new NeiroError('API_MODEL_SORTS', { name: view.name })
  // a run that made a whole model of its own is that model, and nothing stands beside it
  if (parts.trainedDir !== null) {
    return { modelDir: parts.trainedDir, baseQuantization: 'none', runs: [], baseName: view.name }
  }
  const { modelDir, baseQuantization } = parts
  return { modelDir, baseQuantization, runs: only ? [view.id] : null }
}

/** One with an adapter rather than a whole model: others may stand beside it. */
function firstOf(candidates: readonly Candidate[]): Candidate | undefined {
  const writing = candidates.filter(({ parts }) => !parts.score)
  return writing.find(({ parts }) => parts.adapterDir !== null) ?? writing[0]
}
