// What the system hands over from outside the window: by a double click, a drop on the icon, a second start. It waits
// here until a window takes it, sorted by what is done with it.
import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { asFileError } from '../../files/file-errors'
import { NeiroError } from '../../contract/errors'
import type { HandedOver } from '../../contract/window/handed'
import type { FileRefs } from '../files/file-refs'
import { extensionOf } from '../reading/formats'
import { isOpeningFile, readOpeningFile } from './opening-file'
import { projectFileName } from './project-file'

export interface HandedOptions {
  readonly files: Pick<FileRefs, 'add'>
  /** folder of a known project; rejects for any other */
  readonly dirOf: (project: string) => Promise<string>
  /** something waits */
  readonly onWaiting: () => void
}

export class Handed {
  #waiting: string[] = []

  constructor(private readonly o: HandedOptions) {}

  add(paths: readonly string[]): void {
    if (paths.length === 0) return
    this.#waiting.push(...paths)
    this.o.onWaiting()
  }

  /** All that waits, once. */
  async take(): Promise<HandedOver> {
    const paths = [...new Set(this.#waiting)]
    this.#waiting = []
    const taken = { projects: [], data: [], refused: [] } as {
      -readonly [K in keyof HandedOver]: [...HandedOver[K]]
    }
    for (const path of paths) {
      try {
        const dir = await this.#projectOf(path)
        if (dir !== null) taken.projects.push(await this.o.files.add(dir))
        else taken.data.push(await this.o.files.add(path))
      } catch (error) {
        taken.refused.push(NeiroError.of(asFileError(error, path)).toData())
      }
    }
    return taken
  }

  /** The folder of the project that is meant; null: data. */
  async #projectOf(path: string): Promise<string | null> {
    if (basename(path).toLowerCase() === projectFileName) return dirname(path)
    if (isOpeningFile(path)) return this.#openedBy(path)
    if (['.gguf', '.safetensors'].includes(extensionOf(path)))
      throw new NeiroError('MODEL_HANDED', { file: basename(path) })
    // of everything else its reader knows whether it can be learnt from, and says why not
    return (await isProject(path)) ? path : null
  }

  async #openedBy(path: string): Promise<string> {
    if (await isProject(dirname(path))) return dirname(path)
    const id = await readOpeningFile(path)
    const known = id === null ? null : await this.o.dirOf(id).catch(() => null)
    if (known === null) throw new NeiroError('PROJECT_FILE_ALONE', { file: basename(path) })
    return known
  }
}

const isProject = (dir: string): Promise<boolean> =>
  stat(join(dir, projectFileName)).then(
    (info) => info.isFile(),
    () => false
  )
