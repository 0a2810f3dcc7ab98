// Rows that are the same, nearly the same, or answer one question in different ways, and those of them that stand on both
// sides of the split. Keys and min-hashes while the rows come; the few candidates are read a second time and compared.
import type { KeepChoice } from '../../../contract/check-up'
import { hashOf } from '../../dataset/kept/search-form'
import { togetherOf } from '../../dataset/kinds'
import { Pauses } from '../../reading/pauses'
import { contradiction, factsOf, numbersIn, type Facts } from '../alike/facts'
import { Keys } from '../alike/buckets'
import { Groups } from '../alike/groups'
import { likeness, piecesOf, sortedPieces } from '../alike/pieces'
import { asksAlike, contentKey, contentOf, type QuestionContent } from '../alike/question'
import { aboutTheSame, haveNothingInCommon, wordsOf, wordsOfKey } from '../alike/same-things'
import { pairsWithin, Signatures } from '../alike/signatures'
import { Hits, type Found } from '../hits'
import { placeOf, type CheckedRow } from '../row'
import { thresholds } from '../thresholds'
import { onBothSides, type DrawWithout } from './both-sides'

/** Reads rows again by their places in the order of the set, given in order. */
export type ReadRows = (at: readonly number[]) => Promise<readonly CheckedRow[]>

/** pairs that are compared at once, and rows of the same questions */
const atOnce = { pairs: 4000, rows: 2000 }

/** rows that are kept while pairs are compared */
const mostKnown = 16_000

export class AlikeRows {
  readonly #signatures: Signatures
  readonly #texts: Keys
  readonly #questions: Keys
  /** of what is asked to the letter, but for width, case and marks */
  readonly #openings: Keys
  readonly #held: Uint8Array
  readonly #index: Uint32Array
  readonly #lengths: Uint32Array
  readonly #pauses = new Pauses()
  /** rows that were read a second time */
  readonly #known = new Map<number, Compared>()

  /** count: of all rows that will come */
  constructor(private readonly count: number) {
    this.#signatures = new Signatures(count)
    this.#texts = new Keys(count)
    this.#questions = new Keys(count)
    this.#openings = new Keys(count)
    this.#held = new Uint8Array(count)
    this.#index = new Uint32Array(count)
    this.#lengths = new Uint32Array(count)
  }

  look(row: CheckedRow): void {
    const { at } = row
    this.#held[at] = row.heldOut ? 1 : 0
    this.#index[at] = row.index
    this.#lengths[at] = row.answer.length
    // made to be nearly like another, and never held out
    if (row.example.synthetic) return this.leaveOut(row)
    // of an example and of a choice between answers to its question, neither is learnt with the other
    const part = togetherOf(row.example.kind)
    this.#texts.set(at, hashOf([part, ...row.texts, toldOf(row)].join('\u0001')))
    this.#signatures.set(at, piecesOf(`${row.question}\n${row.answer}`))
    if (row.question === '' || row.texts.length > (row.other === null ? 3 : 4)) return
    const opening = `${part}${row.question
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s\p{P}]+/gu, '')}`
    this.#openings.set(at, hashOf(opening))
    this.#questions.set(
      at,
      hashOf(
        `${part}${contentKey(row.question) || row.question.normalize('NFKC').replace(/[\s\p{P}]/gu, '')}`
      )
    )
  }

  /** It is like no other. */
  leaveOut({ at }: Pick<CheckedRow, 'at'>): void {
    this.#signatures.leaveOut(at)
  }

  /** draw: absent where what is held out stays so whatever goes. */
  async found(
    read: ReadRows,
    keep: KeepChoice,
    isLabels: boolean,
    draw?: DrawWithout
  ): Promise<readonly Found[]> {
    const exact = await this.#same()
    const near = await this.#near(read)
    const all = [
      ...(await this.#contradictions(read, exact, keep, isLabels)),
      await this.#leaks(read, exact, near, draw),
      await this.#groups('duplicates', exact, read, keep),
      await this.#groups('near-duplicates', near, read, keep)
    ]
    return all.flatMap((found) => found ?? [])
  }

  /** Held-out rows that are in the training part too, and nothing else. */
  async onBothSides(read: ReadRows): Promise<Found | null> {
    const exact = await this.#same()
    return this.#leaks(read, exact, await this.#near(read))
  }

  /** Word for word; but for the first of them, they are like no other any more. */
  async #same(): Promise<Groups> {
    const groups = new Groups(this.count)
    for await (const [first, ...others] of this.#texts.same(this.#pauses))
      for (const at of others) {
        groups.join(first as number, at)
        this.#signatures.leaveOut(at)
      }
    return groups
  }

  async #groups(
    kind: 'duplicates' | 'near-duplicates',
    groups: Groups,
    read: ReadRows,
    keep: KeepChoice
  ): Promise<Found | null> {
    const hits = new Hits(kind)
    for (const group of groups.all()) {
      hits.count += group.length - 1
      const kept = this.#kept(group, keep)
      for (const at of group) if (at !== kept) hits.target(this.#index[at] as number)
      if (hits.wantsExamples)
        hits.show({
          places: (await read(group.slice(0, 3))).map(placeOf),
          excerpt: null
        })
    }
    return hits.found()
  }

  #kept(group: readonly number[], keep: KeepChoice): number {
    if (keep === 'first') return group[0] as number
    if (keep === 'last') return group.at(-1) as number
    return group.reduce((best, at) =>
      (this.#lengths[at] as number) > (this.#lengths[best] as number) ? at : best
    )
  }

  async #near(read: ReadRows): Promise<Groups> {
    const groups = new Groups(this.count)
    const areApart = (a: number, b: number): boolean => groups.of(a) !== groups.of(b)
    let waiting: (readonly [number, number])[] = []
    const compare = async (): Promise<void> => {
      const wanted = waiting.filter(([a, b]) => areApart(a, b))
      waiting = []
      const rows = await this.#read(read, wanted.flat())
      for (const [a, b] of wanted) {
        if (areApart(a, b) && nearlySame(rows.get(a) as Compared, rows.get(b) as Compared)) groups.join(a, b)
        await this.#pauses.whenDue()
      }
    }
    const compareLater = async (pair: readonly [number, number]): Promise<void> => {
      waiting.push(pair)
      if (waiting.length >= atOnce.pairs) await compare()
    }
    // those that ask the same first: where all rows are of one form, a bucket of hashes holds too many
    for await (const group of this.#questions.same(this.#pauses))
      for (const [a, b] of pairsWithin(
        group.filter((at) => this.#signatures.standsFor(at)),
        thresholds.asked
      ))
        if (areApart(a, b) && this.#signatures.mayBeAlike(a, b)) await compareLater([a, b])
    for await (const pair of this.#signatures.pairs(areApart, this.#pauses)) await compareLater(pair)
    await compare()
    return groups
  }

  async #read(read: ReadRows, places: readonly number[]): Promise<ReadonlyMap<number, Compared>> {
    // the first ones of a bucket are compared again and again
    if (this.#known.size > mostKnown) this.#known.clear()
    const unknown = [...new Set(places)].filter((at) => !this.#known.has(at)).sort((a, b) => a - b)
    for (const row of await read(unknown)) this.#known.set(row.at, new Compared(row))
    return this.#known
  }

  /** Rows of the same question, each with those before it. */
  async #contradictions(
    read: ReadRows,
    exact: Groups,
    keep: KeepChoice,
    isLabels: boolean
  ): Promise<readonly (Found | null)[]> {
    const answers = new Hits('contradictions', thresholds.shownToDecide)
    const labels = new Hits('other-labels', thresholds.shownToDecide)
    let waiting: (readonly number[])[] = []
    let rows = 0
    const compare = async (): Promise<void> => {
      const known = await this.#read(read, waiting.flat())
      for (const group of waiting) {
        const rows = group.map((at) => known.get(at) as Compared)
        const isSorted = rows[0]?.row.example.kind === 'labelled'
        this.#odd(rows, isSorted ? labels : answers, keep, isLabels || isSorted)
        await this.#pauses.whenDue()
      }
      waiting = []
      rows = 0
    }
    for await (const group of this.#asked(exact)) {
      waiting.push(group)
      if ((rows += group.length) >= atOnce.rows) await compare()
    }
    await compare()
    return [answers.found(), labels.found()]
  }

  #odd(rows: readonly Compared[], hits: Hits, keep: KeepChoice, isLabels: boolean): void {
    const against = new Map<Compared, Set<Compared>>()
    const add = (one: Compared, other: Compared): void => {
      against.set(one, (against.get(one) ?? new Set()).add(other))
    }
    for (const [i, a] of rows.entries())
      for (const b of rows.slice(0, i))
        if (contradict(a, b, isLabels)) {
          add(a, b)
          add(b, a)
        }
    if (against.size === 0) return
    const odd = rows.filter((row) => against.has(row))
    // all of them: one is chosen, and what it contradicts goes
    if (hits.wantsExamples)
      hits.show({
        places: odd.map(({ row }) => placeOf(row)),
        against: odd.map((one) => [...(against.get(one) ?? [])].map(({ row }) => row.index)),
        excerpt: null
      })
    hits.count += odd.length
    // several may say the same: whatever contradicts none that stays, stays
    const stays = new Set<Compared>()
    for (const one of this.#inTurn(odd, keep))
      if ([...(against.get(one) ?? [])].some((other) => stays.has(other))) hits.target(one.row.index)
      else stays.add(one)
  }

  /** Those that stay first by the user's rule come first. */
  #inTurn(rows: readonly Compared[], keep: KeepChoice): readonly Compared[] {
    const inOrder = rows.toSorted((a, b) => a.row.at - b.row.at)
    if (keep === 'last') return inOrder.reverse()
    const lengthOf = ({ row }: Compared): number => this.#lengths[row.at] as number
    return keep === 'longest' ? inOrder.toSorted((a, b) => lengthOf(b) - lengthOf(a)) : inOrder
  }

  /** Rows that ask the same and do not all say the same, as many of them as are compared, by their first. */
  async *#asked(exact: Groups): AsyncGenerator<readonly number[]> {
    const next = new Uint32Array(this.count)
    const isFirst = new Uint8Array(this.count)
    for await (const group of this.#questions.same(this.#pauses)) {
      if (group.every((at) => exact.of(at) === exact.of(group[0] as number))) continue
      isFirst[group[0] as number] = 1
      const compared = group.slice(0, thresholds.compared)
      for (const [i, at] of compared.entries()) next[at] = compared[i + 1] ?? 0
    }
    for (let first = 0; first < this.count; first++) {
      if (isFirst[first] === 0) continue
      const group = [first]
      for (let at = next[first] as number; at > 0; at = next[at] as number) group.push(at)
      yield group
    }
  }

  #leaks(read: ReadRows, exact: Groups, near: Groups, draw?: DrawWithout): Promise<Found | null> {
    const openings = (): AsyncGenerator<readonly number[]> => this.#openings.same(this.#pauses)
    const any = this.#held.includes(1)
    return onBothSides({
      held: this.#held,
      async *groups() {
        for (const group of exact.all()) yield [group, 'exact']
        for (const group of near.all()) yield [group, 'near']
        // a question that is learnt with another answer was seen all the same
        if (any) for await (const group of openings()) yield [group, 'near']
      },
      indexOf: (at) => this.#index[at] as number,
      pair: (learnt, held) => this.#pair(read, learnt, held),
      draw
    })
  }

  async #pair(read: ReadRows, a: number, b: number): Promise<ReturnType<typeof placeOf>[]> {
    return (await read([a, b].sort((one, other) => one - other))).map(placeOf)
  }
}

/** What is said of a text beside its words: the same text with another label is another example. */
const toldOf = ({ example, answer }: CheckedRow): string =>
  example.kind === 'labelled' ? answer : example.kind === 'rated' ? String(example.liked) : ''

/** A row and what it is compared by, each made when it is asked for first: a row may be compared with many. */
class Compared {
  #pair: Uint32Array | null = null
  #question: Uint32Array | null = null
  #answer: Uint32Array | null = null
  #content: QuestionContent | null = null
  #questionWords: ReadonlySet<string> | null = null
  #answerWords: ReadonlySet<string> | null = null
  #facts: Facts | null = null
  #numbers: string | null = null

  constructor(readonly row: CheckedRow) {}

  get pair(): Uint32Array {
    return (this.#pair ??= sortedPieces(`${this.row.question}\n${this.row.answer}`))
  }
  get question(): Uint32Array {
    return (this.#question ??= sortedPieces(this.row.question))
  }
  get answer(): Uint32Array {
    return (this.#answer ??= sortedPieces(this.row.answer))
  }
  get content(): QuestionContent {
    return (this.#content ??= contentOf(this.row.question))
  }
  get questionWords(): ReadonlySet<string> {
    return (this.#questionWords ??= wordsOfKey(this.content.key))
  }
  get answerWords(): ReadonlySet<string> {
    return (this.#answerWords ??= wordsOf(this.row.answer))
  }
  /** two texts that differ in one are two texts, however alike they are */
  get numbers(): string {
    return (this.#numbers ??= numbersIn(this.row.texts.join(' ')))
  }
  get facts(): Facts {
    return (this.#facts ??= factsOf(this.row.answer))
  }
}

function nearlySame(one: Compared, other: Compared): boolean {
  const { pair, question, answer } = thresholds.near
  const [a, b] = [one.row, other.row]
  return (
    togetherOf(a.example.kind) === togetherOf(b.example.kind) &&
    toldOf(a) === toldOf(b) &&
    // most are of one form and about other things, which is soon seen
    (a.question === b.question || aboutTheSame(one.questionWords, other.questionWords)) &&
    one.numbers === other.numbers &&
    likeness(one.pair, other.pair) >= pair &&
    (a.question === b.question || likeness(one.question, other.question) >= question) &&
    (a.answer === b.answer || likeness(one.answer, other.answer) >= answer) &&
    aboutTheSame(one.answerWords, other.answerWords) &&
    contradiction(one.facts, other.facts) === null
  )
}

function contradict(one: Compared, other: Compared, isLabels: boolean): boolean {
  const [a, b] = [one.row, other.row]
  const isAsked = a.question.normalize('NFKC').trim() === b.question.normalize('NFKC').trim()
  // one answer is liked and disliked; what is preferred here is turned down there
  if (a.answer === b.answer) return isAsked && toldOf(a) !== toldOf(b)
  if (isAsked && a.other !== null && a.other === b.answer && a.answer === b.other) return true
  const isSame = likeness(one.question, other.question) >= thresholds.near.sameQuestion
  if (!isSame && a.question.length + b.question.length > 30) return false
  if (isLabels) return isSame && isAsked
  if (!asksAlike(one.content, other.content)) return false
  if (contradiction(one.facts, other.facts) !== null) return true
  if (!isAsked) return false
  return deniesWhatIsAsked(one) !== deniesWhatIsAsked(other) || sayNothingAlike(one, other)
}

/** "There is no car park", to a question about it. */
function deniesWhatIsAsked({ row, questionWords }: Compared): boolean {
  const text = row.answer.normalize('NFKC')
  if (!denials.some((denial) => text.includes(denial))) return false
  return [...questionWords].some((word) =>
    ['は', 'が', 'も'].some((particle) => denials.some((denial) => text.includes(word + particle + denial)))
  )
}
const denials = [
  '無い',
  'ない',
  '無し',
  'なし',
  'ありません',
  'ございません',
  'もうけておりません',
  '設けておりません',
  'ご用意しておりません'
]

/** One question word for word, which is about something, and two answers that are about different things. */
const sayNothingAlike = (a: Compared, b: Compared): boolean =>
  a.questionWords.size >= thresholds.otherAnswers.question &&
  haveNothingInCommon(a.answerWords, b.answerWords, thresholds.otherAnswers.answer)
