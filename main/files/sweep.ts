// What killed processes left beside their work, anywhere below a folder: half files and folders go, what was moved
// aside comes back. What a living process is at is left alone, and so is everything whose name is not ours.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isAbandoned, leftoverOf } from './beside'
import { putRight } from './whole-folder'

/** home/projects/NAME/runs/RUN/PART/FILE */
const deepest = 6

/** Links are not followed. What cannot be read or removed now waits for the next look. */
export async function sweepBelow(folder: string, depth = deepest): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const left = entries.map(({ name }) => leftoverOf(name)).filter((one) => one !== null)
  const abandoned = left.filter(({ mark }) => isAbandoned(mark))
  await putRight(folder, abandoned).catch(() => undefined)
  if (depth === 0) return
  for (const entry of entries)
    if (entry.isDirectory() && !leftoverOf(entry.name)) await sweepBelow(join(folder, entry.name), depth - 1)
}
