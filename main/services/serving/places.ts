// How many conversations may run at once on one model.
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { engineOptions, type OpenModelOptions } from '../models/open-model'

/** As many as memory has room for by the engine's own plan: `most`, or its half, or half of that. Bytes may be used. */
export async function placesFor(
  most: number,
  memory: number,
  engine: TrainerCaller,
  openOf: (conversations: number) => Promise<OpenModelOptions> | OpenModelOptions
): Promise<number> {
  for (let places = most; places > 1; places = Math.floor(places / 2)) {
    const { total } = await engine.call('planMemory', engineOptions(await openOf(places)))
    if (total <= memory) return places
  }
  return 1
}
