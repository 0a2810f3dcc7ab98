// Fills a sheet: measures items and lets candidates answer them, whatever of it is not there yet. May be broken off at
// any moment; begun again, it asks nothing twice.
import { batchOf, setOf, type TokenExample } from '../../batches/example-set'
import { packRows } from '../../batches/pack-rows'
import { NeiroError } from '../../contract/errors'
import type { Example } from '../../contract/records'
import { lockFolder } from '../../files/run-lock'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import type { Turns } from '../engine/turns'
import { notLearnt } from '../tokens/kinds/kind'
import { cutOne } from '../tokens/cut'
import { answerEach, type Asked } from './answer-items'
import { askService, type AskServiceOptions } from './ask-service'
import type { Contestant } from './contestants'
import { askedOf, type Item } from './items'
import type { KeptAnswer, Sheet, TokenSum } from './sheet'

export type Stage = 'loss' | 'answers'

export interface EvaluateOptions {
  readonly turns: Turns
  readonly contestants: readonly Contestant[]
  /** what preferences are held against, where it is none of these: measured only */
  readonly reference?: Contestant | null
  readonly items: readonly Item[]
  readonly sheet: Sheet
  /** so many items are answered */
  readonly asked: number
  /** measure the loss of every item, or of those that are answered */
  readonly measure: 'all' | 'asked'
  readonly signal: AbortSignal
  readonly onBusy?: AskServiceOptions['onBusy']
  /** a line more is in the sheet */
  readonly onLine: (stage: Stage, done: number, total: number) => void
}

/** Answers with the number of items that cannot be measured with this model. Throws EVALUATION_BUSY where another process
 *  fills the same sheet: both would ask everything. */
export async function evaluate(o: EvaluateOptions): Promise<{ readonly refused: number }> {
  const { dir } = o.sheet
  const lock = dir === null ? null : await lockFolder(dir)
  if (dir !== null && lock === null) throw new NeiroError('EVALUATION_BUSY')
  try {
    // who had it before us may have written since we looked
    await o.sheet.lookAgain()
    const refused = await measureItems(o)
    await answerItems(o)
    return { refused }
  } finally {
    await lock?.release()
  }
}

async function measureItems(o: EvaluateOptions): Promise<number> {
  const items = o.measure === 'all' ? o.items : askedOf(o.items, o.asked)
  const first = o.contestants.find(({ service }) => !service)
  if (!first) return 0
  const learnt = new Map<Item, number>()
  for (const some of lotsOf(items))
    for (const [item, tokens] of (await encode(some, first, null)).rowsOf) learnt.set(item, tokens)
  const measurable = [...learnt.keys()]
  // another vocabulary has other losses; a plain text has nothing that could stand before it
  const pairs = [...o.contestants, ...(o.reference ? [o.reference] : [])].flatMap((contestant) => {
    if (contestant.service || contestant.tuned.model.dir !== first.tuned.model.dir) return []
    const isAsked = (item: Item): boolean => !item.continues && askedOf([item], 1).length > 0
    const own = contestant.plain ? measurable : measurable.filter(isAsked)
    return [{ contestant, own }]
  })
  const total = pairs.reduce((sum, { own }) => sum + own.length, 0)
  const missing = ({ contestant, own }: (typeof pairs)[number]): readonly Item[] =>
    own.filter((item) => !o.sheet.score(item, contestant.candidate.id))
  let done = total - pairs.reduce((sum, pair) => sum + missing(pair).length, 0)
  for (const pair of pairs) {
    for (const open of lotsOf(missing(pair))) {
      const encoded = await encode(open, pair.contestant, pair.contestant.plain ? null : learnt)
      await measureFor(o, pair.contestant, open, encoded, () => o.onLine('loss', ++done, total))
    }
  }
  return items.length - learnt.size
}

/** Items whose tokens are held at once: the tokens of all would be many times what the items are. */
const lot = 500

function* lotsOf(items: readonly Item[]): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += lot) yield items.slice(at, at + lot)
}

type Part = 'measured' | 'other'
const parts: readonly Part[] = ['measured', 'other']

async function measureFor(
  o: EvaluateOptions,
  contestant: Contestant,
  open: readonly Item[],
  { rows, at }: Encoded,
  onDone: () => void
): Promise<void> {
  const set = setOf(rows)
  const owner = new Map(
    open.flatMap((item) =>
      parts.flatMap((part) => (at[part].get(item) ?? []).map((row) => [row, { item, part }] as const))
    )
  )
  // an item of several rows is kept when its last one is known
  const known = new Map<Item, { readonly sums: Record<Part, TokenSum>; rows: number }>()
  const { maxTokens, before = 0 } = contestant.open
  for (const group of packRows(owner.keys(), set.lengths, maxTokens + before, before)) {
    const score = await withTurn(o, contestant, (host) =>
      host.call('evaluate', { batch: batchOf(set, group), adapter: contestant.adapter })
    )
    for (const [place, row] of group.entries()) {
      const { item, part } = owner.get(row) as { item: Item; part: Part }
      const nothing: TokenSum = { nllSum: 0, learntTokens: 0 }
      const own = known.get(item) ?? { sums: { measured: nothing, other: nothing }, rows: 0 }
      known.set(item, own)
      const { nllSum = NaN, learntTokens = 0 } = score.examples[place] ?? {}
      const before = own.sums[part]
      own.sums[part] = {
        nllSum: before.nllSum + nllSum,
        learntTokens: before.learntTokens + learntTokens
      }
      own.rows++
      const others = at.other.get(item)
      if (own.rows < (at.measured.get(item)?.length ?? 0) + (others?.length ?? 0)) continue
      const { measured, other } = own.sums
      await keep(o, () =>
        o.sheet.keepScore(item, contestant.candidate.id, { ...measured, ...(others && { other }) })
      )
      onDone()
    }
  }
}

interface Encoded {
  readonly rows: readonly TokenExample[]
  /** learnt tokens of each item, and by `at` its rows */
  readonly rowsOf: ReadonlyMap<Item, number>
  readonly at: Readonly<Record<Part, ReadonlyMap<Item, readonly number[]>>>
}

/** Rows of tokens, and which of them are whose; without those that this model cannot read. With more before the question
 *  an item counts only where all that it learns is still there: `learnt` says how much that is. */
async function encode(
  items: readonly Item[],
  contestant: Contestant,
  learnt: ReadonlyMap<Item, number> | null
): Promise<Encoded> {
  const { encoding, open } = contestant.tuned
  const limits = contestant.plain ? encoding : { ...encoding, maxSeqLength: open.maxTokens }
  const cutOf = async (texts: readonly Example[]): Promise<readonly (readonly TokenExample[] | null)[]> => {
    const outcomes = await encoding.modelText.outcomes(texts, encoding.systemPrompt ?? '')
    return texts.map((text, i) => {
      const cut = cutOne(text, outcomes[i] ?? [], limits)
      return cut instanceof NeiroError ? null : cut
    })
  }
  const examples: Example[] = []
  for (const item of items) examples.push(contestant.plain ? item.measured : await framed(item, contestant))
  const [own, others] = [await cutOf(examples), new Map<Item, readonly TokenExample[] | null>()]
  if (contestant.plain) {
    const paired = items.filter(({ other }) => other !== null)
    const cut = await cutOf(paired.flatMap(({ other }) => other ?? []))
    paired.forEach((item, i) => others.set(item, cut[i] ?? null))
  }
  const rows: TokenExample[] = []
  const placed = (cut: readonly TokenExample[]): readonly number[] => cut.map((row) => rows.push(row) - 1)
  const rowsOf = new Map<Item, number>()
  const at = { measured: new Map<Item, readonly number[]>(), other: new Map<Item, readonly number[]>() }
  for (const [place, item] of items.entries()) {
    const cut = own[place]
    const other = others.get(item)
    if (!cut || other === null) continue
    const tokens = cut.reduce(
      (sum, { labels }) => sum + labels.filter((label) => label !== notLearnt).length,
      0
    )
    if (learnt && tokens !== learnt.get(item)) continue
    rowsOf.set(item, tokens)
    at.measured.set(item, placed(cut))
    if (other) at.other.set(item, placed(other))
  }
  return { rows, rowsOf, at }
}

/** The example with what its candidate is told before it. */
async function framed(item: Item, { ask }: Contestant): Promise<Example> {
  const { example, exchange, measured } = item
  if (exchange === null) return measured
  const { messages } = await ask(item)
  // earlier answers are what the question stands on
  const context = messages.map((one) => (one.role === 'assistant' ? { ...one, weight: 0 as const } : one))
  return {
    kind: 'conversation',
    messages: [...context, { role: 'assistant', content: exchange.answer }],
    source: example.source
  }
}

async function answerItems(o: EvaluateOptions): Promise<void> {
  const { sheet, turns, signal, onLine } = o
  const asked = askedOf(o.items, o.asked)
  const total = asked.length * o.contestants.length
  // a model is opened once for all who share it
  const models = new Map<string, Contestant[]>()
  for (const one of o.contestants.filter(({ service }) => !service)) {
    const key = JSON.stringify(one.open)
    models.set(key, [...(models.get(key) ?? []), one])
  }
  const openOf = (contestants: readonly Contestant[]): readonly Asked[] =>
    asked.flatMap((item) =>
      contestants
        .filter(({ candidate }) => sheet.answer(item, candidate.id) === undefined)
        .map((contestant) => ({ item, contestant }))
    )
  let done = total - openOf(o.contestants).length
  const { maxNewTokens } = sheet.head
  const onAnswer = async ({ item, contestant }: Asked, answer: KeptAnswer): Promise<void> => {
    await keep(o, () => sheet.keepAnswer(item, contestant.candidate.id, answer))
    onLine('answers', ++done, total)
  }
  for (const contestants of models.values())
    await answerEach(openOf(contestants), { turns, signal, maxNewTokens }, onAnswer)
  const away = o.contestants.filter(({ service }) => service)
  await askService(openOf(away), { signal, maxNewTokens, onBusy: o.onBusy }, onAnswer)
}

/** One call each, so that a chat may come in between. */
function withTurn<T>(
  { turns, signal }: EvaluateOptions,
  { open }: Contestant,
  work: (host: TrainerCaller) => Promise<T>
): Promise<T> {
  return turns.use(open, work, { work: 'evaluation', signal })
}

/** Not after it was ended: a cancelled answer is only the beginning of one, and the folder may be put away. */
async function keep({ signal }: EvaluateOptions, write: () => Promise<void>): Promise<void> {
  signal.throwIfAborted()
  await write()
}
