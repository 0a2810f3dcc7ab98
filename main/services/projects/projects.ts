// All projects: the folders in the app's own place, and those opened from elsewhere. Creating, changing,
// putting away (the app's own bin, 30 days) and bringing back. What a project's rooms hold is asked of others.
import { createHash, randomUUID } from 'node:crypto'
import { readFile, rmdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { NeiroError, type NeiroErrorData } from '../../contract/errors'
import { freeName, steps, type PutAway, type Step } from '../../contract/window/projects'
import { inFolderTurn } from '../../files/folder-turn'
import { keepOpeningFile } from './opening-file'
import { projectFileName, readProjectFile, writeProjectFile, type ProjectFile } from './project-file'
import { Bin, foldersIn, isThere, made } from '../files/bin'
import { FolderList } from '../files/folder-list'
import { folderName } from '../files/folder-name'
import { fixedStorage, type InStorage } from '../storage/storage-place'

/** What is not named stays, of the answers too. */
export type ProjectChange = Partial<Omit<ProjectFile, 'id' | 'version' | 'answers'>> & {
  readonly answers?: Partial<ProjectFile['answers']>
}

export interface OpenedProject {
  readonly dir: string
  readonly file: ProjectFile
}

/** A place on the list whose project cannot be read now. */
export interface LostProject {
  readonly id: string
  readonly dir: string
  /** in the app's own place, not opened from elsewhere */
  readonly own: boolean
  readonly error: NeiroErrorData
}

interface Found {
  readonly projects: readonly OpenedProject[]
  readonly lost: readonly LostProject[]
  /** copies with the identity of another */
  readonly twins: readonly OpenedProject[]
}

export class Projects {
  readonly #home: string
  readonly #storage: InStorage
  readonly #elsewhere: FolderList
  /** dirs by id, filled by list() */
  readonly #dirs = new Map<string, string>()
  /** where they were when they were looked at */
  #seenIn = ''
  /** what changes projects happens one after the other */
  #changes: Promise<unknown> = Promise.resolve()

  /** home: the data folder. Projects lie in projects of the storage place, put-away ones in its bin. */
  constructor(home: string, storage: InStorage = fixedStorage(home)) {
    this.#home = home
    this.#storage = storage
    this.#elsewhere = new FolderList(join(home, 'projects-elsewhere.json'))
  }

  get #own(): string {
    return join(this.#storage.dir, 'projects')
  }
  get #bin(): Bin {
    return new Bin(join(this.#storage.dir, 'bin'))
  }

  /** Every project that can be read. A copy that a file manager made gets an identity of its own first. */
  async list(): Promise<readonly OpenedProject[]> {
    const found = await this.#scan()
    if (found.twins.length === 0) return found.projects
    return this.#inTurn(async () => {
      for (const { dir, file } of (await this.#scan()).twins)
        // on a disk that is read-only it stays hidden, as one of the lost
        await writeProjectFile(dir, { ...file, id: randomUUID() }).catch(() => undefined)
      return (await this.#scan()).projects
    })
  }

  /** What is on the list and cannot be read: broken, made by a newer Neiro, on a drive that is not connected. */
  async lost(): Promise<readonly LostProject[]> {
    const { lost, twins } = await this.#scan()
    return [...lost, ...twins.map(({ dir }) => ({ ...this.#placeOf(dir), error: twinError(dir).toData() }))]
  }

  /** What was put away and can be brought back, newest first. */
  async bin(): Promise<readonly PutAway[]> {
    const found = await this.#bin.list()
    return Promise.all(
      found.map(async ({ undo, from, dir, removedAt, daysLeft }) => ({
        ...{ undo, about: from, removedAt, daysLeft },
        name: (await nameIn(dir)) ?? basename(from)
      }))
    )
  }

  async get(id: string): Promise<OpenedProject> {
    const dir = await this.#dirOf(id)
    return { dir, file: await readProjectFile(dir) }
  }

  create(name: string, company: string, sample: boolean): Promise<OpenedProject> {
    return this.#inTurn(() => this.#create(name, company, sample))
  }

  /** Opens a project folder from anywhere. A copy of one that is known gets an identity of its own. */
  open(dir: string): Promise<OpenedProject> {
    return this.#inTurn(() => this.#open(resolve(dir)))
  }

  change(id: string, change: ProjectChange): Promise<OpenedProject> {
    return this.#inTurn(() => this.#change(id, change))
  }

  /** Moves the folder to the bin; the answer brings it back. */
  remove(id: string): Promise<{ undo: string }> {
    return this.#inTurn(() => this.#remove(id))
  }

  /** Takes a lost one off the list; its folder goes to the bin only where it lies in the app's own place. */
  forget(id: string): Promise<{ undo: string }> {
    return this.#inTurn(() => this.#forget(id))
  }

  /** Opens a project where it lies now; the place where it was lost is forgotten. */
  relocate(id: string, dir: string): Promise<OpenedProject> {
    return this.#inTurn(async () => {
      const opened = await this.#open(resolve(dir))
      const lost = (await this.lost()).find((one) => one.id === id)
      // opened where it was after all: there is nothing to forget
      if (lost) await this.#elsewhere.drop(lost.dir)
      return opened
    })
  }

  /** null: it is back on the list, and cannot be read. */
  restore(undo: string): Promise<OpenedProject | null> {
    return this.#inTurn(() => this.#restore(undo))
  }

  async #create(name: string, company: string, sample: boolean): Promise<OpenedProject> {
    const now = new Date().toISOString()
    const title = await this.#freeName(name.trim() || 'Neiro')
    const dir = await this.#freeFolder(this.#own, title)
    await made(dir)
    const file: ProjectFile = {
      version: 1,
      id: randomUUID(),
      name: title,
      company: company.trim(),
      goal: 'tone',
      step: 'goal',
      reached: 'goal',
      answers: { useCase: null, tried: null, newFacts: null, volume: null },
      sample,
      modelId: null,
      systemPrompt: '',
      chosenRun: null,
      createdAt: now,
      openedAt: now
    }
    try {
      await writeProjectFile(dir, file)
    } catch (error) {
      // a folder without its file would be nobody's
      await rmdir(dir).catch(() => undefined)
      throw error
    }
    await keepOpeningFile(dir, file.id)
    this.#dirs.set(file.id, dir)
    return { dir, file }
  }

  async #open(dir: string): Promise<OpenedProject> {
    let file = await readProjectFile(dir)
    await this.#scan()
    const known = this.#dirs.get(file.id)
    if (known !== undefined && known !== dir) {
      file = { ...file, id: randomUUID() }
      await writeProjectFile(dir, file)
    }
    if (dirname(dir) !== this.#own) await this.#elsewhere.add(dir)
    await keepOpeningFile(dir, file.id)
    this.#dirs.set(file.id, dir)
    return { dir, file }
  }

  async #change(id: string, change: ProjectChange): Promise<OpenedProject> {
    const { dir, file } = await this.get(id)
    const given = named(change)
    const name = await (given.name === undefined || given.name === file.name
      ? file.name
      : this.#freeName(given.name, id))
    const reached = furthest(file.reached, change.step ?? file.step, change.reached ?? 'goal')
    // a new name, a look at another run, at what one came to or at a room that was reached before is no work on it: home keeps its order
    const isLook = reached === file.reached || steps.indexOf(reached) > steps.indexOf('train')
    const looks = ['name', 'company', 'chosenRun', ...(isLook ? ['step'] : [])]
    const onlyLooked = Object.keys(given).every((key) => looks.includes(key))
    const changed: ProjectFile = {
      ...file,
      ...given,
      name,
      // two answers given fast are two changes of one question each
      answers: { ...file.answers, ...named(change.answers ?? {}) },
      reached,
      openedAt: onlyLooked ? file.openedAt : new Date().toISOString()
    }
    await writeProjectFile(dir, changed)
    // of a version that had none
    await keepOpeningFile(dir, id)
    return { dir, file: changed }
  }

  async #remove(id: string): Promise<{ undo: string }> {
    const dir = await this.#dirOf(id)
    const undo = await this.#bin.put(dir)
    await this.#elsewhere.drop(dir)
    this.#dirs.delete(id)
    return { undo }
  }

  async #forget(id: string): Promise<{ undo: string }> {
    const one = (await this.lost()).find((lost) => lost.id === id)
    if (!one) throw projectGone()
    if (one.own) return { undo: await this.#bin.put(one.dir) }
    const undo = await this.#bin.note(one.dir)
    await this.#elsewhere.drop(one.dir)
    return { undo }
  }

  async #restore(undo: string): Promise<OpenedProject | null> {
    const { from: before, listed } = await this.#bin.get(undo)
    const from = this.#storage.today(before)
    const free = listed || !(await isThere(from))
    const dir = free ? from : await this.#freeFolder(dirname(from), basename(from))
    if (!listed) await this.#bin.take(undo, dir)
    if (dirname(dir) !== this.#own) await this.#elsewhere.add(dir)
    await this.#bin.forget(undo)
    return this.#open(dir).catch((error: unknown) => {
      if (error instanceof NeiroError) return null
      throw error
    })
  }

  /** Empties what has lain in the bin for over 30 days. Called once after start-up. */
  emptyBin(now = Date.now()): Promise<void> {
    return this.#bin.empty(now)
  }

  async #scan(): Promise<Found> {
    const own = await foldersIn(this.#own)
    const elsewhere = (await this.#elsewhere.all()).filter((dir) => !own.includes(dir))
    const lost: LostProject[] = []
    const opened: OpenedProject[] = []
    await Promise.all(
      [...own, ...elsewhere].map(async (dir) => {
        try {
          opened.push({ dir, file: await readProjectFile(dir) })
        } catch (error) {
          if (!(error instanceof NeiroError)) throw error
          const said = await troubleOf(dir, error, this.#placeOf(dir).own)
          if (said) lost.push({ ...this.#placeOf(dir), error: said.toData() })
        }
      })
    )
    this.#forgetMoved()
    // the one that was known keeps its identity, else the one whose folder is older
    const sorted = await oldestFirst(opened, ({ dir, file }) => this.#dirs.get(file.id) === dir)
    this.#dirs.clear()
    const projects: OpenedProject[] = []
    const twins: OpenedProject[] = []
    for (const one of sorted) {
      if (this.#dirs.has(one.file.id)) {
        twins.push(one)
        continue
      }
      this.#dirs.set(one.file.id, one.dir)
      projects.push(one)
    }
    return { projects, lost: lost.sort((a, b) => a.dir.localeCompare(b.dir)), twins }
  }

  #placeOf(dir: string): Omit<LostProject, 'error'> {
    return { id: idOf(dir), dir, own: dirname(dir) === this.#own }
  }

  async #dirOf(id: string): Promise<string> {
    this.#forgetMoved()
    const known = this.#dirs.get(id)
    // its folder may have been moved, or another put in its place, while the app was open
    if (known !== undefined && (await readProjectFile(known).catch(() => null))?.id === id) return known
    await this.#scan()
    const dir = this.#dirs.get(id)
    if (dir !== undefined) return dir
    throw projectGone()
  }

  /** The storage place was moved: what still lies in the old one is a copy. */
  #forgetMoved(): void {
    const { dir } = this.#storage
    if (this.#seenIn !== dir) this.#dirs.clear()
    this.#seenIn = dir
  }

  /** Of two alike nobody could tell which is meant; own: the project that is to be called so. */
  async #freeName(name: string, own?: string): Promise<string> {
    const { projects } = await this.#scan()
    return freeName(
      name,
      projects.filter(({ file }) => file.id !== own).map(({ file }) => file.name)
    )
  }

  async #freeFolder(parent: string, title: string): Promise<string> {
    const base = folderName(title) || 'Neiro'
    for (let n = 1; ; n++) {
      const dir = join(parent, n === 1 ? base : `${base} ${n}`)
      if (!(await isThere(dir))) return dir
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    // another process may have this home too: each change stands on what is there
    const done = this.#changes.then(() => inFolderTurn(this.#home, work))
    this.#changes = done.catch(() => undefined)
    return done
  }
}

const projectGone = (): NeiroError => new NeiroError('PROJECT_GONE')

/** The project's own name, also where Neiro cannot open it. */
async function nameIn(dir: string): Promise<string | null> {
  try {
    const { name } = JSON.parse(await readFile(join(dir, projectFileName), 'utf8')) as { name?: unknown }
    return typeof name === 'string' && name !== '' ? name : null
  } catch {
    return null
  }
}

/** A copy is given an identity of its own; on a disk that refuses, it would hide the other one. */
const twinError = (dir: string): NeiroError => new NeiroError('PROJECT_TWIN', { folder: basename(dir) })

/** of a place, as a page may name it */
const idOf = (dir: string): string => createHash('sha256').update(dir).digest('hex').slice(0, 16)

/** What is wrong with a place; null for a folder in the app's own place that never was a project. */
async function troubleOf(dir: string, error: NeiroError, own: boolean): Promise<NeiroError | null> {
  if (error.code !== 'NOT_A_PROJECT') return error
  const folder = basename(dir)
  if (!(await isThere(dir))) return new NeiroError('PROJECT_AWAY', { folder })
  const holds = (await isThere(join(dir, 'data'))) || (await isThere(join(dir, 'runs')))
  return own && !holds ? null : error
}

async function oldestFirst(
  all: readonly OpenedProject[],
  first: (one: OpenedProject) => boolean
): Promise<readonly OpenedProject[]> {
  const born = await Promise.all(
    all.map(async (one) => ({
      one,
      born: first(one)
        ? -1
        : await stat(one.dir).then(
            (info) => info.birthtimeMs,
            () => 0
          )
    }))
  )
  return born.sort((a, b) => a.born - b.born || a.one.dir.localeCompare(b.one.dir)).map(({ one }) => one)
}

function furthest(...reached: readonly Step[]): Step {
  return reached.reduce((a, b) => (steps.indexOf(b) > steps.indexOf(a) ? b : a))
}

/** What a window leaves open may arrive as undefined: it changes nothing. */
function named<T extends object>(change: T): Partial<T> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<T>
}
