// Fills a sheet: measures items and lets base and tuned answer them, whatever of it is not there yet. May be broken
// off at any moment; begun again, it asks nothing twice.
import { batchOf, setOf, type TokenExample } from '../../batches/example-set'
import { packRows } from '../../batches/pack-rows'
import { NeiroError } from '../../contract/errors'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import type { Turns } from '../engine/turns'
import type { TunedModel } from '../runs/tuned-model'
import { cutOne } from '../tokens/cut'
import { answerEach } from './answer-items'
import { askedOf, both, type Candidate, type Item } from './items'
import type { Sheet } from './sheet'

export type Stage = 'loss' | 'answers'

export interface EvaluateOptions {
  readonly turns: Turns
  readonly tuned: TunedModel
  readonly items: readonly Item[]
  readonly sheet: Sheet
  /** so many items are answered */
  readonly asked: number
  /** measure the loss of every item */
  readonly measure: boolean
  readonly signal: AbortSignal
  /** a line more is in the sheet */
  readonly onLine: (stage: Stage, done: number, total: number) => void
}

/** Answers with the number of items that cannot be measured with this model. */
export async function evaluate(o: EvaluateOptions): Promise<{ readonly refused: number }> {
  const refused = o.measure ? await measureItems(o) : 0
  await answerItems(o)
  return { refused }
}

export const candidatesOf = ({ isTuned }: TunedModel): readonly Candidate[] => (isTuned ? both : ['base'])

async function measureItems(o: EvaluateOptions): Promise<number> {
  const { sheet, tuned, onLine } = o
  const candidates = candidatesOf(tuned)
  const open = o.items.filter((item) => candidates.some((one) => !sheet.score(item, one)))
  const { rowsOf, rows, refused } = await encode(open, tuned)
  const set = setOf(rows)
  const missing = (candidate: Candidate): readonly Item[] =>
    [...rowsOf.keys()].filter((item) => !sheet.score(item, candidate))
  const total = (o.items.length - refused) * candidates.length
  let done = total - candidates.reduce((sum, one) => sum + missing(one).length, 0)
  for (const candidate of candidates) {
    const owner = new Map(
      missing(candidate).flatMap((item) => (rowsOf.get(item) ?? []).map((row) => [row, item]))
    )
    // an item of several rows is kept when its last one is known
    const sums = new Map<Item, { nllSum: number; learntTokens: number; rows: number }>()
    for (const group of packRows(owner.keys(), set.lengths, tuned.open.maxTokens)) {
      const score = await withTurn(o, candidate, (host) =>
        host.call('evaluate', { batch: batchOf(set, group), adapter: candidate === 'tuned' })
      )
      for (const [at, row] of group.entries()) {
        const item = owner.get(row) as Item
        const { nllSum = NaN, learntTokens = 0 } = score.examples[at] ?? {}
        const sum = sums.get(item) ?? { nllSum: 0, learntTokens: 0, rows: 0 }
        sum.nllSum += nllSum
        sum.learntTokens += learntTokens
        sum.rows++
        sums.set(item, sum)
        if (sum.rows < (rowsOf.get(item)?.length ?? 0)) continue
        await keep(o, () => sheet.keepScore(item, candidate, sum))
        onLine('loss', ++done, total)
      }
    }
  }
  return refused
}

/** Rows of tokens, and which of them are whose; without those that this model cannot read. */
async function encode(
  items: readonly Item[],
  { encoding }: TunedModel
): Promise<{ rows: readonly TokenExample[]; rowsOf: Map<Item, readonly number[]>; refused: number }> {
  const examples = items.map(({ example }) => example)
  const outcomes = await encoding.modelText.outcomes(examples, encoding.systemPrompt ?? '')
  const rows: TokenExample[] = []
  const rowsOf = new Map<Item, readonly number[]>()
  for (const [at, item] of items.entries()) {
    const cut = cutOne(item.example, outcomes[at] ?? [], encoding)
    if (cut instanceof NeiroError) continue
    rowsOf.set(
      item,
      cut.map((row) => rows.push(row) - 1)
    )
  }
  return { rows, rowsOf, refused: items.length - rowsOf.size }
}

async function answerItems(o: EvaluateOptions): Promise<void> {
  const { sheet, tuned, turns, signal, onLine } = o
  const asked = askedOf(o.items, o.asked)
  const open = asked.flatMap((item) =>
    candidatesOf(tuned)
      .filter((candidate) => sheet.answer(item, candidate) === undefined)
      .map((candidate) => ({ item, candidate }))
  )
  const total = asked.length * candidatesOf(tuned).length
  let done = total - open.length
  await answerEach(
    open,
    { turns, tuned, signal, maxNewTokens: sheet.head.maxNewTokens },
    async ({ item, candidate }, text) => {
      await keep(o, () => sheet.keepAnswer(item, candidate, text))
      onLine('answers', ++done, total)
    }
  )
}

/** One call each, so that a chat may come in between. */
function withTurn<T>(
  { turns, tuned, signal }: EvaluateOptions,
  candidate: Candidate,
  work: (host: TrainerCaller) => Promise<T>
): Promise<T> {
  return turns.use(candidate === 'base' ? tuned.openBase : tuned.open, work, { work: 'evaluation', signal })
}

/** Not after it was ended: a cancelled answer is only the beginning of one, and the folder may be put away. */
async function keep({ signal }: EvaluateOptions, write: () => Promise<void>): Promise<void> {
  signal.throwIfAborted()
  await write()
}
