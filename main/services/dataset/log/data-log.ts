// data/log.jsonl of a project: every choice and edit, one a line, in the order in which they were made. Lines are
// only ever added, and are on the disk before anybody hears of them. A last line that was torn is dropped.
import { mkdir, open, readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { z } from 'zod'
import { NeiroError } from '../../../contract/errors'
import { dataShapes, delimiters } from '../../../contract/records'
import { asFileError } from '../../../files/file-errors'

// a log comes with a project folder from anywhere: names from it become paths, so they are checked like any input
const id = z.string().regex(/^[sp]\d{1,9}$/)
const text = z.string().max(10_000_000)
const details = z.record(z.string(), z.string())
const count = z.number().int().min(0)

const source = z.object({
  id,
  /** as the user knows the file, inside a folder with the way to it */
  name: text,
  size: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** the built-in sample, which brings a held-out part of its own */
  sample: z.literal(true).optional()
})
/** A file that could not even be copied, with the error that said so. */
const problem = z.object({
  id,
  name: text,
  /** older logs hold its sentences too; they are read past */
  error: z.object({ code: text, details })
})
const leftOut = z.object({
  source: z.object({ file: text, sheet: text.optional(), row: count }),
  reason: text,
  details,
  excerpt: text
})
const shape = z.enum(dataShapes)
const overrides = z.object({
  encoding: text.optional(),
  delimiter: z.enum(delimiters).optional(),
  headerRows: z.record(z.string(), count).optional(),
  leftOutSheets: z.array(text).readonly().optional(),
  shape: shape.optional(),
  mapping: z.record(z.string(), z.string()).optional()
})

const change = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('add'),
    sources: z.array(source),
    problems: z.array(problem),
    leftOut: z.array(leftOut)
  }),
  z.object({ kind: z.literal('remove'), file: id }),
  z.object({ kind: z.literal('overrides'), file: id, overrides }),
  z.object({
    kind: z.literal('normalisation'),
    normalisation: z.enum(['half-width-kana', 'full-width-ascii', 'nfkc', 'trailing-space']),
    applied: z.boolean()
  }),
  z.object({
    kind: z.literal('edit'),
    file: id,
    sheet: text.optional(),
    row: count,
    question: text.optional(),
    answer: text.optional(),
    removed: z.boolean().optional()
  }),
  /** takes back the entry of that number */
  z.object({ kind: z.literal('undo'), entry: count })
])
const entry = z.object({ n: count, time: text }).and(change)

export type Source = z.infer<typeof source>
export type Problem = z.infer<typeof problem>
export type Change = z.infer<typeof change>
export type Entry = z.infer<typeof entry>

export class DataLog {
  private entries: Entry[] = []
  /** bytes of the file that are whole lines; what stands behind them is torn */
  private good = 0
  private known = -1

  constructor(private readonly file: string) {}

  /** Every entry; read anew where somebody else has written to the file. Throws DATA_LOG_BROKEN. */
  async read(): Promise<readonly Entry[]> {
    const bytes = await readFile(this.file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0)
      throw error
    })
    if (bytes.length !== this.known) this.take(bytes)
    return this.entries
  }

  /** Writes one more entry and returns when the disk has it. */
  async add(change: Change): Promise<Entry> {
    await this.read()
    const n = (this.entries.at(-1)?.n ?? 0) + 1
    const added: Entry = { n, time: new Date().toISOString(), ...change }
    const line = Buffer.from(`${JSON.stringify(added)}\n`)
    try {
      await mkdir(dirname(this.file), { recursive: true })
      const handle = await open(this.file, this.known <= 0 ? 'a+' : 'r+')
      try {
        // a torn line would swallow the next one
        await handle.truncate(this.good)
        await writeAll(handle, line, this.good)
        await handle.sync()
      } finally {
        await handle.close()
      }
    } catch (error) {
      this.known = -1
      throw asFileError(error, dirname(this.file))
    }
    this.entries = [...this.entries, added]
    this.good += line.length
    this.known = this.good
    return added
  }

  private take(bytes: Buffer): void {
    const entries: Entry[] = []
    let good = 0
    for (let at = 0, number = 1; at < bytes.length; number++) {
      const end = bytes.indexOf(10, at)
      const parsed = end < 0 ? null : parse(bytes.toString('utf8', at, end))
      if (!parsed) {
        // torn: nothing whole may stand behind it
        if (holdsEntry(bytes.subarray(at))) throw brokenLog(this.file, number)
        break
      }
      entries.push(parsed)
      at = good = end + 1
    }
    this.entries = entries
    this.good = good
    this.known = bytes.length
  }
}

async function writeAll(handle: Awaited<ReturnType<typeof open>>, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done)
    done += bytesWritten
  }
}

function parse(line: string): Entry | null {
  try {
    const parsed = entry.safeParse(JSON.parse(line))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

function holdsEntry(bytes: Buffer): boolean {
  const lines = bytes.toString('utf8').split('\n')
  return lines.slice(1).some((line) => parse(line) !== null)
}

function brokenLog(file: string, line: number): NeiroError {
  return new NeiroError('DATA_LOG_BROKEN', { file: basename(file), line: String(line) })
}
