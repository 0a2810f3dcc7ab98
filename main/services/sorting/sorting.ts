// Texts sorted by a model that scores: what it says of each, how sure it is, and how well it does on texts whose labels are
// known. Reads no files and keeps nothing.
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { NeiroError } from '../../contract/errors'
import type { Example } from '../../contract/records'
import { sideHead, type ScoredLabels } from '../../contract/scores'
import { packRows } from '../../batches/pack-rows'
import { batchOf, setOf } from '../../batches/example-set'
import { probabilitiesOf, saidOf, scoreFigures, usualThreshold } from '../../metrics/scores'
import { labelReport } from '../../metrics/classification'
import type { Figures } from '../../contract/figures'
import { targetsOf } from '../tokens/labels/scheme'
import { cancelled, type Turns } from '../engine/turns'
import { headOf } from '../runs/training-options'
import type { TunedModel } from '../runs/tuned-model'
import { cutOne } from '../tokens/cut'
import type { EncodedExample } from '../tokens/kinds/kind'

type Labelled = Extract<Example, { kind: 'labelled' }>

/** What is said of one text. */
export interface Verdict {
  /** numbers of the labels that are said, the likeliest first; of a number none */
  readonly said: readonly number[]
  /** of each label its probability; of a number itself */
  readonly probabilities: readonly number[]
}

/** A text that could not be read has an error in place of a verdict. */
export type Sorted = Verdict | NeiroError

export interface SortOptions {
  /** where one of several labels is said */
  readonly threshold?: number
  readonly signal?: AbortSignal
  readonly onText?: (done: number, total: number) => void
}

/** How well rows with labels are sorted. */
export interface SortingReport {
  readonly score: ScoredLabels
  readonly figures: Figures
  /** each row that was sorted, with the numbers of its own labels (of a number its value) */
  readonly rows: readonly (Verdict & { readonly example: Labelled; readonly truth: readonly number[] })[]
  /** rows that cannot be sorted, or whose label nobody has learnt */
  readonly refused: readonly { readonly example: Labelled; readonly error: NeiroError }[]
}

export class Sorting {
  constructor(private readonly turns: Turns) {}

  /** Of each text, in their order. */
  async sort(
    tuned: TunedModel,
    texts: readonly string[],
    options: SortOptions = {}
  ): Promise<readonly Sorted[]> {
    const score = scoreOf(tuned)
    const all = await this.#scores(tuned, texts, options)
    return all.map((scores) =>
      scores instanceof NeiroError ? scores : verdictOf(scores, score, options.threshold)
    )
  }

  /** Of rows whose labels are known. */
  async report(
    tuned: TunedModel,
    examples: readonly Example[],
    options: SortOptions = {}
  ): Promise<SortingReport> {
    const score = scoreOf(tuned)
    const labelled = examples.filter((example): example is Labelled => example.kind === 'labelled')
    if (labelled.length === 0) throw new NeiroError('NO_LABELS')
    const all = await this.#scores(
      tuned,
      labelled.map(({ text }) => text),
      options
    )
    const rows: SortingReport['rows'][number][] = []
    const refused: SortingReport['refused'][number][] = []
    const [scores, targets]: [number[], number[]] = [[], []]
    labelled.forEach((example, i) => {
      const own = all[i] as Float32Array | NeiroError
      const target = targetsOf(example, score)
      if (own instanceof NeiroError || target instanceof NeiroError) {
        refused.push({ example, error: own instanceof NeiroError ? own : (target as NeiroError) })
        return
      }
      scores.push(...own)
      targets.push(...target)
      rows.push({ ...verdictOf(own, score, options.threshold), example, truth: truthOf(target, score) })
    })
    if (rows.length === 0) throw refused[0]?.error ?? new NeiroError('NO_LABELS')
    const figures = scoreFigures(Float32Array.from(scores), Float32Array.from(targets), score)
    return { score, figures, rows, refused }
  }

  async #scores(
    tuned: TunedModel,
    texts: readonly string[],
    { signal, onText }: SortOptions
  ): Promise<readonly (Float32Array | NeiroError)[]> {
    const source = { file: '', row: 0 }
    const examples = texts.map((text): Labelled => ({ kind: 'labelled', text, labels: [], source }))
    const outcomes = await tuned.modelText.outcomes(examples, '')
    const encoded = examples.map((example, i) => cutOne(example, outcomes[i] ?? [], tuned.encoding))
    const readable = encoded.flatMap((one, at) =>
      one instanceof NeiroError ? [] : [{ at, row: one[0] as EncodedExample }]
    )
    const all: (Float32Array | NeiroError)[] = encoded.map((one) =>
      one instanceof NeiroError ? one : new Float32Array()
    )
    if (readable.length === 0) return all
    const set = setOf(readable.map(({ row }) => row))
    const width = scoreOf(tuned).labels.length
    await this.turns.use(
      openedFor(tuned),
      async (host: TrainerCaller) => {
        let done = 0
        for (const some of packRows(set.lengths.keys(), set.lengths, tuned.open.maxTokens)) {
          if (signal?.aborted) throw cancelled()
          const { tokens, lengths } = batchOf(set, some)
          const scores = await (tuned.score
            ? host.call('logits', { tokens, lengths, adapter: true })
            : host.call('headScores', { tokens, lengths, head: sideHead }))
          some.forEach((example, i) => {
            const { at } = readable[example] as (typeof readable)[number]
            all[at] = scores.slice(width * i, width * (i + 1))
          })
          onText?.((done += some.length), readable.length)
        }
      },
      { work: 'evaluation', ...(signal && { signal }) }
    )
    return all
  }
}

/** Throws NO_SCORE_HEAD for a model that says words, RATES_REPLIES for one that gives replies points. */
export function scoreOf({ score, beside }: Pick<TunedModel, 'score' | 'beside'>): ScoredLabels {
  if (score?.rates) throw new NeiroError('RATES_REPLIES')
  if (score) return score
  if (beside) return { problem: beside.problem, labels: beside.labels }
  throw new NeiroError('NO_SCORE_HEAD')
}

/** A head beside the language head comes from a file of its own. */
const openedFor = ({ open, beside }: TunedModel): TunedModel['open'] =>
  beside ? { ...open, maxContext: 0, heads: [headOf(beside.labels.length)], headsFile: beside.file } : open

function verdictOf(scores: Float32Array, score: ScoredLabels, threshold = usualThreshold): Verdict {
  const probabilities = probabilitiesOf(scores, score)
  if (score.problem === 'regression') return { said: [], probabilities }
  const said = [...saidOf(probabilities, score, threshold)]
  return { said: said.sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0)), probabilities }
}

/** The same rows with another threshold: nothing is calculated again but what is said of them. */
export function saidAgain(report: SortingReport, threshold: number): SortingReport {
  const { score, rows } = report
  if (score.problem !== 'multi_label_classification' || threshold === usualThreshold) return report
  const again = rows.map((row) => ({ ...row, said: [...saidOf(row.probabilities, score, threshold)] }))
  const flags = (numbers: readonly number[]): boolean[] => score.labels.map((_, at) => numbers.includes(at))
  const { accuracy, macroF1, microF1, weightedF1 } = labelReport(
    again.map(({ truth }) => flags(truth)),
    again.map(({ said }) => flags(said)),
    score.labels.length
  )
  return { ...report, rows: again, figures: { ...report.figures, accuracy, macroF1, microF1, weightedF1 } }
}

/** Is what is said what it is? Of a number nobody can say. */
export function isRight(
  { said, truth }: { readonly said: readonly number[]; readonly truth: readonly number[] },
  problem: ScoredLabels['problem']
): boolean {
  if (problem === 'regression') return false
  return said.length === truth.length && said.every((label) => truth.includes(label))
}

function truthOf(target: Float32Array, { problem }: ScoredLabels): readonly number[] {
  if (problem !== 'multi_label_classification') return [...target]
  return [...target].flatMap((is, label) => (is === 1 ? [label] : []))
}
