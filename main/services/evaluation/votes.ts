// Ballots of an evaluation: which items a voter sees in which order, whose answer stands left, and what was said of them.
// One line for each (votes.jsonl beside the items), appended as it comes; a vote that is taken back is a line, too.
import { randomBytes } from 'node:crypto'
import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { NeiroError } from '../../contract/errors'
import type { Ballot, BallotItem, BallotSize, Choices, Tally } from '../../contract/votes'
import { randomFrom, shuffled } from '../../batches/shuffle'
import { choicesSchema } from './choices-schema'
import type { Item } from './items'
import { votesFile, type Opened } from './open-sheet'
import { preferredBy, type Preference } from './preferred-by-votes'
import { answeredByBoth, differsIn } from './same-answer'
import { tallyOf, type Side, type Vote } from './tally'

const side = z.enum(['base', 'tuned'])

const line = z.union([
  z.object({
    ballot: z.string(),
    voter: z.string(),
    order: z.array(z.object({ item: z.number().int(), left: side }))
  }),
  z.object({ ballot: z.string(), item: z.number().int(), choices: choicesSchema }),
  z.object({ ballot: z.string(), takenBack: z.number().int() }),
  z.object({ ballot: z.string(), dropped: z.literal(true) })
])

/** What a voter sends back. */
const returned = z.object({
  ballot: z.string().max(100),
  votes: z.array(z.object({ item: z.number().int(), choices: choicesSchema })).max(1000)
})

interface Begun {
  readonly id: string
  readonly voter: string
  readonly order: readonly { readonly item: number; readonly left: Side }[]
  readonly said: Map<number, Choices>
  /** of what was taken back: it is shown again as it was */
  readonly before: Map<number, Choices>
}

export class Votes {
  readonly #ballots = new Map<string, Begun>()
  #torn = false

  private constructor(
    private readonly dir: string,
    private readonly opened: Opened
  ) {}

  static async open(opened: Opened): Promise<Votes> {
    const { dir } = opened.sheet
    if (dir === null) throw new NeiroError('NO_BALLOT')
    const votes = new Votes(dir, opened)
    const text = await readFile(join(dir, votesFile), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    votes.#take(text)
    return votes
  }

  /** The open ballot of a voter, or a new one. VOTE_NOT_READY where the two have answered nothing yet, VOTE_ALL_SAME where
   *  they say the same everywhere. */
  async ballot(voter: string, size: BallotSize): Promise<Ballot> {
    const name = voter.trim()
    const kept = [...this.#ballots.values()].findLast((one) => one.voter === name && !isFilled(one))
    if (kept) return this.#view(kept)
    const answered = answeredByBoth(this.opened)
    const items = answered.filter((item) => this.#differs(item))
    if (items.length === 0) throw new NeiroError(answered.length === 0 ? 'VOTE_NOT_READY' : 'VOTE_ALL_SAME')
    const random = randomFrom(...randomBytes(8))
    const order = [...shuffled(items.length, random)]
      .slice(0, size)
      .map((at) => ({ item: items[at]?.index ?? 0, left: random() % 2 === 0 ? 'base' : 'tuned' }) as const)
    const begun: Begun = { id: randomBytes(6).toString('hex'), voter: name, order, ...unsaid() }
    await this.#append({ ballot: begun.id, voter: name, order })
    this.#ballots.set(begun.id, begun)
    return this.#view(begun)
  }

  /** All of a ballot, for who fills it in elsewhere. */
  async whole(
    voter: string,
    size: BallotSize
  ): Promise<{ readonly id: string; readonly items: readonly BallotItem[] }> {
    const { id } = await this.ballot(voter, size)
    const begun = this.#of(id)
    return { id, items: begun.order.flatMap(({ item, left }) => this.#shown(item, left) ?? []) }
  }

  async vote(id: string, item: number, choices: Choices): Promise<Ballot> {
    const begun = this.#of(id)
    if (!begun.order.some((one) => one.item === item)) throw new NeiroError('NO_BALLOT')
    await this.#append({ ballot: id, item, choices })
    begun.said.set(item, choices)
    return this.#view(begun)
  }

  /** The last one is asked again. */
  async takeBack(id: string): Promise<Ballot> {
    const begun = this.#of(id)
    const last = begun.order.findLast(({ item }) => begun.said.has(item))
    if (last) {
      await this.#append({ ballot: id, takenBack: last.item })
      takeBack(begun, last.item)
    }
    return this.#view(begun)
  }

  /** Nobody goes on with it: it holds back no result any more. */
  async drop(id: string): Promise<Tally> {
    this.#of(id)
    await this.#append({ ballot: id, dropped: true })
    this.#ballots.delete(id)
    return this.tally()
  }

  /** A file that came back: what it says about another evaluation, or beside the ballot, is refused whole. */
  async takeIn(text: string): Promise<Tally> {
    const { success, data } = returned.safeParse(parsed(text))
    const begun = success ? this.#ballots.get(data.ballot) : undefined
    if (!success || !begun) throw new NeiroError('NO_BALLOT')
    const known = new Set(begun.order.map(({ item }) => item))
    if (data.votes.some(({ item }) => !known.has(item))) throw new NeiroError('NO_BALLOT')
    for (const { item, choices } of data.votes) {
      // the same file twice says nothing new
      if (JSON.stringify(begun.said.get(item)) === JSON.stringify(choices)) continue
      await this.#append({ ballot: begun.id, item, choices })
      begun.said.set(item, choices)
    }
    return this.tally()
  }

  /** What voters prefer, as examples to learn from. Only ballots that are filled in count. Throws NO_PREFERENCES. */
  preferences(): readonly Preference[] {
    const { sheet } = this.opened
    const items = answeredByBoth(this.opened).map((item) => ({
      item: item.index,
      asked: item.exchange?.asked ?? [],
      base: sheet.answer(item, 'base')?.text ?? '',
      tuned: sheet.answer(item, 'tuned')?.text ?? ''
    }))
    const found = preferredBy(this.#cast([...this.#ballots.values()].filter(isFilled)), items)
    if (found.length === 0) throw new NeiroError('NO_PREFERENCES')
    return found
  }

  /** Only ballots that are filled in count. */
  tally(): Tally {
    const begun = [...this.#ballots.values()].filter(({ said }) => said.size > 0)
    const filled = begun.filter(isFilled)
    const unfinished = begun
      .filter((one) => !isFilled(one))
      .map(({ id, voter, order, said }) => ({ id, voter, done: said.size, total: order.length }))
    const votes = this.#cast(filled)
    return {
      ...{ filled: filled.length, open: unfinished.length, unfinished },
      result: unfinished.length > 0 || filled.length === 0 ? null : tallyOf(votes)
    }
  }

  /** Ballots of before asked also where the two say the same: whatever was said there prefers nobody. */
  #cast(filled: readonly Begun[]): readonly Vote[] {
    return filled.flatMap(({ voter, order, said }): Vote[] =>
      order.flatMap(({ item, left }) => {
        const choices = said.get(item)
        return choices && this.#differs({ index: item }) ? [{ voter, item, left, choices }] : []
      })
    )
  }

  #of(id: string): Begun {
    const begun = this.#ballots.get(id)
    if (!begun) throw new NeiroError('NO_BALLOT')
    return begun
  }

  #view(begun: Begun): Ballot {
    const { id, voter, order, said, before } = begun
    const next = order.find(({ item }) => !said.has(item))
    return {
      ...{ id, voter, done: order.filter(({ item }) => said.has(item)).length, total: order.length },
      item: next ? this.#shown(next.item, next.left) : null,
      before: (next && before.get(next.item)) ?? null
    }
  }

  #shown(index: number, left: Side): BallotItem | null {
    const item = this.opened.items[index]
    const [base, tuned] = (['base', 'tuned'] as const).map(
      (one) => this.opened.sheet.answer({ index }, one)?.text ?? ''
    )
    if (!item?.exchange) return null
    const { before, question } = item.exchange
    const [a = '', b = ''] = left === 'base' ? [base, tuned] : [tuned, base]
    return { index, before, question, left: a, right: b }
  }

  #differs(item: Pick<Item, 'index'>): boolean {
    return differsIn(this.opened.sheet, item)
  }

  async #append(record: z.infer<typeof line>): Promise<void> {
    const text = `${this.#torn ? '\n' : ''}${JSON.stringify(record)}\n`
    await appendFile(join(this.dir, votesFile), text, { flush: true })
    this.#torn = false
  }

  #take(text: string): void {
    const lines = text.split('\n')
    this.#torn = lines.pop() !== ''
    for (const one of lines) {
      const { success, data } = line.safeParse(parsed(one))
      if (!success) continue
      if ('order' in data) {
        const { ballot: id, voter, order } = data
        this.#ballots.set(id, { id, voter, order, ...unsaid() })
      } else if ('dropped' in data) this.#ballots.delete(data.ballot)
      else if ('takenBack' in data) takeBack(this.#ballots.get(data.ballot), data.takenBack)
      else this.#ballots.get(data.ballot)?.said.set(data.item, data.choices)
    }
  }
}

const unsaid = (): Pick<Begun, 'said' | 'before'> => ({ said: new Map(), before: new Map() })

function takeBack(begun: Begun | undefined, item: number): void {
  const choices = begun?.said.get(item)
  if (choices) begun?.before.set(item, choices)
  begun?.said.delete(item)
}

const isFilled = ({ order, said }: Begun): boolean => order.every(({ item }) => said.has(item))

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
