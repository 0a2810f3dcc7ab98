// How long the rest of a run takes, from moving averages of what updates and evaluations took. It is for the
// eye only: nothing in the loop may depend on it.

const window = 20

export class TimeLeft {
  private readonly steps: { seconds: number; tokens: number }[] = []
  private readonly evaluations: number[] = []

  addStep(seconds: number, tokens: number): void {
    this.steps.push({ seconds, tokens })
    if (this.steps.length > window) this.steps.shift()
  }

  addEvaluation(seconds: number): void {
    this.evaluations.push(seconds)
    if (this.evaluations.length > window) this.evaluations.shift()
  }

  tokensPerSecond(): number | null {
    const seconds = sum(this.steps.map((step) => step.seconds))
    return seconds > 0 ? sum(this.steps.map((step) => step.tokens)) / seconds : null
  }

  seconds(stepsLeft: number, evaluationsLeft: number): number | null {
    if (this.steps.length === 0) return null
    const step = mean(this.steps.map(({ seconds }) => seconds))
    return stepsLeft * step + evaluationsLeft * mean(this.evaluations)
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const mean = (values: readonly number[]): number => (values.length > 0 ? sum(values) / values.length : 0)
