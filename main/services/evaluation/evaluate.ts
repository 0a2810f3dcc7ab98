// Fills a sheet: measures items and lets base and tuned answer them, whatever of it is not there yet. May be broken
// off at any moment; begun again, it asks nothing twice.
import { batchOf, setOf } from '../../batches/example-set'
import { packRows } from '../../batches/pack-rows'
import type { RowSource } from '../../contract/records'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { answer } from '../chat/answer'
import { greedy } from '../chat/stream-answer'
import type { Desk } from '../engine/desk'
import type { TunedModel } from '../runs/tuned-model'
import { encodeWhatCan } from '../tokens/encode'
import { askedOf, both, type Candidate, type Item } from './items'
import type { Sheet } from './sheet'

export type Stage = 'loss' | 'answers'

export interface EvaluateOptions {
  readonly desk: Desk
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

export const candidatesOf = ({ adapterDir }: TunedModel): readonly Candidate[] =>
  adapterDir === null ? ['base'] : both

async function measureItems(o: EvaluateOptions): Promise<number> {
  const { sheet, tuned, onLine } = o
  const candidates = candidatesOf(tuned)
  const open = o.items.filter((item) => candidates.some((one) => !sheet.score(item, one)))
  const { examples, refused } = await encodeWhatCan(
    open.map(({ example }) => example),
    tuned.encoding
  )
  const set = setOf(examples)
  const rowsOf = rowsBySource(examples)
  const itemOfRow = new Map(
    open.flatMap((item) => (rowsOf.get(item.example.source) ?? []).map((row) => [row, item]))
  )
  const unable = new Set(refused.map(({ source }) => source)).size
  const total = (o.items.length - unable) * candidates.length
  let done = total - candidates.reduce((sum, one) => sum + missing(one).length, 0)

  function missing(candidate: Candidate): readonly Item[] {
    return [...new Set(itemOfRow.values())].filter((item) => !sheet.score(item, candidate))
  }

  for (const candidate of candidates) {
    const rows = missing(candidate).flatMap(({ example }) => rowsOf.get(example.source) ?? [])
    // an item of several rows is kept when its last one is known
    const sums = new Map<Item, { nllSum: number; learntTokens: number; rows: number }>()
    for (const group of packRows(rows, set.lengths, tuned.open.maxTokens)) {
      const score = await withTurn(o, (host) =>
        host.call('evaluate', { batch: batchOf(set, group), adapter: candidate === 'tuned' })
      )
      for (const [at, row] of group.entries()) {
        const item = itemOfRow.get(row) as Item
        const { nllSum = NaN, learntTokens = 0 } = score.examples[at] ?? {}
        const sum = sums.get(item) ?? { nllSum: 0, learntTokens: 0, rows: 0 }
        const now = {
          nllSum: sum.nllSum + nllSum,
          learntTokens: sum.learntTokens + learntTokens,
          rows: sum.rows + 1
        }
        sums.set(item, now)
        if (now.rows < (rowsOf.get(item.example.source)?.length ?? 0)) continue
        await keep(o, () => sheet.keepScore(item, candidate, now))
        onLine('loss', ++done, total)
      }
    }
  }
  return unable
}

async function answerItems(o: EvaluateOptions): Promise<void> {
  const { sheet, tuned, signal, onLine } = o
  const asked = askedOf(o.items, o.asked)
  const open = asked.flatMap((item) =>
    candidatesOf(tuned)
      .filter((candidate) => sheet.answer(item, candidate) === undefined)
      .map((candidate) => ({ item, candidate }))
  )
  const total = asked.length * candidatesOf(tuned).length
  for (const [at, { item, candidate }] of open.entries()) {
    const { text } = await withTurn(o, (host) =>
      answer(
        host,
        tuned,
        {
          messages: item.exchange?.asked ?? [],
          systemPrompt: tuned.systemPrompt,
          adapter: candidate === 'tuned',
          sampling: greedy,
          maxNewTokens: sheet.head.maxNewTokens
        },
        { signal }
      )
    )
    await keep(o, () => sheet.keepAnswer(item, candidate, text.trim()))
    onLine('answers', total - open.length + at + 1, total)
  }
}

/** One call each, so that a chat may come in between. */
function withTurn<T>(
  { desk, tuned, signal }: EvaluateOptions,
  work: (host: TrainerCaller) => Promise<T>
): Promise<T> {
  return desk.use(tuned.open, work, { work: 'evaluation', signal })
}

/** Not after it was ended: a cancelled answer is only the beginning of one, and the folder may be put away. */
async function keep({ signal }: EvaluateOptions, write: () => Promise<void>): Promise<void> {
  signal.throwIfAborted()
  await write()
}

function rowsBySource(rows: readonly { readonly source: RowSource }[]): Map<RowSource, number[]> {
  const found = new Map<RowSource, number[]>()
  for (const [row, { source }] of rows.entries()) {
    const own = found.get(source)
    if (own) own.push(row)
    else found.set(source, [row])
  }
  return found
}
