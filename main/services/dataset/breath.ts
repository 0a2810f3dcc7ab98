// Long work in short turns: between them everything else of the process has its own. No timing is decided here
// but how long one turn may last.

const turn = 12 // ms

export class Breath {
  private since = performance.now()

  /** Call often; waits for everybody else when the turn is over. */
  async take(): Promise<void> {
    if (performance.now() - this.since < turn) return
    await new Promise((resume) => setImmediate(resume))
    this.since = performance.now()
  }
}
