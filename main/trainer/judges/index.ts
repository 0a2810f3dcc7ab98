// Those that a job names, ready to be asked; what was opened is closed again where another cannot be.
import type { OpenOptions } from '../../../addon/index'
import type { Job } from '../../contract/trainer-protocol'
import type { EngineSession } from '../engine-session'
import type { Judge } from './judge'
import { startRewardProgram } from './reward-program'
import { openRewardRun } from './reward-run'

export async function judgesOf(
  { judges: { run, program } = {}, open: { modelDir } }: Job,
  openSession: (options: OpenOptions) => Promise<EngineSession>
): Promise<readonly Judge[]> {
  const judges: Judge[] = []
  try {
    if (run) judges.push(await openRewardRun({ modelDir, ...run }, openSession))
    if (program) judges.push(await startRewardProgram(program))
    return judges
  } catch (error) {
    for (const judge of judges) await judge.end()
    throw error
  }
}
