// What the losses of a run are measured with: its base model and its held-out part. Curves of runs in which these
// differ can be laid over one another, but their heights say nothing about one another.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runFiles } from '../../contract/run-files'
import { heldOutFiles } from './run-data'
import { readJob } from './run-folder'

export interface MeasuredOn {
  /** name of the base model; with its folder where another of the name lies elsewhere */
  readonly model: string
  /** the same for the same examples; null: none were held out */
  readonly heldOut: string | null
}

export async function measuredOn(runDirs: readonly string[]): Promise<readonly MeasuredOn[]> {
  const all = await Promise.all(
    runDirs.map(async (dir) => {
      const { baseModelName: name, open } = await readJob(dir)
      return { name, folder: resolve(dir, open.modelDir), heldOut: await heldOutMark(dir) }
    })
  )
  return all.map(({ name, folder, heldOut }) => ({
    model: all.some((other) => other.name === name && other.folder !== folder) ? `${name} (${folder})` : name,
    heldOut
  }))
}

/** By the texts where the run keeps them; runs of old kept tokens only. */
async function heldOutMark(dir: string): Promise<string | null> {
  const kept = heldOutFiles.map((name) => join(dir, name)).filter(existsSync)
  const files = kept.length > 0 ? kept : [join(dir, runFiles.heldOut)].filter(existsSync)
  if (files.length === 0) return null
  const hash = createHash('sha256')
  for (const file of files) for await (const piece of createReadStream(file)) hash.update(piece as Buffer)
  return hash.digest('hex').slice(0, 16)
}
