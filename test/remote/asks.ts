// What was asked of a real place, and whether it held.
export type Ask = (what: string, held: boolean) => void

export class Asks {
  #failed = 0

  readonly ask: Ask = (what, held) => {
    if (!held) this.#failed++
    process.stdout.write(`${held ? 'held  ' : 'FAILED'}  ${what}\n`)
  }

  get failed(): number {
    return this.#failed
  }
}
