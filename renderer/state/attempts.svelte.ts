// What a part of the window last tried and could not do: shown where it was tried, until the next try.
export class Attempts {
  #failure = $state.raw<unknown>(null)

  get failure(): unknown {
    return this.#failure
  }

  forget(): void {
    this.#failure = null
  }

  /** null where it failed. */
  async make<T>(work: () => Promise<T>): Promise<T | null> {
    this.#failure = null
    try {
      return await work()
    } catch (error) {
      this.#failure = error
      return null
    }
  }
}
