// A folder that a user named, with those above it. Node's own way of making them never ends where the system takes no folders
// and says of each that what is above is not there (/proc): here each is made once, from the top.
import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** One that is there already is well. Throws what the system says. */
export async function makeFolder(place: string): Promise<void> {
  const missing: string[] = []
  for (let at = resolve(place); !(await isFolder(at)); at = dirname(at)) {
    missing.unshift(at)
    if (dirname(at) === at) break
  }
  for (const dir of missing)
    await mkdir(dir).catch(async (error: NodeJS.ErrnoException) => {
      // somebody else made it meanwhile
      if (error.code !== 'EEXIST' || !(await isFolder(dir))) throw error
    })
}

async function isFolder(place: string): Promise<boolean> {
  try {
    return (await stat(place)).isDirectory()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return false
    throw error
  }
}
