// An Excel or Word file as the package that it is: parts of XML in a zip file, and the relations that say
// which part is what. Whatever is wrong with it becomes an error with a way out. Knows no sheets or paragraphs.
import { posix } from 'node:path'
import { NeiroError } from '../../../contract/errors'
import {
  brokenOfficeFile,
  officeFileTooLarge,
  oldOfficeFile,
  passwordProtected,
  strangeOfficeFile
} from './office-errors'
import { isOleFile, isProtected } from './ole-file'
import { LimitProblem, XmlReader, type XmlHandler } from './xml-reader'
import { ZipFile, ZipProblem, type ZipEntry } from './zip-file'

export interface Relation {
  /** the last word of its type: worksheet, styles, sharedStrings ... */
  readonly kind: string
  /** name of the part that is meant */
  readonly part: string
}

/** A handler that collects things while it is given XML; take() hands over what is complete. */
export interface Collector<T> extends XmlHandler {
  take(): readonly T[]
}

export class OfficePackage {
  private constructor(
    readonly path: string,
    private readonly zip: ZipFile,
    private readonly names: ReadonlyMap<string, string>
  ) {}

  static async open(path: string): Promise<OfficePackage> {
    if (await isOleFile(path)) throw (await isProtected(path)) ? passwordProtected(path) : oldOfficeFile(path)
    try {
      const zip = await ZipFile.open(path)
      // names of parts do not differ by case
      const names = new Map([...zip.entries.keys()].map((name) => [name.toLowerCase(), name]))
      return new OfficePackage(path, zip, names)
    } catch (error) {
      throw asOfficeError(error, path)
    }
  }

  close(): Promise<void> {
    return this.zip.close()
  }

  has(part: string): boolean {
    return this.names.has(part.toLowerCase())
  }

  /** The part that everything else hangs on: the workbook, the document. */
  async mainPart(): Promise<string> {
    const relations = [...(await this.relations('')).values()]
    const main = relations.find(({ kind }) => kind === 'officeDocument')
    if (!main || !this.has(main.part)) throw brokenOfficeFile(this.path, 'no main part')
    return main.part
  }

  /** What a part refers to, by id. */
  async relations(part: string): Promise<ReadonlyMap<string, Relation>> {
    const folder = posix.dirname(part)
    const own = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
    const relations = new Map<string, Relation>()
    if (!this.has(own)) return relations
    await this.readXml(own, {
      open: (name, { Id, Type = '', Target = '', TargetMode }) => {
        if (name !== 'Relationship' || !Id || TargetMode === 'External') return
        const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target)
        relations.set(Id, { kind: posix.basename(Type), part: target })
      }
    })
    return relations
  }

  /** The bytes of a part as they are. */
  async *read(part: string): AsyncGenerator<Buffer> {
    try {
      yield* this.zip.read(this.entryOf(part))
    } catch (error) {
      throw asOfficeError(error, this.path)
    }
  }

  async readXml(part: string, handler: XmlHandler): Promise<void> {
    const nothing = this.collect(part, {
      open: (name, attributes) => handler.open?.(name, attributes),
      close: (name) => handler.close?.(name),
      text: (text) => handler.text?.(text),
      take: () => []
    })
    for await (const _ of nothing);
  }

  /** What the collector finds in a part, as it is found. */
  async *collect<T>(part: string, collector: Collector<T>): AsyncGenerator<T> {
    const reader = new XmlReader(collector)
    try {
      for await (const bytes of this.zip.read(this.entryOf(part))) {
        reader.push(bytes)
        yield* collector.take()
      }
      reader.end()
    } catch (error) {
      throw asOfficeError(error, this.path)
    }
    yield* collector.take()
  }

  private entryOf(part: string): ZipEntry {
    const entry = this.zip.entries.get(this.names.get(part.toLowerCase()) ?? '')
    if (!entry) throw brokenOfficeFile(this.path, `${part} is missing`)
    return entry
  }
}

function asOfficeError(error: unknown, path: string): unknown {
  if (error instanceof NeiroError) return error
  if (error instanceof LimitProblem) return strangeOfficeFile(path)
  if (error instanceof ZipProblem && error.kind === 'too-large') return officeFileTooLarge(path)
  if (error instanceof ZipProblem && error.kind === 'encrypted') return passwordProtected(path)
  const code = (error as NodeJS.ErrnoException).code
  if (code && /^E[A-Z]+$/.test(code)) return error
  return brokenOfficeFile(path, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
}
