// What a run will need, before it starts: memory by purpose against what the machine has, and the time it will
// take at the speed measured here and now. Figures only; words are the window's and the command line's.
import type { Fit } from '../../contract/window/training'
import type { MemoryPlan, ModelInfo, OpenOptions, Probe } from '../../../addon/index'
import { NeiroError } from '../../contract/errors'
import type { Settings } from '../../contract/settings'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { estimateTime, type TimeEstimate, type TrainingWork } from './estimate-time'

/** fits: into what is free now. tight: only when other programs give memory back. too-large: never. */

export interface RunPlan {
  readonly memory: MemoryPlan
  readonly machine: { readonly memoryBytes: number; readonly availableBytes: number }
  readonly fit: Fit
  readonly model: ModelInfo
  readonly time: TimeEstimate
}

/** What of the machine's memory stays with the system and other programs even when they give way. */
const keptBySystem = 0.1

export async function planRun(
  host: TrainerCaller & { readonly probe: Probe },
  open: OpenOptions,
  settings: Settings,
  work: TrainingWork
): Promise<RunPlan> {
  const model = await host.call('inspectModel', { modelDir: open.modelDir })
  const memory = await host.call('planMemory', open)
  const speed = await host.call('calibrate', { threads: open.threads })
  // the probe was taken when the process started; what is free now is asked again
  const { memoryBytes, memoryAvailableBytes } = await host.call('probe', undefined)
  return {
    memory,
    machine: { memoryBytes, availableBytes: memoryAvailableBytes },
    fit: fitOf(memory.total, memoryBytes, memoryAvailableBytes),
    model,
    time: estimateTime(model, memory, open.baseQuantization, settings, work, speed)
  }
}

export function fitOf(needed: number, memoryBytes: number, availableBytes: number): Fit {
  if (needed <= availableBytes) return 'fits'
  return needed <= memoryBytes * (1 - keptBySystem) ? 'tight' : 'too-large'
}

/** A run that can never fit is not started. */
export function refuseTooLarge(
  memory: MemoryPlan,
  probe: Pick<Probe, 'memoryBytes' | 'memoryAvailableBytes'>
): void {
  if (fitOf(memory.total, probe.memoryBytes, probe.memoryAvailableBytes) !== 'too-large') return
  const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1)
  throw new NeiroError('RUN_DOES_NOT_FIT', {
    needed: gigabytes(memory.total),
    memory: gigabytes(probe.memoryBytes)
  })
}
