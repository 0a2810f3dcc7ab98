// Holds back text that may be the beginning of a stop string, so that no part of one is ever shown, also
// when it arrives split over chunks.

export class StopStrings {
  private held = ''
  private found = false

  constructor(private readonly stops: readonly string[]) {}

  get stopped(): boolean {
    return this.found
  }

  /** New text in, text that is safe to show out. After a stop string nothing more comes out. */
  push(text: string): string {
    if (this.found) return ''
    this.held += text
    const at = this.firstStop()
    if (at >= 0) {
      this.found = true
      const shown = this.held.slice(0, at)
      this.held = ''
      return shown
    }
    const keep = this.pendingLength()
    const shown = this.held.slice(0, this.held.length - keep)
    this.held = this.held.slice(this.held.length - keep)
    return shown
  }

  /** The end of the answer: what was held back turned out to be no stop string. */
  end(): string {
    const rest = this.held
    this.held = ''
    return this.found ? '' : rest
  }

  private firstStop(): number {
    const places = this.stops
      .map((stop) => (stop === '' ? -1 : this.held.indexOf(stop)))
      .filter((at) => at >= 0)
    return places.length > 0 ? Math.min(...places) : -1
  }

  /** Length of the longest end of the held text that begins some stop string. */
  private pendingLength(): number {
    let longest = 0
    for (const stop of this.stops) {
      const most = Math.min(stop.length - 1, this.held.length)
      for (let length = most; length > longest; length--) {
        if (this.held.endsWith(stop.slice(0, length))) longest = length
      }
    }
    return longest
  }
}
