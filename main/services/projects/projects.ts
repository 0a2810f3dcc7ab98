// All projects: the folders in the app's own place, and those opened from elsewhere. Creating, changing,
// putting away (the app's own bin, 30 days) and bringing back. What a project's rooms hold is asked of others.
import { randomUUID } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { steps, type Step } from '../../contract/window/projects'
import { readProjectFile, writeProjectFile, type ProjectFile } from './project-file'

export interface OpenedProject {
  readonly dir: string
  readonly file: ProjectFile
}

const binDays = 30

export class Projects {
  readonly #home: string
  /** dirs by id, filled by list() */
  readonly #dirs = new Map<string, string>()
  #listed = false

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
    this.#listed = true
    return projects
  }

  async get(id: string): Promise<OpenedProject> {
    const dir = await this.#dirOf(id)
    return { dir, file: await readProjectFile(dir) }
  }

  async create(name: string, company: string, sample: boolean): Promise<OpenedProject> {
    const now = new Date().toISOString()
    const title = name.trim() || 'Neiro'
    const dir = await this.#freeFolder(this.#own, title)
    await mkdir(dir, { recursive: true })
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
    await writeProjectFile(dir, file)
    this.#dirs.set(file.id, dir)
    return { dir, file }
  }

  /** Opens a project folder from anywhere. A copy of one that is known gets an identity of its own. */
  async open(dir: string): Promise<OpenedProject> {
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

  async change(id: string, change: Partial<Omit<ProjectFile, 'id' | 'version'>>): Promise<OpenedProject> {
    const { dir, file } = await this.get(id)
    const step = change.step ?? file.step
    const changed: ProjectFile = {
      ...file,
      ...change,
      reached: furthest(file.reached, step, change.reached ?? 'goal'),
      openedAt: new Date().toISOString()
    }
    await writeProjectFile(dir, changed)
    return { dir, file: changed }
  }

  /** Moves the folder to the bin; the answer brings it back. */
  async remove(id: string): Promise<{ undo: string }> {
    const dir = await this.#dirOf(id)
    const undo = randomUUID()
    const place = join(this.#bin, undo)
    await mkdir(place, { recursive: true })
    await writeFile(join(place, 'from.json'), JSON.stringify({ dir, removedAt: new Date().toISOString() }))
    await move(dir, join(place, 'project'))
    await this.#remember((await this.#elsewhere()).filter((other) => other !== dir))
    this.#dirs.delete(id)
    return { undo }
  }

  async restore(undo: string): Promise<OpenedProject> {
    const place = join(this.#bin, basename(undo))
    let from: { dir: string }
    try {
      from = JSON.parse(await readFile(join(place, 'from.json'), 'utf8')) as { dir: string }
    } catch {
      throw new NeiroError(
        'NOTHING_TO_RESTORE',
        'This was put away more than 30 days ago.',
        'It can no longer be brought back.'
      )
    }
    const taken = await stat(from.dir).catch(() => null)
    const dir = taken ? await this.#freeFolder(dirname(from.dir), basename(from.dir)) : from.dir
    await mkdir(dirname(dir), { recursive: true })
    await move(join(place, 'project'), dir)
    await rm(place, { recursive: true, force: true })
    return this.open(dir)
  }

  /** Empties what has lain in the bin for over 30 days. Called once after start-up. */
  async emptyBin(now = Date.now()): Promise<void> {
    for (const place of await foldersIn(this.#bin)) {
      const info = await stat(place).catch(() => null)
      if (info && now - info.mtimeMs > binDays * 86_400_000) await rm(place, { recursive: true, force: true })
    }
  }

  async #dirOf(id: string): Promise<string> {
    if (!this.#listed || !this.#dirs.has(id)) await this.list()
    const dir = this.#dirs.get(id)
    if (dir) return dir
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
    await mkdir(this.#home, { recursive: true })
    const temporary = `${this.#elsewhereFile}.${process.pid}.tmp`
    await writeFile(temporary, JSON.stringify(dirs, null, 2))
    await rename(temporary, this.#elsewhereFile)
  }

  async #freeFolder(parent: string, title: string): Promise<string> {
    const base =
      title
        .replace(/[\u0000-\u001f<>:"/\\|?*]/g, ' ')
        .replace(/[. ]+$/, '')
        .trim()
        .slice(0, 60) || 'Neiro'
    for (let n = 1; ; n++) {
      const dir = join(parent, n === 1 ? base : `${base} ${n}`)
      if (!(await stat(dir).catch(() => null))) return dir
    }
  }
}

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
    await cp(from, to, { recursive: true, errorOnExist: true, force: false })
    await rm(from, { recursive: true, force: true })
  }
}
