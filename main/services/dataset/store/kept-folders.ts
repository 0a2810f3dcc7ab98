// data/read of a project: each file of the set read into a folder of its own, known by the file's bytes, by how it is read
// and by who reads. Nothing here is needed to know what the user did: what is missing, broken or of an older form is read
// again from the copy, and what nobody has asked for in a while goes.
import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { NeiroError } from '../../../contract/errors'
import type { DataOverrides } from '../../../contract/records'
import { leftoverOf } from '../../../files/beside'
import { remove } from '../../../files/moving'
import { writeFolderWhole } from '../../../files/whole-folder'
import { loadHead, type CopyFacts, type ReadHead } from '../kept/kept-head'
import { keptVersion } from '../kept/place'
import type { Source } from '../log/data-log'
import type { FileReader, Following } from '../read/file-reader'
import { indexWhileRead } from '../set/index-while-read'
import type { Keeper } from '../set/kept-set'

/** A file as it was read, and the folder with its rows. */
export interface KeptRead {
  readonly head: ReadHead
  /** null where it could not be read at all */
  readonly kept: string | null
}

type Named = Pick<Source, 'name' | 'sha256' | 'sample'>

/** a change that is taken back finds its reading again for so long, ms */
const unusedFor = 60 * 60_000

export class KeptFolders {
  /** where nothing can be written into the project */
  #isReadOnly = false

  constructor(
    private readonly own: string,
    /** for projects whose own folder cannot be written */
    private readonly spare: string,
    private readonly reader: FileReader,
    private readonly keeper: Keeper
  ) {}

  /** What was read of this file in this way before; null where that is to be done. path: of the copy, which must look as
   *  it did then. */
  async find(source: Named, overrides: DataOverrides, path: string): Promise<KeptRead | null> {
    const name = await this.#nameOf(source, overrides)
    for (const folder of [this.own, this.spare]) {
      const kept = join(folder, name)
      const known = await loadHead(kept)
      if (known && (await looksAs(path, known.copy))) return { head: known.head, kept }
    }
    return null
  }

  /** Reads it, whatever is there. Nothing is there when it fails. */
  async read(
    source: Named & { readonly id: string },
    overrides: DataOverrides,
    path: string,
    following: Following
  ): Promise<KeptRead> {
    const name = await this.#nameOf(source, overrides)
    const fill = (staging: string): Promise<ReadHead> =>
      indexWhileRead(
        this.keeper,
        staging,
        () => this.reader.readInto(source, path, overrides, staging, following),
        following.signal
      )
    if (!this.#isReadOnly) {
      try {
        return await write(join(this.own, name), fill)
      } catch (error) {
        if (!(error instanceof NeiroError) || error.code !== 'READ_ONLY') throw error
        this.#isReadOnly = true
      }
    }
    return write(join(this.spare, name), fill)
  }

  /** What is broken is gone when it is asked for again. */
  async forget(kept: string): Promise<void> {
    await remove(kept)
  }

  /** Takes away what nobody has asked for in a while. */
  async tidy(used: ReadonlySet<string>, unused = unusedFor): Promise<void> {
    for (const folder of [this.own, this.spare]) {
      for (const name of await readdir(folder).catch(() => [])) {
        const kept = join(folder, name)
        if (used.has(kept) || leftoverOf(name)) continue
        const age = await stat(kept).then(
          ({ mtimeMs }) => Date.now() - mtimeMs,
          () => 0
        )
        // where it cannot be removed it is in nobody's way
        if (age >= unused) await remove(kept).catch(() => undefined)
      }
    }
  }

  async #nameOf({ name, sha256, sample }: Named, overrides: DataOverrides): Promise<string> {
    const mark = await this.reader.mark()
    const all = JSON.stringify([keptVersion, mark, name, sha256, sample ?? false, overrides])
    return createHash('sha256').update(all).digest('hex').slice(0, 32)
  }
}

/** Another process may be making the same: then that one is as good. */
async function write(kept: string, fill: (staging: string) => Promise<ReadHead>): Promise<KeptRead> {
  await remove(kept)
  try {
    return { head: await writeFolderWhole(kept, { replace: false }, fill), kept }
  } catch (error) {
    const other = await loadHead(kept)
    if (other) return { head: other.head, kept }
    throw error
  }
}

async function looksAs(path: string, copy: CopyFacts): Promise<boolean> {
  const now = await stat(path).catch(() => null)
  return now !== null && now.size === copy.size && now.mtimeMs === copy.mtimeMs
}
