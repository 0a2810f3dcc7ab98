// How long this process was busy with one thing at the longest: what a window feels as a standstill. Counted in time of
// the processor, so that a machine that is busy with others makes nobody guilty.
export class Silence {
  #longest = 0
  #last = performance.now()
  #used = process.cpuUsage()
  readonly #timer = setInterval(() => this.#look(), 5)

  /** Milliseconds. */
  end(): number {
    clearInterval(this.#timer)
    this.#look()
    return this.#longest
  }

  #look(): void {
    const now = performance.now()
    const { user, system } = process.cpuUsage(this.#used)
    this.#longest = Math.max(this.#longest, Math.min(now - this.#last, (user + system) / 1000))
    this.#last = now
    this.#used = process.cpuUsage()
  }
}
