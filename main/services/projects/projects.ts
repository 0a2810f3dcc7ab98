// All projects: the folders in the app's own place, and those opened from elsewhere. Creating, changing,
// putting away (the app's own bin, 30 days) and bringing back. What a project's rooms hold is asked of others.
import { randomUUID } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { NeiroError } from '../../contract/errors'
import { asFileError } from '../../contract/file-errors'
import { steps, type Step } from '../../contract/window/projects'
import { writeWhole } from '../files/write-whole'
import { readProjectFile, writeProjectFile, type ProjectFile } from './project-file'

export interface OpenedProject {
  readonly dir: string
  readonly file: ProjectFile
}

const binDays = 30

/** from.json of a place in the bin */
const origin = z.object({ dir: z.string().min(1) })

export class Projects {
  readonly #home: string
  /** dirs by id, filled by list() */
  readonly #dirs = new Map<string, string>()
  /** what changes projects happens one after the other */
  #changes: Promise<unknown> = Promise.resolve()

  /** home: the data folder; projects lie in home/projects, put-away ones in home/bin. */
  constructor(home: string) {
    this.#home = home
  }

  get #own(): string {
    return join(this.#home, 'projects')
  }
  get #elsewhereFile(): string {
    return join(this.#home, 'projects-elsewhere.json')
  }
  get #bin(): string {
    return join(this.#home, 'bin')
  }

  /** Every project that can be read; one that cannot is left alone and left out. */
  async list(): Promise<readonly OpenedProject[]> {
    const dirs = [...(await foldersIn(this.#own)), ...(await this.#elsewhere())]
    const opened = await Promise.all(
      dirs.map(async (dir) => ({ dir, file: await readProjectFile(dir).catch(() => null) }))
    )
    this.#dirs.clear()
    const projects: OpenedProject[] = []
    for (const { dir, file } of opened) {
      if (!file || this.#dirs.has(file.id)) continue
      this.#dirs.set(file.id, dir)
      projects.push({ dir, file })
    }
    return projects
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

  change(id: string, change: Partial<Omit<ProjectFile, 'id' | 'version'>>): Promise<OpenedProject> {
    return this.#inTurn(() => this.#change(id, change))
  }

  /** Moves the folder to the bin; the answer brings it back. */
  remove(id: string): Promise<{ undo: string }> {
    return this.#inTurn(() => this.#remove(id))
  }

  restore(undo: string): Promise<OpenedProject> {
    return this.#inTurn(() => this.#restore(undo))
  }

  async #create(name: string, company: string, sample: boolean): Promise<OpenedProject> {
    const now = new Date().toISOString()
    const title = name.trim() || 'Neiro'
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
    this.#dirs.set(file.id, dir)
    return { dir, file }
  }

  async #open(dir: string): Promise<OpenedProject> {
    let file = await readProjectFile(dir)
    await this.list()
    const known = this.#dirs.get(file.id)
    if (known !== undefined && known !== dir) {
      file = { ...file, id: randomUUID() }
      await writeProjectFile(dir, file)
    }
    if (dirname(dir) !== this.#own) await this.#remember([...new Set([...(await this.#elsewhere()), dir])])
    this.#dirs.set(file.id, dir)
    return { dir, file }
  }

  async #change(id: string, change: Partial<Omit<ProjectFile, 'id' | 'version'>>): Promise<OpenedProject> {
    const { dir, file } = await this.get(id)
    // what a window leaves open may arrive as undefined: it changes nothing
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    // a new name is no work on it: home keeps its order
    const onlyNamed = Object.keys(given).every((key) => key === 'name' || key === 'company')
    const changed: ProjectFile = {
      ...file,
      ...given,
      reached: furthest(file.reached, change.step ?? file.step, change.reached ?? 'goal'),
      openedAt: onlyNamed ? file.openedAt : new Date().toISOString()
    }
    await writeProjectFile(dir, changed)
    return { dir, file: changed }
  }

  async #remove(id: string): Promise<{ undo: string }> {
    const dir = await this.#dirOf(id)
    const undo = randomUUID()
    const place = join(this.#bin, undo)
    await made(place)
    try {
      await writeFile(join(place, 'from.json'), JSON.stringify({ dir, removedAt: new Date().toISOString() }))
      await move(dir, join(place, 'project'))
    } catch (error) {
      // nothing was moved: nothing is in the bin
      if (!(await isThere(join(place, 'project')))) await rm(place, { recursive: true, force: true })
      throw asFileError(error, dir)
    }
    await this.#remember((await this.#elsewhere()).filter((other) => other !== dir))
    this.#dirs.delete(id)
    return { undo }
  }

  async #restore(undo: string): Promise<OpenedProject> {
    const place = join(this.#bin, basename(undo))
    let from
    try {
      from = origin.parse(JSON.parse(await readFile(join(place, 'from.json'), 'utf8')))
    } catch {
      throw new NeiroError(
        'NOTHING_TO_RESTORE',
        'This was put away more than 30 days ago.',
        'It can no longer be brought back.'
      )
    }
    const dir = (await isThere(from.dir))
      ? await this.#freeFolder(dirname(from.dir), basename(from.dir))
      : from.dir
    await made(dirname(dir))
    await move(join(place, 'project'), dir).catch((error: unknown) => {
      throw asFileError(error, dir)
    })
    await rm(place, { recursive: true, force: true })
    return this.#open(dir)
  }

  /** Empties what has lain in the bin for over 30 days. Called once after start-up. */
  async emptyBin(now = Date.now()): Promise<void> {
    for (const place of await foldersIn(this.#bin)) {
      const info = await stat(place).catch(() => null)
      if (info && now - info.mtimeMs > binDays * 86_400_000) await rm(place, { recursive: true, force: true })
    }
  }

  async #dirOf(id: string): Promise<string> {
    const known = this.#dirs.get(id)
    // its folder may have been moved, or another put in its place, while the app was open
    if (known !== undefined && (await readProjectFile(known).catch(() => null))?.id === id) return known
    await this.list()
    const dir = this.#dirs.get(id)
    if (dir !== undefined) return dir
    throw new NeiroError(
      'PROJECT_GONE',
      'This project is no longer there.',
      'If you moved its folder, open it from home.'
    )
  }

  async #elsewhere(): Promise<readonly string[]> {
    try {
      const stored: unknown = JSON.parse(await readFile(this.#elsewhereFile, 'utf8'))
      return Array.isArray(stored) ? stored.filter((entry) => typeof entry === 'string') : []
    } catch {
      return []
    }
  }

  async #remember(dirs: readonly string[]): Promise<void> {
    await writeWhole(this.#elsewhereFile, `${JSON.stringify(dirs, null, 2)}\n`)
  }

  async #freeFolder(parent: string, title: string): Promise<string> {
    const base = folderName(title)
    for (let n = 1; ; n++) {
      const dir = join(parent, n === 1 ? base : `${base} ${n}`)
      if (!(await isThere(dir))) return dir
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#changes.then(work)
    this.#changes = done.catch(() => undefined)
    return done
  }
}

/** A name that every system takes for a folder: no signs of theirs, none of Windows' devices, no dot at the ends. */
function folderName(title: string): string {
  const signs = title.replace(/[\u0000-\u001f<>:"/\\|?*]/g, ' ').replace(/^[. ]+/, '')
  const name = [...signs]
    .slice(0, 60)
    .join('')
    .replace(/[. ]+$/, '')
  if (/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name)) return `${name}_`
  return name || 'Neiro'
}

async function made(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true }).catch((error: unknown) => {
    throw asFileError(error, dir)
  })
}

const isThere = async (path: string): Promise<boolean> => (await stat(path).catch(() => null)) !== null

function furthest(...reached: readonly Step[]): Step {
  return reached.reduce((a, b) => (steps.indexOf(b) > steps.indexOf(a) ? b : a))
}

async function foldersIn(dir: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(dir, entry.name))
  } catch {
    return []
  }
}

/** A rename where possible; across disks a copy, removed only when it is complete. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    try {
      await cp(from, to, { recursive: true, errorOnExist: true, force: false })
    } catch (failure) {
      await rm(to, { recursive: true, force: true })
      throw failure
    }
    await rm(from, { recursive: true, force: true })
  }
}
