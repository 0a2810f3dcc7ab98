// All files below a folder, by their paths in it.
import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** Sorted, with / between. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}
