// data/log.jsonl of a project: every choice and edit, one a line, in the order in which they were made. Lines are
// only ever added, one process at a time, and are on the disk before anybody hears of them. A last line that was
// torn is dropped.
import { open, readFile, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { z } from 'zod'
import { NeiroError } from '../../../contract/errors'
import { dataShapes, delimiters, textSplits } from '../../../contract/records'
import { findingKinds, personalKinds, type FindingKind } from '../../../contract/findings'
import { asFileError } from '../../../files/file-errors'
import { inFolderTurn } from '../../../files/folder-turn'
import { kindNumbers } from '../kept/kept-index'

// a log comes with a project folder from anywhere: names from it become paths, so they are checked like any input
const id = z.string().regex(/^[sp]\d{1,9}$/)
const text = z.string().max(10_000_000)
const details = z.record(z.string(), z.string()).readonly()
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
  mapping: z.record(z.string(), z.string()).optional(),
  split: z.enum(textSplits).optional(),
  joined: z.record(z.string(), z.array(text).readonly()).optional(),
  unused: z.array(text).readonly().optional()
})

const words = z.array(text).readonly()
const repair = z.discriminatedUnion('how', [
  z.object({ how: z.literal('leave-out') }),
  z.object({
    how: z.literal('mask'),
    kinds: z.array(z.enum(personalKinds)).readonly(),
    allowed: words,
    own: words,
    /** absent in older logs */
    names: words.exactOptional()
  }),
  z.object({ how: z.literal('replace'), from: text, to: text }),
  z.object({ how: z.literal('strip'), what: z.enum(['markup', 'mail-rests']) }),
  z.object({
    how: z.literal('unify'),
    words: z.array(z.object({ wanted: text, group: words })).readonly()
  })
])
/** of a file, or of a sheet: the first row, how many follow one another, the next first … */
const repairedRows = z.object({ file: id, sheet: text.optional(), runs: z.array(count).readonly() })
const finding = z.enum(findingKinds as readonly [FindingKind, ...FindingKind[]])

const change = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('add'),
    sources: z.array(source),
    problems: z.array(problem),
    leftOut: z.array(leftOut)
  }),
  z.object({ kind: z.literal('remove'), file: id }),
  // meant: nobody has said it, the project's goal asked for it
  z.object({ kind: z.literal('overrides'), file: id, overrides, meant: z.literal(true).exactOptional() }),
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
    other: text.optional(),
    removed: z.boolean().optional(),
    /** what the row was read as, whose words these are; absent in older logs */
    of: z.enum(kindNumbers).exactOptional()
  }),
  /** rows that a finding of the check-up was about, put right in one way */
  z.object({ kind: z.literal('repair'), finding, repair, rows: z.array(repairedRows).readonly() }),
  /** rows that somebody has chosen, changed in one step */
  z.object({ kind: z.literal('rows'), repair, rows: z.array(repairedRows).readonly() }),
  /** what the check-up looks for by the user's own words; the newest holds */
  z.object({
    kind: z.literal('check'),
    choices: z.object({
      allowed: words,
      allowedKinds: z.array(z.enum(personalKinds)).readonly(),
      own: words,
      forbidden: words,
      terms: z.array(words).readonly()
    })
  }),
  /** the copies of these files, removed before, are no longer there */
  z.object({ kind: z.literal('empty'), files: z.array(id) }),
  /** takes back the entry of that number */
  z.object({ kind: z.literal('undo'), entry: count })
])
const entry = z.object({ n: count, time: text }).and(change)

export type Source = z.infer<typeof source>
export type Problem = z.infer<typeof problem>
export type Change = z.infer<typeof change>
export type Entry = z.infer<typeof entry>

export class DataLog {
  private entries: readonly Entry[] = []
  /** bytes of the file that are whole lines; what stands behind them is torn, or is being written just now */
  private good = 0
  /** the last whole line, by which a longer file shows that it is the same one */
  private lastLine: Buffer = Buffer.alloc(0)
  /** the file as it was when it was last read */
  private seen = ''

  constructor(private readonly file: string) {}

  /** Every entry, the same list as long as nobody writes. Only what was added is read. Throws DATA_LOG_BROKEN. */
  async read(): Promise<readonly Entry[]> {
    const facts = await stat(this.file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    })
    const seen = facts ? [facts.ino, facts.size, facts.mtimeMs].join(' ') : 'none'
    if (seen === this.seen) return this.entries
    const bytes = facts ? await this.unread(facts.size) : null
    if (bytes) this.take(bytes)
    else this.startOver(facts ? await readFile(this.file) : Buffer.alloc(0))
    this.seen = seen
    return this.entries
  }

  /** Writes one more entry, made from those before it, and returns when the disk has it. No other process writes
   *  meanwhile. Nothing is written where null is made. */
  async add(make: Change | ((entries: readonly Entry[]) => Promise<Change | null>)): Promise<void> {
    await inFolderTurn(dirname(this.file), async () => {
      const before = await this.read()
      const change = typeof make === 'function' ? await make(before) : make
      if (!change) return
      const n = (before.at(-1)?.n ?? 0) + 1
      const added: Entry = { n, time: new Date().toISOString(), ...change }
      await this.write(Buffer.from(`${JSON.stringify(added)}\n`))
      await this.read()
    })
  }

  private async write(line: Buffer): Promise<void> {
    try {
      const handle = await open(this.file, this.seen === 'none' ? 'a+' : 'r+')
      try {
        // a torn line would swallow the next one
        await handle.truncate(this.good)
        await writeAll(handle, line, this.good)
        await handle.sync()
      } finally {
        await handle.close()
      }
    } catch (error) {
      this.seen = ''
      throw asFileError(error, dirname(this.file))
    }
  }

  /** What stands behind the entries that are known; null where the file is another one than it was. */
  private async unread(size: number): Promise<Buffer | null> {
    const from = this.good - this.lastLine.length
    if (size < this.good) return null
    const handle = await open(this.file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from)
      const known = this.lastLine.length
      return buffer.subarray(0, known).equals(this.lastLine) ? buffer.subarray(known, bytesRead) : null
    } finally {
      await handle.close()
    }
  }

  private startOver(bytes: Buffer): void {
    this.entries = []
    this.good = 0
    this.lastLine = Buffer.alloc(0)
    this.take(bytes)
  }

  private take(bytes: Buffer): void {
    const fresh: Entry[] = []
    let good = 0
    let { lastLine } = this
    while (good < bytes.length) {
      const end = bytes.indexOf(10, good)
      const parsed = end < 0 ? null : parse(bytes.toString('utf8', good, end))
      if (!parsed) {
        // torn: nothing whole may stand behind it
        if (holdsEntry(bytes.subarray(good))) {
          throw brokenLog(this.file, this.entries.length + fresh.length + 1)
        }
        break
      }
      fresh.push(parsed)
      lastLine = bytes.subarray(good, end + 1)
      good = end + 1
    }
    if (fresh.length > 0) this.entries = [...this.entries, ...fresh]
    this.good += good
    // a copy: the whole file would be kept for one line
    this.lastLine = Buffer.from(lastLine)
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
