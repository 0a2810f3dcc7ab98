// Long work with pauses in which everything else of the process goes on. No timing is decided here but how long
// the work may last without one.

const longest = 12 // ms

export class Pauses {
  private since = performance.now()

  /** Call often; waits for everybody else when the work has lasted. */
  async whenDue(): Promise<void> {
    if (performance.now() - this.since < longest) return
    await new Promise((resume) => setImmediate(resume))
    this.since = performance.now()
  }
}
