// Pairs of replies by a model that gives them points: what each was given, and how often the preferred one has more. Reads no
// files and keeps nothing.
import { setOf } from '../../batches/example-set'
import { packRows } from '../../batches/pack-rows'
import { layPairs } from '../../batches/pair-batch'
import { NeiroError } from '../../contract/errors'
import type { Figures } from '../../contract/figures'
import type { Example } from '../../contract/records'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { pointFigures, pointsOf, type Points } from '../../metrics/points'
import { cancelled, type Turns } from '../engine/turns'
import type { TunedModel } from '../runs/tuned-model'
import { cutOne } from '../tokens/cut'

type Preference = Extract<Example, { kind: 'preference' }>

export interface RatingReport {
  readonly figures: Figures
  readonly pairs: readonly (Points & { readonly example: Preference })[]
  /** pairs that cannot be read */
  readonly refused: readonly { readonly example: Preference; readonly error: NeiroError }[]
}

export interface RateOptions {
  readonly signal?: AbortSignal
  readonly onPair?: (done: number, total: number) => void
}

export class Rating {
  constructor(private readonly turns: Turns) {}

  /** Throws NO_PAIRS, or what is wrong with the first where none can be read. */
  async report(
    tuned: TunedModel,
    examples: readonly Example[],
    { signal, onPair }: RateOptions = {}
  ): Promise<RatingReport> {
    const all = examples.filter((example): example is Preference => example.kind === 'preference')
    if (all.length === 0) throw new NeiroError('NO_PAIRS')
    const outcomes = await tuned.modelText.outcomes(all, tuned.encoding.systemPrompt ?? '')
    const refused: RatingReport['refused'][number][] = []
    const read = all.flatMap((example, at) => {
      const cut = cutOne(example, outcomes[at] ?? [], tuned.encoding)
      if (!(cut instanceof NeiroError)) return cut.map((encoded) => ({ example, encoded }))
      refused.push({ example, error: cut })
      return []
    })
    if (read.length === 0) throw refused[0]?.error ?? new NeiroError('NO_PAIRS')
    const set = setOf(read.map(({ encoded }) => encoded))
    const found: Points[] = []
    await this.turns.use(
      tuned.open,
      async (host: TrainerCaller) => {
        for (const some of packRows(set.lengths.keys(), set.lengths, tuned.open.maxTokens)) {
          if (signal?.aborted) throw cancelled()
          const { tokens, lengths } = layPairs(set, some)
          const given = pointsOf(await host.call('logits', { tokens, lengths, adapter: true }))
          some.forEach((example, i) => (found[example] = given[i] as Points))
          onPair?.(found.length, read.length)
        }
      },
      { work: 'evaluation', ...(signal && { signal }) }
    )
    const pairs = read.map(({ example }, at) => ({ example, ...(found[at] as Points) }))
    return { figures: pointFigures(found), pairs, refused }
  }
}
