// What candidates did with items: one line for each answer and each score, appended as it comes (items.jsonl), with
// a small head beside it. Lines are never rewritten, a torn one is skipped; what is counted of them is derived.
import { existsSync } from 'node:fs'
import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { asFileError } from '../../files/file-errors'
import { remove } from '../../files/moving'
import { writeFileWhole } from '../../files/whole-file'
import { both, type Candidate, type Item } from './items'

const head = z.object({
  version: z.literal(1),
  /** mark of the adapter whose answers these are */
  adapter: z.string(),
  /** its questions came first; whoever goes on keeps the order */
  language: z.enum(['ja', 'en']),
  /** most items that anybody wanted answered */
  asked: z.number().int().nonnegative(),
  /** longest answer, tokens */
  maxNewTokens: z.number().int().positive()
})
export type Head = z.infer<typeof head>

const line = z.union([
  z.object({ item: z.number(), candidate: z.enum(both), answer: z.string() }),
  z.object({
    item: z.number(),
    candidate: z.enum(both),
    nllSum: z.number(),
    learntTokens: z.number()
  })
])

/** of one item under one candidate; the mean is nllSum / learntTokens */
export interface TokenScore {
  readonly nllSum: number
  readonly learntTokens: number
}

const headFile = 'head.json'
const itemsFile = 'items.jsonl'
const keyOf = (item: number, candidate: Candidate): string => `${item} ${candidate}`

export class Sheet {
  readonly #answers = new Map<string, string>()
  readonly #scores = new Map<string, TokenScore>()
  /** items whose text stands in the file */
  readonly #described = new Set<number>()
  /** a torn line must not swallow the next one */
  #torn = false

  private constructor(
    /** null: kept nowhere but here */
    private readonly dir: string | null,
    private now: Head
  ) {}

  /** An empty one; what stood in the folder goes. */
  static async begin(dir: string | null, fresh: Head): Promise<Sheet> {
    const sheet = new Sheet(dir, fresh)
    if (dir === null) return sheet
    await remove(join(dir, itemsFile))
    await sheet.#keepHead()
    return sheet
  }

  /** What a folder keeps; null where it keeps none that can be read. */
  static async read(dir: string): Promise<Sheet | null> {
    try {
      const sheet = new Sheet(dir, head.parse(JSON.parse(await readFile(join(dir, headFile), 'utf8'))))
      if (existsSync(join(dir, itemsFile))) sheet.#take(await readFile(join(dir, itemsFile), 'utf8'))
      return sheet
    } catch {
      return null
    }
  }

  get head(): Head {
    return this.now
  }

  answer(item: Item, candidate: Candidate): string | undefined {
    return this.#answers.get(keyOf(item.index, candidate))
  }

  score(item: Item, candidate: Candidate): TokenScore | undefined {
    return this.#scores.get(keyOf(item.index, candidate))
  }

  /** More items are wanted than before; never fewer: what was answered stays. */
  async widen(asked: number): Promise<void> {
    if (asked <= this.now.asked) return
    this.now = { ...this.now, asked }
    await this.#keepHead()
  }

  async keepAnswer(item: Item, candidate: Candidate, answer: string): Promise<void> {
    await this.#append(item, { item: item.index, candidate, answer })
    this.#answers.set(keyOf(item.index, candidate), answer)
  }

  async keepScore(item: Item, candidate: Candidate, { nllSum, learntTokens }: TokenScore): Promise<void> {
    await this.#append(item, { item: item.index, candidate, nllSum, learntTokens })
    this.#scores.set(keyOf(item.index, candidate), { nllSum, learntTokens })
  }

  async #append(item: Item, record: z.infer<typeof line>): Promise<void> {
    if (this.dir === null) return
    const lines: unknown[] = this.#described.has(item.index) ? [record] : [textOf(item), record]
    const text = `${this.#torn ? '\n' : ''}${lines.map((one) => `${JSON.stringify(one)}\n`).join('')}`
    try {
      await appendFile(join(this.dir, itemsFile), text, { flush: true })
    } catch (error) {
      this.#torn = true
      throw asFileError(error, this.dir)
    }
    this.#torn = false
    this.#described.add(item.index)
  }

  async #keepHead(): Promise<void> {
    if (this.dir === null) return
    await mkdir(this.dir, { recursive: true })
    await writeFileWhole(join(this.dir, headFile), `${JSON.stringify(this.now)}\n`)
  }

  #take(text: string): void {
    const lines = text.split('\n')
    this.#torn = lines.pop() !== ''
    for (const one of lines) {
      const { success, data } = line.safeParse(parsed(one))
      if (!success) continue
      this.#described.add(data.item)
      const key = keyOf(data.item, data.candidate)
      if ('answer' in data) this.#answers.set(key, data.answer)
      else this.#scores.set(key, { nllSum: data.nllSum, learntTokens: data.learntTokens })
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Written before the first line about an item, so that the file says what was asked without the data. */
function textOf({ index, example, exchange }: Item): object {
  if (exchange === null) return { item: index, text: example.kind === 'text' ? example.text : '' }
  const { before, question, answer } = exchange
  return { item: index, before, question, reference: answer }
}
