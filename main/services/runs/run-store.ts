// All runs: those of projects, those of the command line, and those it was told to put elsewhere. Found by id,
// listed, renamed, put away and brought back. A run's truth is its folder; nothing is remembered here but where
// that is.
import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { NeiroError } from '../../contract/errors'
import type { PutAway } from '../../contract/window/projects'
import type { RunView } from '../../contract/window/training'
import { isAbandoned, leftoverOf } from '../../files/beside'
import { inFolderTurn } from '../../files/folder-turn'
import { remove } from '../../files/moving'
import { liesIn } from '../../files/within'
import { Bin, isThere, type Binned } from '../files/bin'
import { FolderList } from '../files/folder-list'
import type { OpenedProject, Projects } from '../projects/projects'
import { elsewhereDir, isOnlyShown } from '../runners/elsewhere-file'
import type { InStorage } from '../storage/storage-place'
import { changeRunFile, readRunFile, type RunFile } from './run-file'
import { isRunFolder } from './run-folder'
import { MetricsReaders, type RunFigures } from './run-metrics'
import { viewRun, type LiveRun, type RunPlace } from './run-view'

export interface RunStoreOptions {
  readonly projects: Pick<Projects, 'list'>
  /** the data folder, with the list of runs that lie elsewhere */
  readonly home: string
  /** runs of no project lie in its runs, put-away ones in its runs-bin */
  readonly storage: InStorage
  /** what only the queue knows */
  readonly live: (id: string) => LiveRun | null
}

/** A bin of runs, whose they are, and where they lay. */
interface RunsBin {
  readonly bin: Bin
  readonly project: OpenedProject | null
}

export class RunStore {
  readonly #places = new Map<string, RunPlace>()
  /** the storage place that the runs were seen in */
  #seenIn: string
  readonly #metrics = new MetricsReaders()
  readonly #elsewhere: FolderList
  /** run.json files change one at a time */
  #changes: Promise<unknown> = Promise.resolve()

  constructor(private readonly options: RunStoreOptions) {
    this.#seenIn = options.storage.dir
    this.#elsewhere = new FolderList(join(options.home, 'runs-elsewhere.json'))
  }

  /** Newest first. */
  async list(): Promise<readonly RunView[]> {
    return this.#views(await this.places())
  }

  async listOf(project: OpenedProject): Promise<readonly RunView[]> {
    return this.#views(await this.#placesOf(project))
  }

  async get(id: string): Promise<RunView> {
    return this.view(await this.place(id))
  }

  async view(place: RunPlace): Promise<RunView> {
    return viewRun(place, await this.figures(place), this.options.live(place.id))
  }

  figures(place: RunPlace): Promise<RunFigures> {
    return this.#metrics.figures(place.dir)
  }

  /** Throws RUN_GONE. */
  async place(id: string): Promise<RunPlace> {
    const { dir } = this.options.storage
    if (this.#seenIn !== dir) this.#forgetIn(this.#seenIn)
    this.#seenIn = dir
    const known = this.#places.get(id)
    if (known && isRunFolder(known.dir)) return known
    this.#places.delete(id)
    await this.places()
    const place = this.#places.get(id)
    if (place) return place
    throw new NeiroError('RUN_GONE')
  }

  /** The storage place was moved: what still lies in the old one is a copy. A run that the user named elsewhere stays known. */
  #forgetIn(old: string): void {
    for (const [id, { dir }] of this.#places) if (liesIn(old, dir)) this.#places.delete(id)
  }

  async places(): Promise<readonly RunPlace[]> {
    const own = await runFolders(this.#runsDir)
    const loose = [...own, ...(await this.#elsewhere.all()).filter((dir) => !own.includes(dir))]
    const ofProjects = await Promise.all(
      (await this.options.projects.list()).map((one) => this.#placesOf(one))
    )
    return [...ofProjects.flat(), ...loose.filter(isRunFolder).map((dir) => this.placeOf(null, dir))]
  }

  /** By the projects' ids. */
  async projectNames(): Promise<ReadonlyMap<string, string>> {
    return new Map((await this.options.projects.list()).map(({ file }) => [file.id, file.name]))
  }

  /** Of a folder that the user names; also one that is not on the list. Throws RUN_NOT_FOUND. */
  async placeAt(given: string): Promise<RunPlace> {
    const dir = resolve(given)
    if (!isRunFolder(dir)) throw new NeiroError('RUN_NOT_FOUND', { run: dir })
    return (await this.places()).find((place) => place.dir === dir) ?? this.placeOf(null, dir)
  }

  /** A copied project is another project, so its runs are others too. */
  placeOf(project: string | null, dir: string): RunPlace {
    const own = project !== null || dirname(dir) === this.#runsDir
    const id = idOf(own ? `${project ?? ''}/${basename(dir)}` : dir)
    const place = { id, project, dir }
    this.#places.set(id, place)
    return place
  }

  /** A run of no project that was put where the user wanted it stays on the list. */
  async remember({ project, dir }: RunPlace): Promise<void> {
    if (project !== null || dirname(dir) === this.#runsDir) return
    // a command in another terminal may remember one too
    await inFolderTurn(this.options.home, () => this.#elsewhere.add(dir))
  }

  change(place: RunPlace, change: (file: RunFile) => Partial<RunFile>): Promise<RunFile> {
    // another Neiro with this home may change it too; the run's own folder is held by whoever trains it
    return this.#inTurn(() =>
      inFolderTurn(dirname(place.dir), () => changeRunFile(place.dir, basename(place.dir), change))
    )
  }

  /** Moves the folder to the bin of its project, on the same disk; of no project, to the app's own. */
  async remove(place: RunPlace): Promise<{ undo: string }> {
    const bin = place.project === null ? this.#bin : binOf(dirname(dirname(place.dir)))
    const undo = await bin.put(place.dir, place.project === null ? place.dir : basename(place.dir))
    this.#metrics.forget(place.dir)
    this.#places.delete(place.id)
    return { undo }
  }

  /** Throws NOTHING_TO_RESTORE. */
  async restore(undo: string): Promise<RunPlace> {
    for (const { bin, project } of await this.#bins()) {
      const found = await bin.get(undo).catch(() => null)
      if (!found) continue
      const wanted = project
        ? join(runsDirOf(project.dir), basename(found.from))
        : this.options.storage.today(found.from)
      const dir = (await isThere(wanted)) ? `${wanted}-${undo.slice(0, 4)}` : wanted
      await bin.take(undo, dir)
      const place = this.placeOf(project?.file.id ?? null, dir)
      await this.remember(place)
      await bin.forget(undo)
      return place
    }
    throw new NeiroError('NOTHING_TO_RESTORE')
  }

  /** What was put away and can be brought back, newest first. */
  async bin(now = Date.now()): Promise<readonly PutAway[]> {
    const all = await Promise.all(
      (await this.#bins()).map(async ({ bin, project }) =>
        Promise.all((await bin.list(now)).map((one) => putAway(one, project?.file.name ?? null)))
      )
    )
    return all.flat().sort((a, b) => b.removedAt.localeCompare(a.removedAt))
  }

  /** Lets go of what was put away long ago, of runs whose preparation was cut off, and of those that nobody agreed to. */
  async emptyBins(now = Date.now()): Promise<void> {
    for (const { bin, project } of await this.#bins()) {
      await bin.empty(now)
      const runsDir = project ? runsDirOf(project.dir) : this.#runsDir
      for (const name of await readdir(runsDir).catch(() => [])) {
        const left = leftoverOf(name)
        const dir = join(runsDir, name)
        if ((left && isAbandoned(left.mark)) || (await isUnanswered(dir, now))) await remove(dir)
      }
    }
  }

  get #runsDir(): string {
    return runsDirOf(this.options.storage.dir)
  }
  get #bin(): Bin {
    return binOf(this.options.storage.dir)
  }

  async #views(places: readonly RunPlace[]): Promise<readonly RunView[]> {
    const agreed = places.filter(({ dir }) => !isOnlyShown(dir))
    const views = await Promise.all(agreed.map((place) => this.view(place)))
    return views.sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.dir.localeCompare(a.dir))
  }

  async #placesOf({ dir, file }: OpenedProject): Promise<readonly RunPlace[]> {
    return (await runFolders(runsDirOf(dir))).map((folder) => this.placeOf(file.id, folder))
  }

  async #bins(): Promise<readonly RunsBin[]> {
    const projects = await this.options.projects.list()
    return [
      ...projects.map((project) => ({ bin: binOf(project.dir), project })),
      { bin: this.#bin, project: null }
    ]
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#changes.then(work)
    this.#changes = done.catch(() => undefined)
    return done
  }
}

/** What would leave for it was shown a day ago: nobody looks at it any more. */
async function isUnanswered(dir: string, now: number): Promise<boolean> {
  if (!isOnlyShown(dir)) return false
  const facts = await stat(join(dir, elsewhereDir)).catch(() => null)
  return facts !== null && now - facts.mtimeMs > 24 * 3600_000
}

/** of a project's folder, or of the data folder */
export const runsDirOf = (around: string): string => join(around, 'runs')
const binOf = (around: string): Bin => new Bin(join(around, 'runs-bin'))

const idOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

async function runFolders(runsDir: string): Promise<readonly string[]> {
  const names = await readdir(runsDir).catch(() => [])
  return names
    .filter((name) => !name.startsWith('.'))
    .map((name) => join(runsDir, name))
    .filter(isRunFolder)
}

async function putAway(
  { undo, from, dir, removedAt, daysLeft }: Binned,
  project: string | null
): Promise<PutAway> {
  const name = (await readRunFile(dir))?.name ?? basename(from)
  return { undo, name, about: project ?? dirname(from), removedAt, daysLeft }
}
