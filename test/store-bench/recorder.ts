// Steps one after another: how long each took, and how long this process was silent at the longest meanwhile.
import { Silence } from '../workshop/silence'

export interface Step {
  readonly step: string
  readonly ms: number
  readonly silent: number
}

export class Recorder {
  readonly steps: Step[] = []

  async timed<T>(step: string, work: () => Promise<T>): Promise<T> {
    const silence = new Silence()
    const begun = performance.now()
    const result = await work()
    const ms = performance.now() - begun
    this.steps.push({ step, ms, silent: silence.end() })
    return result
  }
}
