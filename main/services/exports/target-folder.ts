// A folder that appears whole or not at all: written beside its place, then renamed. What stands there already
// is kept until the new folder is complete, and never replaced without being told to.
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { asFileError } from '../../contract/file-errors'

/** Calls `write` with an empty folder beside `target`; what it leaves there becomes `target`. */
export async function writeFolder<T>(
  target: string,
  options: { readonly replace: boolean },
  write: (staging: string) => Promise<T>
): Promise<T> {
  const place = resolve(target)
  const beside = (purpose: string): string =>
    join(dirname(place), `.${basename(place)}.${purpose}-${randomUUID().slice(0, 8)}`)
  const staging = beside('tmp')
  if (!options.replace) await refuseExisting(place)
  try {
    await mkdir(dirname(place), { recursive: true })
    await mkdir(staging)
    const result = await write(staging)
    await moveIntoPlace(staging, place, options.replace ? beside('old') : null)
    return result
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw asFileError(error, dirname(place))
  }
}

async function moveIntoPlace(staging: string, place: string, aside: string | null): Promise<void> {
  // asked again: the work may have taken minutes
  if (!aside) await refuseExisting(place)
  const replaced = aside !== null && (await rename(place, aside).then(() => true, ignoreMissing))
  if (!aside) await rm(place, { recursive: true, force: true })
  try {
    await rename(staging, place)
  } catch (error) {
    if (replaced) await rename(aside, place)
    throw error
  }
  if (replaced) await rm(aside, { recursive: true, force: true })
}

function ignoreMissing(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOENT') return false
  throw error
}

/** An empty folder may be used; anything else is somebody's work. */
async function refuseExisting(place: string): Promise<void> {
  const names = await readdir(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    if (error.code === 'ENOTDIR') return ['a file']
    throw asFileError(error, place)
  })
  if (names.length === 0) return
  throw new NeiroError('TARGET_EXISTS', `${place} exists already.`, 'Choose another place, or add --force.', {
    target: place
  })
}
