// A second visitor of the same served window who brings in one hostile file after another, all the time: what is made to stop
// its reader comes in beside whatever the first one does.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { FolderListing } from '../../main/contract/window/app'
import type { DataView } from '../../main/contract/window/data'
import { hostileFiles } from '../fixtures/hostile-files'
import { strangeFiles } from '../fixtures/strange-files'
import { signedIn, type SignedIn } from '../serve/signed-in'
import { slowFiles } from '../strangers/slow-files'

/** the longest of those that take gigabytes to be made */
const large = ['line-300-MB.jsonl', 'cell-600-MB.csv', 'tags-18-million.docx']

export class Stranger {
  #isWanted = true
  #brought = 0
  readonly #ended: Promise<void>

  private constructor(
    private readonly page: SignedIn,
    private readonly paths: readonly string[]
  ) {
    this.#ended = this.#bring()
  }

  /** Files are made before anything is measured. home: of the served window's user. */
  static async come(url: string, home: string): Promise<Stranger> {
    const dir = join(home, 'strangers')
    mkdirSync(dir, { recursive: true })
    for (const { name, content } of [...hostileFiles, ...strangeFiles])
      writeFileSync(join(dir, name), content())
    for (const { name, write } of slowFiles) if (large.includes(name)) write(join(dir, name))
    const names = [...large, ...[...hostileFiles, ...strangeFiles].map(({ name }) => name)]
    return new Stranger(
      await signedIn(url),
      names.map((name) => join(dir, name))
    )
  }

  /** How many files were brought in. */
  async leave(): Promise<number> {
    this.#isWanted = false
    await this.#ended
    this.page.close()
    rmSync(dirname(this.paths[0] as string), { recursive: true, force: true })
    return this.#brought
  }

  async #bring(): Promise<void> {
    const path = dirname(this.paths[0] as string)
    const browsed = { id: null, kind: 'data-files', path }
    const { entries } = await this.page.call<FolderListing>('files.browse', browsed)
    while (this.#isWanted)
      for (const file of this.paths) {
        if (!this.#isWanted) return
        const id = entries.find(({ name }) => name === basename(file))?.id
        const made = { name: 'strange', company: '', sample: false }
        const { id: project } = await this.page.call<{ id: string }>('projects.create', made)
        await this.page.call<DataView>('data.add', { project, fileIds: [id] })
        await this.page.call('projects.remove', { id: project })
        this.#brought++
      }
  }
}
