// Which run rail and page speak of: one answer for both, so that they never name two. Pure.
import type { Project, Step } from '../../main/contract/window/projects'
import type { RunView } from '../../main/contract/window/training'
import { hasResult, isHere, newRun } from './run-acts'

type Chosen = Pick<Project, 'chosenRun'>

/** Of the runs with a result: the one of the address, else the one that was chosen, else the newest. */
export function resultInView(
  { chosenRun }: Chosen,
  runs: readonly RunView[],
  address: string | null,
  /** what a service keeps is compared, and cannot be exported */
  page: 'compare' | 'export' = 'compare'
): RunView | null {
  const results = runs.filter((run) => hasResult(run) && (page === 'compare' || isHere(run)))
  const byId = (id: string | null): RunView | undefined => results.find((run) => run.id === id)
  return byId(address) ?? byId(chosenRun) ?? newest(results)
}

/** A room that showed a result and is still asked for it: somebody has made that run go on, and it learns or waits to. No other
 *  run is put in its place. */
export const goesOnInView = (
  runs: readonly RunView[],
  shown: string | null,
  address: string | null
): RunView | null => runs.find((run) => run.id === shown && shown === address && !hasResult(run)) ?? null

/** In the rooms up to the training also one that has no result yet. */
export function runInView(
  project: Chosen,
  runs: readonly RunView[],
  address: string | null,
  page: Step
): RunView | null {
  const result = page === 'compare' || page === 'export' ? resultInView(project, runs, address, page) : null
  // where there is none yet the rail says of the run that comes to one what it says in every other room
  if (result) return result
  const byId = (id: string | null): RunView | undefined => runs.find((run) => run.id === id)
  const running = runs.find(({ state, ofSweep }) => state === 'running' && !ofSweep)
  return byId(address) ?? running ?? byId(project.chosenRun) ?? newest(runs)
}

/** The run that there will be a result of: it learns, waits for its turn, or can go on. */
export const resultToCome = (runs: readonly RunView[]): RunView | null =>
  runs.find(({ state, ofSweep }) => state === 'running' && !ofSweep) ??
  newest(runs.filter(({ state }) => state === 'waiting' || state === 'paused' || state === 'interrupted'))

/** What the train room shows, and the rail says of it; null: the next one is prepared there. */
export const runToTrain = (
  project: Chosen,
  runs: readonly RunView[],
  address: string | null
): RunView | null => (address === newRun ? null : runInView(project, runs, address, 'train'))

/** 0..1: how much of what was planned was learnt; a run that was stopped keeps its share. */
export const learntShare = ({ step, totalSteps }: Pick<RunView, 'step' | 'totalSteps'>): number =>
  totalSteps > 0 ? Math.min(1, step / totalSteps) : 0

/** What only tries settings is looked at where somebody asks for it. */
const newest = (runs: readonly RunView[]): RunView | null =>
  runs.filter(({ ofSweep }) => !ofSweep).sort((a, b) => b.createdAt.localeCompare(a.createdAt))[0] ?? null
