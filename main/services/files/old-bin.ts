// Places in a bin as the first version of the app left them, in today's form: what was put away then can be brought
// back now.
import { readFile, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { renameInto } from '../../files/moving'
import { writeFileWhole } from '../../files/whole-file'

/** projects told the whole way and runs the folder's name; the content had their names */
const oldNote = z.union([
  z.object({ dir: z.string().min(1), removedAt: z.string().optional(), listed: z.literal(true).optional() }),
  z.object({ folder: z.string().min(1) })
])

/** Leaves anything else alone. */
export async function renewPlace(place: string, content: string): Promise<void> {
  const file = join(place, 'from.json')
  const parsed = oldNote.safeParse(JSON.parse(await readFile(file, 'utf8')))
  if (!parsed.success) return
  const { atime, mtime } = await stat(place)
  const from = 'dir' in parsed.data ? parsed.data.dir : parsed.data.folder
  const listed = 'dir' in parsed.data && parsed.data.listed === true
  const removedAt = ('dir' in parsed.data && parsed.data.removedAt) || mtime.toISOString()
  if (!listed) await renameInto(join(place, 'dir' in parsed.data ? 'project' : 'run'), content)
  await writeFileWhole(file, JSON.stringify({ from, removedAt, listed }))
  // how long it has lain here is told by the place
  await utimes(place, atime, mtime)
}
