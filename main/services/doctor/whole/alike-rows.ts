// Rows that are the same, nearly the same, or answer one question in different ways, and those of them that stand on both
// sides of the split. Keys and min-hashes while the rows come; the few candidates are read a second time and compared.
import type { KeepChoice } from '../../../contract/check-up'
import { hashOf } from '../../dataset/kept/search-form'
import { Pauses } from '../../reading/pauses'
import { contradiction, factsOf, sameNumbers } from '../alike/facts'
import { Groups } from '../alike/groups'
import { likeness, piecesOf } from '../alike/pieces'
import { asksAlike, contentOf } from '../alike/question'
import { aboutTheSame } from '../alike/same-things'
import { Signatures } from '../alike/signatures'
import { Hits, type Found } from '../hits'
import { placeOf, type CheckedRow } from '../row'
import { thresholds } from '../thresholds'

/** Reads rows again by their places in the order of the set, given in order. */
export type ReadRows = (at: readonly number[]) => Promise<readonly CheckedRow[]>

/** pairs that are compared at once */
const pairsAtOnce = 1000

export class AlikeRows {
  readonly #signatures: Signatures
  readonly #firstOf = new Map<number, number>()
  readonly #questions = new Map<number, number>()
  /** of each row, the one before it that asks the same, +1 */
  readonly #before: Uint32Array
  readonly #held: Uint8Array
  readonly #index: Uint32Array
  readonly #lengths: Uint32Array
  readonly #exact: Groups
  #rows = 0

  constructor(count: number) {
    this.#signatures = new Signatures(count)
    this.#before = new Uint32Array(count)
    this.#held = new Uint8Array(count)
    this.#index = new Uint32Array(count)
    this.#lengths = new Uint32Array(count)
    this.#exact = new Groups(count)
  }

  look(row: CheckedRow): void {
    const { at } = row
    this.#rows++
    this.#held[at] = row.heldOut ? 1 : 0
    this.#index[at] = row.index
    this.#lengths[at] = row.answer.length
    const key = keyOf(row.texts.join('\u0001'))
    const first = this.#firstOf.get(key)
    if (first === undefined) {
      this.#firstOf.set(key, at)
      this.#signatures.set(at, piecesOf(`${row.question}\n${row.answer}`))
    } else {
      this.#exact.join(first, at)
      this.#signatures.set(at, new Uint32Array(0))
    }
    if (row.question === '' || row.texts.length > 3) return
    const asked = keyOf(
      contentOf(row.question).key || row.question.normalize('NFKC').replace(/[\s\p{P}]/gu, '')
    )
    this.#before[at] = (this.#questions.get(asked) ?? -1) + 1
    this.#questions.set(asked, at)
  }

  async found(read: ReadRows, keep: KeepChoice, isLabels: boolean): Promise<readonly Found[]> {
    const near = await this.#near(read)
    const all = [
      await this.#contradictions(read, keep, isLabels),
      await this.#leaks(read, near),
      await this.#groups('duplicates', this.#exact, read, keep),
      await this.#groups('near-duplicates', near, read, keep)
    ]
    return all.flatMap((found) => found ?? [])
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
        hits.show({ places: (await read(group.slice(0, 3))).map(placeOf), excerpt: null })
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
    const groups = new Groups(this.#rows)
    let waiting: (readonly [number, number])[] = []
    const seen = new Set<number>()
    const compare = async (): Promise<void> => {
      const wanted = waiting.filter(([a, b]) => groups.of(a) !== groups.of(b))
      waiting = []
      const rows = await this.#read(read, wanted.flat())
      for (const [a, b] of wanted)
        if (groups.of(a) !== groups.of(b) && nearlySame(rows.get(a) as CheckedRow, rows.get(b) as CheckedRow))
          groups.join(a, b)
    }
    for await (const pair of this.#signatures.pairs()) {
      const key = pair[0] * 2 ** 21 + pair[1]
      if (seen.has(key) || groups.of(pair[0]) === groups.of(pair[1])) continue
      seen.add(key)
      waiting.push(pair)
      if (waiting.length >= pairsAtOnce) await compare()
    }
    await compare()
    return groups
  }

  async #read(read: ReadRows, places: readonly number[]): Promise<ReadonlyMap<number, CheckedRow>> {
    const sorted = [...new Set(places)].sort((a, b) => a - b)
    return new Map((await read(sorted)).map((row) => [row.at, row]))
  }

  /** Rows of the same question, each with those before it. */
  async #contradictions(read: ReadRows, keep: KeepChoice, isLabels: boolean): Promise<Found | null> {
    const hits = new Hits('contradictions')
    const pauses = new Pauses()
    for (const group of this.#asked()) {
      const rows = await read(group)
      const odd = new Set<number>()
      let shown = false
      for (const [i, a] of rows.entries()) {
        for (const b of rows.slice(0, i)) {
          if (!contradict(a, b, isLabels)) continue
          odd.add(a.at).add(b.at)
          if (!shown) hits.show({ places: [placeOf(b), placeOf(a)], excerpt: null })
          shown = true
        }
        await pauses.whenDue()
      }
      hits.count += odd.size
      const kept =
        odd.size > 0
          ? this.#kept(
              [...odd].sort((a, b) => a - b),
              keep
            )
          : -1
      for (const at of odd) if (at !== kept) hits.target(this.#index[at] as number)
    }
    return hits.found()
  }

  *#asked(): Generator<readonly number[]> {
    for (const last of this.#questions.values()) {
      const group: number[] = []
      for (
        let at = last + 1;
        at > 0 && group.length < 4 * thresholds.leaders;
        at = this.#before[at - 1] as number
      )
        group.push(at - 1)
      if (group.length > 1) yield group.reverse()
    }
  }

  /** Held-out rows that are in the training part too; what can go is the training's. */
  async #leaks(read: ReadRows, near: Groups): Promise<Found | null> {
    const hits = new Hits('leakage')
    const leaking = new Set<number>()
    const both = async (group: readonly number[], part: string): Promise<void> => {
      const held = group.filter((at) => this.#held[at] === 1 && !leaking.has(at))
      const learnt = group.filter((at) => this.#held[at] === 0)
      if (held.length === 0 || learnt.length === 0) return
      for (const at of held) leaking.add(at)
      hits.count += held.length
      hits.part(part, held.length)
      for (const at of learnt) hits.target(this.#index[at] as number)
      if (hits.wantsExamples)
        hits.show({ places: await this.#pair(read, learnt[0] as number, held[0] as number), excerpt: null })
    }
    for (const group of this.#exact.all()) await both(group, 'exact')
    for (const group of near.all()) await both(group, 'near')
    return hits.found()
  }

  async #pair(read: ReadRows, a: number, b: number): Promise<ReturnType<typeof placeOf>[]> {
    return (await read([a, b].sort((one, other) => one - other))).map(placeOf)
  }
}

/** 53 bits: what a number holds exactly */
function keyOf(text: string): number {
  const [a, b] = hashOf(text)
  return a * 2 ** 21 + (b >>> 11)
}

function nearlySame(a: CheckedRow, b: CheckedRow): boolean {
  const { pair, question, answer } = thresholds.near
  const alike = (one: string, other: string): number => likeness(piecesOf(one), piecesOf(other))
  return (
    alike(`${a.question}\n${a.answer}`, `${b.question}\n${b.answer}`) >= pair &&
    (a.question === b.question || alike(a.question, b.question) >= question) &&
    (a.answer === b.answer || alike(a.answer, b.answer) >= answer) &&
    sameNumbers(a.texts.join(' '), b.texts.join(' ')) &&
    aboutTheSame(a.question, b.question) &&
    aboutTheSame(a.answer, b.answer) &&
    contradiction(factsOf(a.answer), factsOf(b.answer)) === null
  )
}

function contradict(a: CheckedRow, b: CheckedRow, isLabels: boolean): boolean {
  if (a.answer === b.answer) return false
  const isSame = likeness(piecesOf(a.question), piecesOf(b.question)) >= thresholds.near.sameQuestion
  if (!isSame && a.question.length + b.question.length > 30) return false
  if (isLabels) return isSame && a.question.normalize('NFKC').trim() === b.question.normalize('NFKC').trim()
  return (
    asksAlike(contentOf(a.question), contentOf(b.question)) &&
    contradiction(factsOf(a.answer), factsOf(b.answer)) !== null
  )
}
