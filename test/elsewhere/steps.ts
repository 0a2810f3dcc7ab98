// What was tried, one line each with its time, and whether all of it held.
import { performance } from 'node:perf_hooks'

export class Steps {
  #held = 0
  #failed = 0

  constructor(private readonly part: string) {}

  /** What it answers is said beside it. */
  async step(name: string, act: () => string | void | Promise<string | void>): Promise<void> {
    const begun = performance.now()
    const seconds = (): string => `${((performance.now() - begun) / 1000).toFixed(1)} s`
    try {
      const said = await act()
      this.#held++
      console.log(`ok      ${this.part}: ${name} (${seconds()})${said ? `: ${said}` : ''}`)
    } catch (error) {
      this.#failed++
      console.log(`NOT OK  ${this.part}: ${name} (${seconds()}): ${(error as Error).message}`)
    }
  }

  get counts(): { readonly held: number; readonly failed: number } {
    return { held: this.#held, failed: this.#failed }
  }
}

export function hold(fact: boolean, otherwise: string): void {
  if (!fact) throw new Error(otherwise)
}
