// Which folders a served page may open, list and write into: the user's home without what the system hides there, the
// projects, and folders that the person at the terminal allowed. A link counts as the place that it leads to.
import { realpath } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, relative, sep } from 'node:path'
import { NeiroError } from '../../contract/errors'

export interface ReachOptions {
  /** said on the command line */
  readonly folders: readonly string[]
  /** asks the person at the terminal; null: nobody sits there */
  readonly allow: (folder: string) => Promise<boolean> | null
  /** of the projects; they may lie anywhere */
  readonly projects: () => Promise<readonly string[]>
}

/** what other programs keep in a home, beside what begins with a dot */
const hiddenToo: Readonly<Record<string, readonly string[]>> = { darwin: ['Library'], win32: ['AppData'] }

export class Reach {
  readonly #allowed: string[] = []
  /** asked for, and not answered yet, or answered with no */
  readonly #asked = new Set<string>()

  constructor(
    private readonly o: ReachOptions,
    private readonly home = homedir()
  ) {}

  /** Of something that is there. */
  async holds(path: string): Promise<boolean> {
    const real = await realpath(path).catch(() => null)
    if (real === null) return false
    const home = await realpath(this.home).catch(() => this.home)
    if (within(home, real, hiddenToo[process.platform])) return true
    const [projects, folders] = [await this.o.projects(), await realPaths(this.o.folders)]
    return [...this.#allowed, ...folders, ...(await realPaths(projects))].some((root) => within(root, real))
  }

  /** Throws FOLDER_OUT_OF_REACH or FOLDER_ASKED_FOR {folder}: then it can be tried again once the terminal has said yes. */
  async open(folder: string): Promise<void> {
    if (await this.holds(folder)) return
    const real = await realpath(folder).catch(() => folder)
    if (this.#asked.has(real)) throw new NeiroError('FOLDER_ASKED_FOR', { folder })
    const answer = this.#asked.size < mostQuestions ? this.o.allow(real) : null
    if (!answer) throw new NeiroError('FOLDER_OUT_OF_REACH', { folder })
    this.#asked.add(real)
    void answer.then((allowed) => {
      this.#asked.delete(real)
      if (allowed) this.#allowed.push(real)
    })
    throw new NeiroError('FOLDER_ASKED_FOR', { folder })
  }
}

/** A page that asks and asks drowns nobody in questions. */
const mostQuestions = 5

/** Inside, or the folder itself; nothing that is hidden below it. */
function within(root: string, path: string, hidden: readonly string[] = []): boolean {
  const way = relative(root, path)
  if (way === '') return true
  if (isAbsolute(way)) return false
  const parts = way.split(sep)
  // '..' begins with a dot as well
  return !parts.some((part) => part.startsWith('.')) && !hidden.includes(parts[0] ?? '')
}

const realPaths = (paths: readonly string[]): Promise<readonly string[]> =>
  Promise.all(paths.map((path) => realpath(path).catch(() => path)))
