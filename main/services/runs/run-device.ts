// Where a run goes on, when it is not where it was told to at first: said by its user, written into its job.
import type { Settings } from '../../contract/settings'
import { readJob, writeJob } from './run-folder'

/** The run must not be training. */
export async function trainOn(dir: string, device: Settings['device']): Promise<void> {
  const job = await readJob(dir)
  if (job.settings.device === device && job.open.device === device) return
  await writeJob(dir, { ...job, settings: { ...job.settings, device }, open: { ...job.open, device } })
}
