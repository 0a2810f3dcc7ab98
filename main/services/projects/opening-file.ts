// project.neiro: what a project is opened by in the system's file manager. It holds nothing of the project, which is the
// folder that it lies in; on the desktop, apart from it, it stands for the project with its identity.
import { readdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { z } from 'zod'
import { readOrdinary } from '../../files/ordinary-file'
import { writeFileWhole } from '../../files/whole-file'

const schema = z.object({ neiro: z.literal('project'), id: z.string().min(1).max(120) })

export const openingFileName = 'project.neiro'

/** However somebody has called it since. */
export const isOpeningFile = (path: string): boolean => extname(path).toLowerCase() === '.neiro'

/** Identity of the project that it stands for; null: nobody can tell. */
export async function readOpeningFile(path: string): Promise<string | null> {
  try {
    // what is larger is another's
    const text = (await readOrdinary(path, 4096)).toString('utf8')
    return schema.parse(JSON.parse(text.replace(/^\uFEFF/, ''))).id
  } catch {
    return null
  }
}

/** Puts one into the folder of a project unless there is one, however called. Where nothing can be written there is none:
 *  the project is opened from home as ever. */
export async function keepOpeningFile(dir: string, id: string): Promise<void> {
  try {
    for (const name of (await readdir(dir)).filter(isOpeningFile))
      if ((await readOpeningFile(join(dir, name))) === id) return
    await writeFileWhole(join(dir, openingFileName), `${JSON.stringify({ neiro: 'project', id })}\n`)
  } catch {
    // said above
  }
}
