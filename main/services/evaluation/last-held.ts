// The evaluation that is looked at, read once: a vote, a page of pairs or a count asks for it anew each time. What was read
// counts until one of its files is another.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { runFiles } from '../../contract/run-files'
import { heldOutFiles } from '../runs/run-data'
import type { Opened } from './open-sheet'
import { itemsFile } from './sheet'

export class LastHeld {
  #last: { readonly state: string; readonly held: Promise<Opened | null> } | null = null

  /** `made`: whatever else the answers depend on */
  async of(
    runDir: string,
    made: readonly string[],
    read: () => Promise<Opened | null>
  ): Promise<Opened | null> {
    const state = JSON.stringify([runDir, made, await stateOf(runDir)])
    if (this.#last?.state !== state) {
      const held = read()
      this.#last = { state, held }
      // what could not be read is tried again
      held.catch(() => (this.#last = null))
    }
    return this.#last.held
  }
}

async function stateOf(runDir: string): Promise<readonly string[]> {
  const folder = join(runDir, runFiles.evaluations)
  const sheets = await readdir(folder).catch(() => [])
  const files = [
    ...heldOutFiles.map((file) => join(runDir, file)),
    ...sheets.map((name) => join(folder, name, itemsFile))
  ]
  return Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size, mtimeMs }) => `${size} ${mtimeMs}`,
        () => ''
      )
    )
  )
}
