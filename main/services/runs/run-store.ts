// The runs of all projects: found by id, listed, renamed, put away and brought back. A run's truth is its
// folder, <project>/runs/<run>; nothing is remembered here but where that is.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { remove, renameInto } from '../../files/moving'
import { NeiroError } from '../../contract/errors'
import { runFiles } from '../../contract/run-files'
import type { RunView } from '../../contract/window/training'
import type { Projects } from '../projects/projects'
import { MetricsReaders, type RunFigures } from './run-metrics'
import { viewRun, type LiveRun, type RunPlace } from './run-view'
import { changeWindowFile, type WindowFile } from './window-file'

const binDays = 30
/** .NAME.tmp-PID: a run that was being prepared when the app was killed */
const unfinished = /^\..*\.tmp-\d+$/
const unfinishedDays = 1

export class RunStore {
  readonly #places = new Map<string, RunPlace>()
  readonly #metrics = new MetricsReaders()
  /** window files change one at a time */
  #changes: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly projects: Pick<Projects, 'list'>,
    private readonly live: (id: string) => LiveRun | null
  ) {}

  /** Newest first. */
  async list(project?: string): Promise<readonly RunView[]> {
    const places = await this.places()
    const views = await Promise.all(
      places
        .filter((place) => project === undefined || place.project === project)
        .map((place) => this.view(place))
    )
    return views.sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.dir.localeCompare(a.dir))
  }

  async get(id: string): Promise<RunView> {
    return this.view(await this.place(id))
  }

  async view(place: RunPlace): Promise<RunView> {
    return viewRun(place, await this.figures(place), this.live(place.id))
  }

  figures(place: RunPlace): Promise<RunFigures> {
    return this.#metrics.figures(place.dir)
  }

  async place(id: string): Promise<RunPlace> {
    const known = this.#places.get(id)
    if (known && existsSync(join(known.dir, runFiles.job))) return known
    this.#places.delete(id)
    await this.places()
    const place = this.#places.get(id)
    if (place) return place
    throw new NeiroError('RUN_GONE')
  }

  async places(): Promise<readonly RunPlace[]> {
    const found: RunPlace[] = []
    for (const { dir, file } of await this.projects.list())
      for (const folder of await runFolders(dir)) found.push(this.placeOf(file.id, folder))
    return found
  }

  /** A copied project is another project, so its runs are others too. */
  placeOf(project: string, dir: string): RunPlace {
    const id = createHash('sha256')
      .update(`${project}/${basename(dir)}`)
      .digest('hex')
      .slice(0, 16)
    const place = { id, project, dir }
    this.#places.set(id, place)
    return place
  }

  change(place: RunPlace, change: (file: WindowFile) => Partial<WindowFile>): Promise<WindowFile> {
    const changed = this.#changes.then(() => changeWindowFile(place.dir, basename(place.dir), change))
    this.#changes = changed.catch(() => undefined)
    return changed
  }

  /** Moves the folder to the bin of its project, on the same disk. */
  async remove(place: RunPlace): Promise<{ undo: string }> {
    const undo = randomUUID()
    const bin = join(binOf(projectDirOf(place)), undo)
    await mkdir(bin, { recursive: true })
    await writeFile(join(bin, 'from.json'), JSON.stringify({ folder: basename(place.dir) }))
    await renameInto(place.dir, join(bin, 'run'))
    this.#metrics.forget(place.dir)
    this.#places.delete(place.id)
    return { undo }
  }

  async restore(undo: string): Promise<RunPlace> {
    for (const { dir, file } of await this.projects.list()) {
      const bin = join(binOf(dir), basename(undo))
      const from = await readFile(join(bin, 'from.json'), 'utf8').catch(() => null)
      if (from === null) continue
      const wanted = join(dir, 'runs', basename((JSON.parse(from) as { folder: string }).folder))
      const place = this.placeOf(file.id, existsSync(wanted) ? `${wanted}-${undo.slice(0, 4)}` : wanted)
      await mkdir(join(dir, 'runs'), { recursive: true })
      await renameInto(join(bin, 'run'), place.dir)
      await remove(bin)
      return place
    }
    throw new NeiroError('NOTHING_TO_RESTORE')
  }

  /** Lets go of what was put away long ago, and of runs that were never whole. */
  async emptyBins(now = Date.now()): Promise<void> {
    const removeOlder = async (place: string, days: number): Promise<void> => {
      const info = await stat(place).catch(() => null)
      if (info && now - info.mtimeMs > days * 86_400_000) await remove(place)
    }
    for (const { dir } of await this.projects.list()) {
      for (const bin of await readdir(binOf(dir)).catch(() => []))
        await removeOlder(join(binOf(dir), bin), binDays)
      for (const name of await readdir(runsDirOf(dir)).catch(() => []))
        if (unfinished.test(name)) await removeOlder(join(runsDirOf(dir), name), unfinishedDays)
    }
  }
}

export const runsDirOf = (projectDir: string): string => join(projectDir, 'runs')
const binOf = (projectDir: string): string => join(projectDir, 'runs-bin')
const projectDirOf = (place: RunPlace): string => join(place.dir, '..', '..')

async function runFolders(projectDir: string): Promise<readonly string[]> {
  const names = await readdir(runsDirOf(projectDir)).catch(() => [])
  return names
    .filter((name) => !name.startsWith('.'))
    .map((name) => join(runsDirOf(projectDir), name))
    .filter((dir) => existsSync(join(dir, runFiles.job)))
}
