// The processes for strangers' bytes, as the rest of the app asks them: files are read in one or two of them, each
// model's tokenizer and template have one of their own. Nothing is started before it is needed or warm() is called.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { NeiroError } from '../contract/errors'
import type { Example, RefusedRow } from '../contract/records'
import { forkProgram, type StartProgram } from '../processes/child-program'
import type { FileReader } from '../services/dataset/read/file-reader'
import { MemoryRoom } from '../services/dataset/read/memory-room'
import type { SmallFiles } from '../services/tokens/gguf/gguf-files'
import type { TextSource } from '../services/tokens/loaded-model-text'
import { Bench } from './bench'
import { Ended } from './ended'
import { asModelError, HostedModelText } from './hosted-model-text'
import { loadMs, readingMemory, textMemory } from './limits'

export interface WorkshopOptions {
  /** program of its processes */
  readonly program: string
  /** how they are started; absent: forked */
  readonly start?: StartProgram | undefined
  readonly onLog?: (line: string) => void
  /** as a bench has it */
  readonly stalledMs?: number
}

/** files that are read at the same time */
const mostReaders = 2
/** a process that nobody asks anything more is let go after this long, with the memory that its work has left it */
const idleMs = 3 * 60_000

export class Workshop {
  readonly #readers: Bench[] = []
  readonly #texts = new Set<Bench>()
  #mark: Promise<string> | null = null

  constructor(private readonly options: WorkshopOptions) {
    // a program that just ends takes them along
    process.once('exit', this.#closeAll)
  }

  /** Files of strangers, read in a process that may be lost over them. */
  readonly reader: FileReader = {
    readSource: async (source, path, overrides, { beat, signal, most } = {}) => {
      let examples: Example[] = []
      let refused: RefusedRow[] = []
      let room = new MemoryRoom(source.name, most)
      const head = await this.#reading(path, (bench) =>
        bench.run(
          'readSource',
          { source, path, overrides },
          {
            signal,
            onBegin: () => {
              examples = []
              refused = []
              room = new MemoryRoom(source.name, most)
            },
            onRows: (rows) => beat?.(rows),
            onPiece: (piece) => {
              room.take(piece)
              for (const example of piece.examples) examples.push(example)
              for (const row of piece.refused) refused.push(row)
            }
          }
        )
      )
      // what was taken of a file that cannot be used after all is void
      if (head.error) return { ...head, examples: [], refused, error: NeiroError.fromData(head.error) }
      return { ...head, examples, refused, error: null }
    },
    readInto: async (source, path, overrides, into, { beat, signal } = {}) => {
      const head = await this.#reading(path, (bench) =>
        bench.run('readInto', { source, path, overrides, into }, { signal, onRows: (rows) => beat?.(rows) })
      )
      return { ...head, error: head.error && NeiroError.fromData(head.error) }
    },
    tableRows: ({ path, name }, overrides, take, { beat, signal } = {}) => {
      let given = 0
      let again = 0
      return this.#reading(path, (bench) =>
        bench.run(
          'tableRows',
          { path, name, overrides, gives: take !== null },
          {
            signal,
            onRows: (rows) => beat?.(rows),
            // a process that was lost is followed by one that begins anew: what was given is not given twice
            onBegin: () => (again = given),
            onPiece: async (rows) => {
              const left = rows.slice(again)
              again -= rows.length - left.length
              given += left.length
              if (left.length > 0) await take?.(left)
            }
          }
        )
      )
    },
    // its chunks are named by what is in them, so that the program's own file says what all of it is
    mark: () => (this.#mark ??= readFile(this.options.program).then((bytes) => hashOf(bytes))),
    sourceRows: ({ path, name }, overrides, page, language) =>
      this.#reading(path, (bench) => bench.run('sourceRows', { path, name, overrides, page, language }))
  }

  /** Starts the process that reads files, so that the first file need not wait for it. */
  warm(): void {
    this.#idleReader().warm()
  }

  /** Small files that a model lacks, made of what it has: in a process that goes with it. */
  async derivedFiles(place: string): Promise<SmallFiles> {
    const bench = this.#bench('Neiro model', { memory: textMemory, idleMs })
    this.#texts.add(bench)
    try {
      return await bench.run('derivedFiles', { place }, { mostMs: loadMs, mostSilentMs: loadMs })
    } catch (error) {
      throw asModelError(error, place)
    } finally {
      bench.close()
      this.#texts.delete(bench)
    }
  }

  /** names: tokens whose ids will be asked for. Throws BROKEN_TOKENIZER and its like. */
  openModelText(
    source: TextSource,
    names: readonly string[],
    onLost?: (error: NeiroError) => void
  ): Promise<HostedModelText> {
    const prepare = { call: 'openModelText', args: { source, names } } as const
    const bench = this.#bench('Neiro text', { memory: textMemory, idleMs, prepare })
    this.#texts.add(bench)
    return HostedModelText.open(source, names, bench, onLost).catch((error: unknown) => {
      bench.close()
      this.#texts.delete(bench)
      throw error
    })
  }

  /** ids of the processes that there are at this moment */
  get pids(): readonly number[] {
    return [...this.#readers, ...this.#texts].flatMap(({ pid }) => pid ?? [])
  }

  close(): void {
    process.off('exit', this.#closeAll)
    this.#closeAll()
  }

  readonly #closeAll = (): void => {
    for (const bench of [...this.#readers, ...this.#texts]) bench.close()
  }

  async #reading<T>(path: string, work: (bench: Bench) => Promise<T>): Promise<T> {
    try {
      return await work(this.#idleReader())
    } catch (error) {
      throw asFileError(error, basename(path))
    }
  }

  #idleReader(): Bench {
    const idle = this.#readers.find(({ load }) => load === 0)
    if (idle) return idle
    if (this.#readers.length < mostReaders) {
      const bench = this.#bench('Neiro reader', { memory: readingMemory, idleMs })
      this.#readers.push(bench)
      return bench
    }
    return this.#readers.reduce((least, bench) => (bench.load < least.load ? bench : least))
  }

  #bench(
    name: string,
    own: Pick<ConstructorParameters<typeof Bench>[0], 'memory' | 'idleMs' | 'prepare'>
  ): Bench {
    const { program, start = forkProgram, onLog, stalledMs } = this.options
    return new Bench({ program, start, onLog, stalledMs, name, ...own })
  }
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function asFileError(error: unknown, file: string): unknown {
  if (!(error instanceof Ended)) return error
  switch (error.how) {
    case 'silent':
      return new NeiroError('FILE_SILENT', { file })
    case 'memory':
      return new NeiroError('FILE_MEMORY', { file })
    case 'crash':
      return new NeiroError('FILE_CRASH', { file, reason: error.last })
    case 'killed':
      return new NeiroError('WORKSHOP_KILLED')
    case 'not-started':
      return new NeiroError('WORKSHOP_NOT_STARTED', { reason: error.last })
  }
}
