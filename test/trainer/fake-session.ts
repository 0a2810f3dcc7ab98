// A stand-in for the engine in tests of the loop: a "model" of one number that learns towards zero loss by
// what it reads, so that order, repetition or omission of any batch changes the result. Files are JSON.
import { valuesHead } from '../../main/contract/scores'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  Batch,
  ConversationOptions,
  Said,
  ScoreBatch,
  EvaluateResult,
  MemoryPlan,
  GenerateChunk,
  PruneOptions,
  PruneResult,
  StateInfo,
  StepOptions,
  StepResult
} from '../../addon/index'
import { planOnCpu } from '../fixtures/memory-plan'
import type { EngineSession } from '../../main/trainer/engine-session'

export interface FakeScript {
  /** loss of a step instead of the made-up one */
  readonly stepLoss?: (step: number) => number
  /** held-out loss per learnt token; `done` = updates so far */
  readonly heldOutLoss?: (done: number) => number
  /** called before every update, e.g. to ask for a pause */
  readonly onStep?: (step: number) => void
  readonly onEvaluate?: (done: number) => void
  /** as it was opened; absent: on the CPU */
  readonly plan?: MemoryPlan
  /** scores of each example, of a model that scores */
  readonly labels?: number
}

export class FakeSession implements EngineSession {
  /** weight, moment and number of updates that were made */
  state = { weight: 1, moment: 0, updates: 0 }
  closed = false
  readonly steps: {
    readonly microBatches: readonly (Batch | ScoreBatch)[]
    readonly options: StepOptions
  }[] = []
  readonly evaluated: (Batch | ScoreBatch)[] = []

  constructor(private readonly script: FakeScript = {}) {}

  async plan(): Promise<MemoryPlan> {
    return this.script.plan ?? planOnCpu({})
  }

  async step(microBatches: Batch[] | ScoreBatch[], options: StepOptions): Promise<StepResult> {
    this.script.onStep?.(options.step)
    this.steps.push({ microBatches, options })
    const tokens = microBatches.reduce((sum, { tokens }) => sum + tokens.length, 0)
    // a hash of everything read, in order
    const read = microBatches
      .flatMap((batch) => [...batch.tokens, ...learntOf(batch), ...batch.lengths])
      .reduce((hash, value) => (Math.imul(hash, 31) + value) | 0, options.step)
    const loss = this.script.stepLoss?.(options.step) ?? 1 + Math.abs(Math.sin(read)) * this.state.weight
    const skipped = !Number.isFinite(loss)
    if (!skipped) {
      const moment = 0.9 * this.state.moment + 0.1 * Math.sin(read)
      const weight = this.state.weight * (1 - options.learningRate) + 1e-3 * moment
      this.state = { weight, moment, updates: this.state.updates + 1 }
    }
    const learntTokens = microBatches.flatMap((batch) => [...learntOf(batch)]).filter((id) => id >= 0).length
    return { loss, gradNorm: skipped ? NaN : 1, learntTokens, tokens, seconds: 0.01, skipped }
  }

  private gathered: Batch[] = []
  private kept: number | null = null
  private gradient = 0

  /** Made up of what is read and of what was learnt so far. */
  private logsOf(batch: Batch, weight: number): Float32Array {
    return Float32Array.from(batch.labels, (label, i) =>
      label < 0 ? 0 : -1 - Math.abs(Math.sin(label + i * 0.1)) * weight
    )
  }

  async logProbabilities(batch: Batch, { adapter }: { adapter: boolean }): Promise<Float32Array> {
    this.kept = null
    // as the engine: other labels are refused
    if (batch.labels.some((label) => label < 0 && label !== -100)) throw new Error('BAD_TOKEN')
    return this.logsOf(batch, adapter ? this.state.weight : 1)
  }

  async forward(batch: Batch, { head }: { head?: string } = {}): Promise<Float32Array> {
    // of a model that scores, too
    const scores = head !== undefined || !('labels' in batch)
    const said = scores
      ? await this.headScores(batch, head === undefined ? {} : { head })
      : await this.logProbabilities(batch, { adapter: true })
    this.kept = said.length
    this.gathered.push(batch)
    return said
  }

  /** of a head beside: as those of a score head */
  async headScores(
    batch: { tokens: Int32Array; lengths: Int32Array },
    { head }: { head?: string } = {}
  ): Promise<Float32Array> {
    this.kept = null
    // of each token
    if (head === valuesHead.name)
      return Float32Array.from(batch.tokens, (token) => Math.sin(token) * this.state.weight)
    return this.logits(batch)
  }

  async backward(gradient: Float32Array): Promise<void> {
    if (!this.kept || gradient.length !== this.kept) throw new Error('NO_FORWARD_PASS')
    this.kept = null
    gradient.forEach((d, i) => (this.gradient += d * Math.sin(i + 1)))
  }

  async update(loss: number, options: StepOptions): Promise<StepResult> {
    const batches = this.gathered
    this.gathered = []
    const gradient = this.gradient
    this.gradient = 0
    const result = await this.step(batches, options)
    if (!Number.isFinite(loss)) return { ...result, skipped: true }
    this.state.weight += 1e-3 * gradient
    return { ...result, loss }
  }

  readonly pruned: PruneOptions[] = []
  async prune(options: PruneOptions): Promise<PruneResult> {
    this.pruned.push(options)
    this.state.weight *= 0.5
    return { zeros: 50, weights: 100 }
  }

  async evaluate(batch: Batch | ScoreBatch): Promise<EvaluateResult> {
    this.script.onEvaluate?.(this.state.updates)
    this.evaluated.push(batch)
    const loss = this.script.heldOutLoss?.(this.state.updates) ?? 1 + this.state.weight
    const learntTokens = [...learntOf(batch)].filter((id) => id >= 0).length
    return { nllSum: loss * learntTokens, learntTokens, examples: [] }
  }

  /** scores that hang on the tokens and on the weight, as many as the script says for each example */
  async logits({ tokens, lengths }: { tokens: Int32Array; lengths: Int32Array }): Promise<Float32Array> {
    this.script.onEvaluate?.(this.state.updates)
    const { labels = 0 } = this.script
    let at = 0
    return Float32Array.from(
      Array.from(lengths).flatMap((length) => {
        const first = tokens[at] ?? 0
        at += length
        return Array.from({ length: labels }, (_, label) => Math.sin(first + label) * this.state.weight)
      })
    )
  }

  private left: number[] = []
  async generateBegin({ prompt, stopTokens }: { prompt: Int32Array; stopTokens: Int32Array }): Promise<void> {
    const seen = Math.round(this.state.weight * 1e6)
    this.left = [
      ...Array.from({ length: 20 }, (_, i) => (seen + i + (prompt[0] ?? 0)) % 97),
      stopTokens[0] ?? 0
    ]
  }

  async generateNext(count: number): Promise<GenerateChunk> {
    const tokens = Int32Array.from(this.left.splice(0, count))
    return { tokens, finished: this.left.length === 0 ? 'stop' : null }
  }

  private readonly speaking = new Map<number, number[]>()
  /** seeds of all conversations, in the order in which they began */
  readonly seeds: number[] = []

  /** What is said hangs on the question, the seed and what was learnt so far. */
  async beginConversation({
    prompt,
    sampling,
    maxNewTokens,
    stopTokens
  }: ConversationOptions): Promise<number> {
    const place = [...Array(64).keys()].find((one) => !this.speaking.has(one)) ?? 0
    this.seeds.push(sampling.seed)
    const seen = (Math.round(this.state.weight * 1e6) + sampling.seed + (prompt.at(-1) ?? 0)) % 9973
    const said = Array.from({ length: 1 + (seen % 7) }, (_, i) => 3 + ((seen + i) % 90))
    this.speaking.set(place, [...said, stopTokens[0] ?? 0].slice(0, maxNewTokens))
    return place
  }

  async advance(): Promise<Said[]> {
    return [...this.speaking].map(([place, left]) => {
      const token = left.shift() as number
      if (left.length === 0) this.speaking.delete(place)
      return { place, token, ended: left.length === 0 ? ('stop' as const) : null }
    })
  }

  async endConversation(place: number): Promise<void> {
    this.speaking.delete(place)
  }

  async saveAdapter({ dir, baseModelName }: { dir: string; baseModelName: string }): Promise<void> {
    await mkdir(dir, { recursive: true })
    await writeFile(
      join(dir, 'adapter_config.json'),
      JSON.stringify({ base_model_name_or_path: baseModelName })
    )
    await writeFile(join(dir, 'adapter_model.safetensors'), JSON.stringify(this.state.weight))
  }

  async saveHeads(file: string): Promise<void> {
    await writeFile(file, JSON.stringify(this.state.weight))
  }

  async saveMerged({ dir, dtype }: { dir: string; dtype: string }): Promise<void> {
    await mkdir(dir, { recursive: true })
    await writeFile(join(dir, 'model.safetensors'), JSON.stringify({ dtype, weight: this.state.weight }))
  }

  async saveState(file: string): Promise<void> {
    await writeFile(file, JSON.stringify(this.state))
  }

  async loadState(file: string): Promise<StateInfo> {
    this.state = JSON.parse(await readFile(file, 'utf8')) as typeof this.state
    return { step: this.state.updates, writtenBy: 'fake', here: 'fake' }
  }

  cancel(): void {}

  async close(): Promise<void> {
    this.closed = true
  }
}

const learntOf = (batch: Batch | ScoreBatch): Iterable<number> =>
  'labels' in batch ? batch.labels : (batch.targets ?? [])
