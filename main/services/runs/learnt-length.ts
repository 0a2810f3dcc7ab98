// How far a run has learnt and which of its states is what is asked, compared and exported of it, by its folder.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { LearntLength, RunEnd } from '../../contract/learnt-length'
import { runFiles } from '../../contract/run-files'
import type { RunView } from '../../contract/window/training'
import { weightsMark } from './result-mark'
import { resultDirOf } from './tuned-model'

type Of = Pick<RunView, 'dir' | 'state' | 'step' | 'totalSteps' | 'remoteModel'>

/** bestStep: of the best check so far; null: nothing was checked. */
export async function learntLength(run: Of, bestStep: number | null): Promise<LearntLength> {
  // a run whose plan nobody knows has ended where it is
  const plannedSteps = Math.max(run.step, run.totalSteps)
  return {
    ...{ steps: run.step, plannedSteps },
    end: endOf(run, plannedSteps),
    kept: await keptOf(run, bestStep)
  }
}

function endOf({ state, step }: Of, planned: number): RunEnd {
  if (state !== 'finished' && state !== 'stopped') return 'not-yet'
  if (step >= planned) return 'whole'
  return state === 'stopped' ? 'by-hand' : 'itself'
}

async function keptOf(run: Of, bestStep: number | null): Promise<LearntLength['kept']> {
  // a service keeps what it wants
  if (run.remoteModel !== undefined) return null
  const best = bestStep === null ? null : { step: bestStep, isBest: true }
  if (run.state === 'finished' || run.state === 'stopped') return best ?? { step: run.step, isBest: false }
  // going on after its end, its result stays what it was until it ends again
  const result = resultDirOf(run.dir)
  return result === null ? best : bestLike(run.dir, result)
}

/** The check whose state this is, where that is kept still. */
async function bestLike(runDir: string, result: string): Promise<LearntLength['kept']> {
  const checkpoints = join(runDir, runFiles.checkpoints)
  const mark = await weightsMark(result)
  for (const name of await readdir(checkpoints).catch(() => [])) {
    const step = /^best-(\d+)$/.exec(name)?.[1]
    if (step !== undefined && (await weightsMark(join(checkpoints, name))) === mark)
      return { step: Number(step), isBest: true }
  }
  return null
}
