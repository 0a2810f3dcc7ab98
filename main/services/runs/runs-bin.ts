// The runs that were put away and can be brought back: each project keeps its own, on its own disk. Looks only;
// run-store.ts puts away and brings back.
import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { PutAway } from '../../contract/window/projects'
import type { Projects } from '../projects/projects'
import { daysLeft } from '../projects/projects-bin'
import { readWindowFile } from './window-file'

const note = z.object({ folder: z.string().min(1) })

/** Newest first. */
export async function runsInBins(
  projects: Pick<Projects, 'list'>,
  now = Date.now()
): Promise<readonly PutAway[]> {
  const found: PutAway[] = []
  for (const { dir, file } of await projects.list()) {
    const bin = join(dir, 'runs-bin')
    for (const undo of await readdir(bin).catch(() => [])) {
      const one = await lookAt(join(bin, undo)).catch(() => null)
      if (!one) continue
      found.push({
        undo,
        name: one.name,
        about: file.name,
        removedAt: new Date(one.putAwayMs).toISOString(),
        daysLeft: daysLeft(one.putAwayMs, now)
      })
    }
  }
  return found.sort((a, b) => b.removedAt.localeCompare(a.removedAt))
}

/** null: half brought back already. */
async function lookAt(place: string): Promise<{ name: string; putAwayMs: number } | null> {
  if (!existsSync(join(place, 'run'))) return null
  const { folder } = note.parse(JSON.parse(await readFile(join(place, 'from.json'), 'utf8')))
  const { mtimeMs } = await stat(place)
  return { name: (await readWindowFile(join(place, 'run')))?.name ?? folder, putAwayMs: mtimeMs }
}
