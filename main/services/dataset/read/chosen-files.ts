// What paths mean that somebody chose: files as they are, folders with all that is in them. One bad path leaves the
// others be.
import { basename } from 'node:path'
import { NeiroError } from '../../../contract/errors'
import type { RefusedRow } from '../../../contract/records'
import { dataFiles } from '../../reading/data-files'

/** More files than anybody drops on purpose. */
const mostFiles = 2000

export type ChosenFile =
  | { readonly kind: 'file'; readonly path: string; readonly name: string; readonly sample?: true }
  /** a path that leads nowhere */
  | { readonly kind: 'problem'; readonly name: string; readonly error: NeiroError }

export interface Chosen {
  readonly files: readonly ChosenFile[]
  /** what lies in the folders and is no data */
  readonly leftOut: readonly RefusedRow[]
}

/** Throws TOO_MANY_FILES, and NO_DATA where the paths hold nothing at all. */
export async function chosenFiles(paths: readonly string[]): Promise<Chosen> {
  const files: ChosenFile[] = []
  const leftOut: RefusedRow[] = []
  for (const path of paths) {
    try {
      const found = await dataFiles([path])
      for (const { path, name } of found.files) files.push({ kind: 'file', path, name })
      for (const row of found.refused) leftOut.push(row)
    } catch (error) {
      if (!(error instanceof NeiroError)) throw error
      files.push({ kind: 'problem', name: basename(path), error })
    }
    if (files.length > mostFiles) throw new NeiroError('TOO_MANY_FILES', { most: String(mostFiles) })
  }
  if (files.length + leftOut.length === 0) throw new NeiroError('NO_DATA')
  return { files, leftOut }
}
