// One furnished window for a whole suite: the data folder as a user leaves it, and the app that serves it.
import { afterAll, beforeAll } from 'vitest'
import { furnish, type Furnished } from './furnished'
import { startServed, type Served, type ServeOptions } from './served'

export interface FurnishedWindow {
  readonly served: Served
  readonly furnished: Furnished
}

/** In Japanese. `prepare` changes the folder before it is served. */
export function furnishedWindow(
  folder: string,
  prepare: (furnished: Furnished) => void = () => undefined,
  options: ServeOptions = {}
): () => FurnishedWindow {
  let window: FurnishedWindow
  beforeAll(async () => {
    const furnished = await furnish(folder, 'ja')
    prepare(furnished)
    window = { furnished, served: await startServed(folder, options) }
  }, 300_000)
  afterAll(() => window.served.stop())
  return () => window
}
