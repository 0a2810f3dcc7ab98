// How fast bytes come: over the last seconds, so that it follows the line and does not jump.

const windowMs = 6000

export class Speed {
  #samples: { readonly at: number; readonly bytes: number }[] = []

  constructor(private readonly clock: () => number = () => performance.now()) {}

  /** Bytes a second now that so many are there; null before there is enough to say. */
  at(bytes: number): number | null {
    const at = this.clock()
    // what was discarded is no speed
    if (bytes < (this.#samples.at(-1)?.bytes ?? 0)) this.#samples = []
    this.#samples.push({ at, bytes })
    while (this.#samples.length > 2 && at - (this.#samples[0]?.at ?? at) > windowMs) this.#samples.shift()
    const first = this.#samples[0]
    if (!first || at - first.at < 500) return null
    return ((bytes - first.bytes) / (at - first.at)) * 1000
  }
}
