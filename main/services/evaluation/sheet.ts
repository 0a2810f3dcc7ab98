// What candidates did with items: one line for each answer and each score, appended as it comes (items.jsonl). Lines are
// never rewritten, a torn one is skipped; what is counted of them is derived. A line of its own says what the rest is
// about; the last of these counts.
import { existsSync } from 'node:fs'
import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { candidateKinds, type Candidate } from '../../contract/candidates'
import { runFiles } from '../../contract/run-files'
import { asFileError } from '../../files/file-errors'
import { remove } from '../../files/moving'
import type { Item } from './items'

const candidate = z.object({
  id: z.string(),
  kind: z.enum(candidateKinds),
  prompt: z.string().exactOptional(),
  count: z.number().exactOptional(),
  documents: z.array(z.string()).readonly().exactOptional(),
  run: z.string().exactOptional(),
  service: z.object({ place: z.string(), model: z.string() }).exactOptional(),
  sampling: z
    .object({
      temperature: z.number(),
      topP: z.number(),
      topK: z.number(),
      repetitionPenalty: z.number(),
      seed: z.number()
    })
    .exactOptional()
})

const head = z.object({
  /** mark of the adapter whose answers these are */
  adapter: z.string(),
  /** its questions came first; whoever goes on keeps the order */
  language: z.enum(['ja', 'en']),
  /** most items that anybody wanted answered */
  asked: z.number().int().nonnegative(),
  /** longest answer, tokens */
  maxNewTokens: z.number().int().positive(),
  /** of what it knew before it learnt: nothing that the two are compared by */
  general: z.literal(true).exactOptional(),
  /** absent in sheets of before: base and tuned */
  candidates: z
    .array(candidate)
    .readonly()
    .default([
      { id: 'base', kind: 'base' },
      { id: 'tuned', kind: 'tuned' }
    ])
})
export type Head = Readonly<z.infer<typeof head>>

const line = z.union([
  z.object({ head }),
  z.object({
    item: z.number(),
    candidate: z.string(),
    answer: z.string(),
    seconds: z.number().optional(),
    sources: z.array(z.string()).optional(),
    promptTokens: z.number().optional(),
    refused: z.string().optional()
  }),
  z.object({
    item: z.number(),
    candidate: z.string(),
    nllSum: z.number(),
    learntTokens: z.number(),
    other: z.object({ nllSum: z.number(), learntTokens: z.number() }).exactOptional()
  })
])

export interface TokenSum {
  readonly nllSum: number
  readonly learntTokens: number
}

/** of one item under one candidate; the mean is nllSum / learntTokens */
export interface TokenScore extends TokenSum {
  /** of the answer that is not preferred, where there is one */
  readonly other?: TokenSum
}

export interface KeptAnswer {
  readonly text: string
  /** from the question to the last word; null: it was not measured */
  readonly seconds: number | null
  /** file and row of what was put before the question */
  readonly sources: readonly string[]
  /** tokens of all that stood before the answer; absent in sheets of before */
  readonly promptTokens?: number
  /** a service would not answer this: its reason, and no text */
  readonly refused?: string
}

/** of the form before: what the first line says now */
const oldHeadFile = 'head.json'
export const itemsFile = runFiles.evaluationItems
const keyOf = (item: number, id: string): string => `${item} ${id}`

export class Sheet {
  readonly #answers = new Map<string, KeptAnswer>()
  readonly #scores = new Map<string, TokenScore>()
  /** items whose text stands in the file */
  readonly #described = new Set<number>()
  /** a torn line must not swallow the next one */
  #torn = false

  private constructor(
    /** null: kept nowhere but here */
    readonly dir: string | null,
    private now: Head,
    /** the head stands in a file of its own still */
    private oldForm = false
  ) {}

  /** An empty one; what stood in the folder goes. */
  static async begin(dir: string | null, fresh: Head): Promise<Sheet> {
    const sheet = new Sheet(dir, fresh)
    if (dir === null) return sheet
    await mkdir(dir, { recursive: true })
    await remove(join(dir, itemsFile))
    await remove(join(dir, oldHeadFile))
    await sheet.#write([{ head: fresh }])
    return sheet
  }

  /** What a folder keeps; null where it keeps none that can be read. Nothing is written. */
  static async read(dir: string): Promise<Sheet | null> {
    try {
      const file = join(dir, itemsFile)
      const lines = existsSync(file) ? (await readFile(file, 'utf8')).split('\n') : ['']
      const own = lines.map(parsedLine).findLast((one) => one !== null && 'head' in one)
      const now =
        own && 'head' in own
          ? own.head
          : head.parse(JSON.parse(await readFile(join(dir, oldHeadFile), 'utf8')))
      const sheet = new Sheet(dir, now, !own)
      sheet.#take(lines)
      return sheet
    } catch {
      return null
    }
  }

  /** Takes in what another process has written meanwhile. */
  async lookAgain(): Promise<void> {
    if (this.dir === null) return
    const text = await readFile(join(this.dir, itemsFile), 'utf8').catch(() => null)
    if (text !== null) this.#take(text.split('\n'))
  }

  get head(): Head {
    return this.now
  }

  /** so many answers and scores: another number, another result */
  get size(): number {
    return this.#answers.size + this.#scores.size
  }

  answer(item: Pick<Item, 'index'>, id: string): KeptAnswer | undefined {
    return this.#answers.get(keyOf(item.index, id))
  }

  score(item: Pick<Item, 'index'>, id: string): TokenScore | undefined {
    return this.#scores.get(keyOf(item.index, id))
  }

  /** More items or candidates are wanted than before, or these candidates only. What was answered stays, also of who is
   *  left out: whoever is wanted again has it. */
  async widen(asked: number, candidates: readonly Candidate[], only = false): Promise<void> {
    const { now } = this
    const known = new Set(now.candidates.map(({ id }) => id))
    const added = candidates.filter(({ id }) => !known.has(id))
    const wanted = only ? candidates : [...now.candidates, ...added]
    if (asked <= now.asked && added.length === 0 && wanted.length === now.candidates.length) return
    this.now = { ...now, asked: Math.max(asked, now.asked), candidates: wanted }
    await this.#write([{ head: this.now }])
  }

  async keepAnswer(item: Item, id: string, answer: KeptAnswer): Promise<void> {
    const { text, seconds, sources, promptTokens, refused } = answer
    const more = {
      ...(seconds !== null && { seconds }),
      ...(sources.length > 0 && { sources }),
      ...(promptTokens !== undefined && { promptTokens }),
      ...(refused !== undefined && { refused })
    }
    await this.#append(item, { item: item.index, candidate: id, answer: text, ...more })
    this.#answers.set(keyOf(item.index, id), answer)
  }

  async keepScore(item: Item, id: string, score: TokenScore): Promise<void> {
    await this.#append(item, { item: item.index, candidate: id, ...score })
    this.#scores.set(keyOf(item.index, id), score)
  }

  async #append(item: Item, record: object): Promise<void> {
    await this.#write(this.#described.has(item.index) ? [record] : [textOf(item), record])
    this.#described.add(item.index)
  }

  async #write(lines: readonly object[]): Promise<void> {
    if (this.dir === null) return
    const all = this.oldForm ? [{ head: this.now }, ...lines] : lines
    const text = `${this.#torn ? '\n' : ''}${all.map((one) => `${JSON.stringify(one)}\n`).join('')}`
    try {
      await appendFile(join(this.dir, itemsFile), text, { flush: true })
    } catch (error) {
      this.#torn = true
      throw asFileError(error, this.dir)
    }
    this.#torn = false
    if (this.oldForm) await remove(join(this.dir, oldHeadFile))
    this.oldForm = false
  }

  #take(lines: readonly string[]): void {
    this.#torn = lines.at(-1) !== ''
    for (const one of lines.slice(0, -1)) {
      const data = parsedLine(one)
      if (data === null || 'head' in data) continue
      this.#described.add(data.item)
      const key = keyOf(data.item, data.candidate)
      if ('answer' in data) {
        const { answer: text, seconds = null, sources = [], promptTokens, refused } = data
        this.#answers.set(key, {
          text,
          seconds,
          sources,
          ...(promptTokens !== undefined && { promptTokens }),
          ...(refused !== undefined && { refused })
        })
      } else {
        const { item: _, candidate: __, ...score } = data
        this.#scores.set(key, score)
      }
    }
  }
}

function parsedLine(text: string): z.infer<typeof line> | null {
  if (text === '') return null
  try {
    return line.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Written before the first line about an item, so that the file says what was asked without the data. */
function textOf({ index, example, exchange }: Item): object {
  if (exchange === null) return { item: index, text: 'messages' in example ? '' : example.text }
  const { before, question, answer } = exchange
  return { item: index, before, question, reference: answer }
}
