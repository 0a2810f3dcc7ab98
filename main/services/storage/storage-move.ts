// Moves the storage place: room and rights are asked first, everything is copied and read back, then one small file
// points to the new place. Until then nothing has changed; what lay in the old place stays until the user empties it.
import { constants } from 'node:fs'
import { access, readdir, readFile, rmdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { NeiroError, type NeiroErrorData } from '../../contract/errors'
import { isAbandoned, newMark, type Mark } from '../../files/beside'
import { asFileError } from '../../files/file-errors'
import { inFolderTurn, takeFolderTurn } from '../../files/folder-turn'
import { requireRoom } from '../../files/free-room'
import { remove } from '../../files/moving'
import type { RunLock } from '../../files/run-lock'
import { VerifiedCopy } from '../../files/verified-copy'
import { writeFileWhole } from '../../files/whole-file'
import { tidyBeside, writeFolderWhole } from '../../files/whole-folder'
import { markerFile, storageFolders, type Standing, type StoragePlace } from './storage-place'

export interface StorageMoveOptions {
  readonly place: StoragePlace
  /** the store of models lies in that folder, and at rest; then it comes along */
  readonly models: {
    dir(): Promise<string>
    adopt(from: string, to: string): Promise<void>
  }
  /** something is being trained, written, fetched or read: it would go on in the old place */
  readonly busy: () => Promise<boolean>
  /** our processes let go of what they have open there */
  readonly release: () => Promise<void>
  readonly onChange: (progress: MoveProgress | null) => void
}

export interface MoveProgress {
  readonly target: string
  readonly stage: 'copying' | 'checking'
  readonly doneBytes: number
  readonly totalBytes: number
}

interface Going {
  readonly stop: AbortController
  readonly ended: Promise<void>
}

/** what changes while it is copied is copied again, so many times before everybody has to wait */
const rounds = 3

export class StorageMove {
  #going: Going | null = null
  #progress: MoveProgress | null = null
  #failure: NeiroErrorData | null = null
  #last: Promise<void> | null = null

  constructor(private readonly options: StorageMoveOptions) {}

  /** null: at rest */
  get progress(): MoveProgress | null {
    return this.#progress
  }
  /** why the last move ended without having moved; null also where the user broke it off */
  get failure(): NeiroErrorData | null {
    return this.#failure
  }
  get going(): boolean {
    return this.#going !== null
  }
  /** There while the last changes are brought along: whoever would make more waits for it. */
  get lastMoment(): Promise<void> | null {
    return this.#last
  }

  /** Checks that it can be done, and begins. Throws STORAGE_MOVING, STORAGE_IN_USE, STORAGE_INSIDE {place},
   *  STORAGE_NO_ROOM {place, needed, free}, READ_ONLY {place} and what else the system says. */
  async begin(chosen: string): Promise<void> {
    if (this.#going) throw new NeiroError('STORAGE_MOVING')
    const { place, busy } = this.options
    const from = place.dir
    if (await busy()) throw new NeiroError('STORAGE_IN_USE')
    const target = await freshFolderIn(resolve(chosen))
    refuseInside(from, resolve(chosen), target)
    await access(dirname(target), constants.W_OK).catch((error: unknown) => {
      throw asFileError(error, dirname(target))
    })
    const names = await this.#names(from)
    const totalBytes = await new VerifiedCopy(from, target, names).bytes()
    await requireRoom(dirname(target), totalBytes, 'STORAGE_NO_ROOM')
    // two windows may have asked in the same moment
    if (this.#going) throw new NeiroError('STORAGE_MOVING')
    const stop = new AbortController()
    this.#failure = null
    this.#tell({ target, stage: 'copying', doneBytes: 0, totalBytes })
    const ended = this.#move(from, target, names, stop.signal)
      .catch((error: unknown) => {
        if (!stop.signal.aborted) this.#failure = NeiroError.of(error).toData()
      })
      .finally(() => {
        this.#going = null
        this.#tell(null)
      })
    this.#going = { stop, ended }
  }

  /** Until it has moved, failed or been broken off. */
  async ended(): Promise<void> {
    await this.#going?.ended
  }

  /** Everything is as it was before. */
  async cancel(): Promise<void> {
    this.#going?.stop.abort()
    await this.ended()
  }

  /** What a move left that was killed: nothing of it stays, or what had moved already is found where it is. */
  async recover(): Promise<void> {
    const { place } = this.options
    await this.#adoptModels()
    await place.tidy()
    const { moving, dir } = place.standing
    if (!moving || !isAbandoned(moving.mark)) return
    if (dir !== moving.target && (await markOf(moving.target)) === moving.mark) await remove(moving.target)
    // a drive that is not there is looked at another time
    if (await tidyBeside(moving.target)) await inFolderTurn(place.home, () => place.write({ moving: null }))
  }

  /** What was moved and still lies in the old place is deleted there. Throws STORAGE_IN_USE, or STORAGE_OLD_CHANGED {file}
   *  where something was written there since: it would be lost. */
  async emptyOld(): Promise<void> {
    const { place, busy, release } = this.options
    const { left } = place.standing
    if (!left) return
    if (this.#going || (await busy())) throw new NeiroError('STORAGE_IN_USE')
    await this.#adoptModels()
    const there = new VerifiedCopy(left.dir, left.dir, left.names)
    if ((await there.state()) !== left.state)
      throw new NeiroError('STORAGE_OLD_CHANGED', { file: (await there.newest()) ?? left.dir })
    const names = await this.#unused(left)
    // the new one is there to be read, or nothing is deleted
    void place.dir
    await release()
    for (const name of names)
      await remove(join(left.dir, name)).catch((error: unknown) => {
        throw asFileError(error, join(left.dir, name))
      })
    if (left.dir !== place.home) {
      await remove(join(left.dir, markerFile))
      // what else lies there is the user's
      await rmdir(left.dir).catch(() => undefined)
    }
    await inFolderTurn(place.home, () => place.write({ left: null }))
  }

  /** Bytes that emptying would free; null: nothing is left there. */
  async leftBytes(): Promise<number | null> {
    const { left } = this.options.place.standing
    if (!left) return null
    return new VerifiedCopy(left.dir, left.dir, await this.#unused(left)).bytes()
  }

  /** Where models lie, when that is not in this folder. */
  async modelsElsewhere(dir: string): Promise<string | null> {
    const models = await this.options.models.dir().catch(() => null)
    return models === null || resolve(models) === join(dir, 'models') ? null : models
  }

  /** The storage place is lost: a new one begins in the data folder. Only while it is away. */
  async useStandard(): Promise<void> {
    const { place } = this.options
    if (!place.isAway) return
    const { dir, formerly } = place.standing
    await inFolderTurn(place.home, () =>
      place.write({ dir: place.home, formerly: [...new Set([...formerly, dir])], left: null })
    )
  }

  async #move(from: string, target: string, names: readonly string[], signal: AbortSignal): Promise<void> {
    const { place, release } = this.options
    const mark = newMark()
    let turn: RunLock | null = null
    let state = ''
    let open = (): void => undefined
    try {
      await inFolderTurn(place.home, () => place.write({ moving: { target, mark: mark.text } }))
      await writeFolderWhole(target, { replace: false }, async (staging) => {
        await this.#copy(new VerifiedCopy(from, staging, names, target), signal, async () => {
          await release()
          this.#last = new Promise((resume) => (open = resume))
          turn = await takeFolderTurn(place.home)
          if (await this.options.busy()) throw new NeiroError('STORAGE_IN_USE')
        })
        state = await new VerifiedCopy(from, from, names).state()
        await writeFileWhole(join(staging, markerFile), `${JSON.stringify({ mark: mark.text })}\n`)
        signal.throwIfAborted()
      })
      const { formerly } = place.standing
      await place.write({
        dir: target,
        formerly: [...new Set([...formerly.filter((dir) => dir !== target), from])],
        left: { dir: from, names: [...names], state },
        moving: null
      })
      await this.#free(turn)
      turn = null
      await this.#adoptModels()
    } catch (error) {
      await this.#free(turn)
      turn = null
      await this.#forget(target, mark).catch(() => undefined)
      throw error
    } finally {
      await this.#free(turn)
      this.#last = null
      open()
      mark.done()
    }
  }

  /** `closing` is called before the last look: from then on nothing there may change. */
  async #copy(copy: VerifiedCopy, signal: AbortSignal, closing: () => Promise<void>): Promise<void> {
    const count = (bytes: number): void => {
      const now = this.#progress
      if (now) this.#tell({ ...now, doneBytes: Math.min(now.totalBytes, now.doneBytes + bytes) })
    }
    for (let round = 0; round < rounds && (await copy.bring(count, signal)) > 0; round++);
    if (this.#progress) this.#tell({ ...this.#progress, stage: 'checking', doneBytes: 0 })
    await copy.prove(count, signal)
    await closing()
    // few and small: they are read back with the rest of theirs
    if ((await copy.bring(() => undefined, signal)) > 0) await copy.prove(() => undefined, signal)
  }

  /** The list of models speaks of the new place where their store is there. May be done again. */
  async #adoptModels(): Promise<void> {
    const { place, models } = this.options
    const { left, dir } = place.standing
    if (!left || resolve(await models.dir()) !== join(dir, 'models')) return
    await models.adopt(join(left.dir, 'models'), join(dir, 'models'))
  }

  async #free(turn: RunLock | null): Promise<void> {
    await turn?.release()
  }

  async #forget(target: string, mark: Mark): Promise<void> {
    const { place } = this.options
    if (place.standing.dir === target) return
    if ((await markOf(target)) === mark.text) await remove(target)
    await inFolderTurn(place.home, () => place.write({ moving: null }))
  }

  /** Models come along where their store is in the storage place. */
  async #names(from: string): Promise<readonly string[]> {
    const along = resolve(await this.options.models.dir()) === join(from, 'models')
    return storageFolders.filter((name) => name !== 'models' || along)
  }

  /** Models that are still used from there stay. */
  async #unused({ dir, names }: NonNullable<Standing['left']>): Promise<readonly string[]> {
    const used = resolve(await this.options.models.dir()) === join(dir, 'models')
    return names.filter((name) => name !== 'models' || !used)
  }

  #tell(progress: MoveProgress | null): void {
    this.#progress = progress
    this.options.onChange(progress)
  }
}

/** The chosen folder where it is empty and one of many on its disk; else a new one in it. */
async function freshFolderIn(chosen: string): Promise<string> {
  const info = await stat(chosen).catch((error: unknown) => {
    throw asFileError(error, chosen)
  })
  if (!info.isDirectory()) throw new NeiroError('WRONG_KIND_OF_PLACE', { place: chosen })
  const inside = await readdir(chosen).catch((error: unknown) => {
    throw asFileError(error, chosen)
  })
  const above = dirname(chosen)
  const sameDisk = (await stat(above)).dev === info.dev
  const open = await access(above, constants.W_OK).then(
    () => true,
    () => false
  )
  if (inside.length === 0 && sameDisk && open && above !== chosen) return chosen
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'Neiro' : `Neiro ${number}`
    const entries = await readdir(join(chosen, name)).catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? [] : ['taken']
    )
    if (entries.length === 0) return join(chosen, name)
  }
}

/** Neither what is copied inside itself, nor to where it already is. */
function refuseInside(from: string, chosen: string, target: string): void {
  const inside = storageFolders.some((name) => `${target}${sep}`.startsWith(join(from, name) + sep))
  if (inside || chosen === resolve(from)) throw new NeiroError('STORAGE_INSIDE', { place: basename(chosen) })
}

async function markOf(dir: string): Promise<string | null> {
  try {
    return (JSON.parse(await readFile(join(dir, markerFile), 'utf8')) as { mark: string }).mark
  } catch {
    return null
  }
}
