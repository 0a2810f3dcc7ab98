// How many conversations may run at once on one model.
import { onPc } from '../../contract/memory-shares'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { engineOptions, type OpenModelOptions } from '../models/open-model'

/** As many as memory has room for by the engine's own plan: `most`, or its half, or half of that. Bytes of the PC's
 *  memory may be used; a plan that lies on the GPU fits there already, for else it would not. */
export async function placesFor(
  most: number,
  memory: number,
  engine: TrainerCaller,
  openOf: (conversations: number) => Promise<OpenModelOptions> | OpenModelOptions
): Promise<number> {
  for (let places = most; places > 1; places = Math.floor(places / 2)) {
    const plan = await engine.call('planMemory', engineOptions(await openOf(places)))
    if (onPc(plan) <= memory && (plan.onGpu?.total ?? 0) <= plan.gpuFree) return places
  }
  return 1
}
