// A folder that appears whole or not at all: written beside its place, then renamed. What stands there already
// is kept until the new folder is complete, and never replaced without being told to. What a process that was
// killed left beside the place is put right by the next one that looks.
import { existsSync } from 'node:fs'
import { cp, mkdir, open, readdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { NeiroError } from '../contract/errors'
import { beside, isAbandoned, leftoverOf, newMark, type Leftover } from './beside'
import { asFileError } from './file-errors'
import { makeFolder } from './make-folder'
import { remove, renameInto } from './moving'
import { syncFolder } from './whole-file'

/** Calls `fill` with an empty folder beside `target`; what it leaves there becomes `target`. When it fails nothing has
 *  changed. Throws TARGET_EXISTS {target} where something stands there and is not to be replaced, DISK_FULL or
 *  READ_ONLY {place}, or what `fill` throws. */
export async function writeFolderWhole<T>(
  target: string,
  options: { readonly replace: boolean },
  fill: (staging: string) => Promise<T>
): Promise<T> {
  const place = resolve(target)
  await tidyBeside(place)
  if (!options.replace) await refuseExisting(place)
  const mark = newMark()
  const staging = beside(place, 'tmp', mark.text)
  try {
    await makeFolder(dirname(place))
    await mkdir(staging)
    const result = await fill(staging)
    await syncFolder(staging)
    await moveIntoPlace(staging, place, options.replace ? beside(place, 'old', mark.text) : null)
    return result
  } catch (error) {
    await remove(staging).catch(() => undefined)
    throw asFileError(error, dirname(place))
  } finally {
    mark.done()
  }
}

/** A second folder with the same files; one that stands in its place is replaced. */
export async function copyFolderWhole(from: string, to: string): Promise<void> {
  await writeFolderWhole(to, { replace: true }, async (staging) => {
    await cp(from, staging, { recursive: true })
    await syncFiles(staging)
  })
}

/** Makes sure that what a folder holds survives a power cut. */
export async function syncFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const handle = await open(join(folder, name), 'r+')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
  await syncFolder(folder)
}

/** Puts right what killed processes left beside `target`: half a folder goes; the one that had been moved aside
 *  for it comes back, unless its successor already stands there. False where somebody is still at work, or
 *  the folder above cannot be read: look again another time. */
export async function tidyBeside(target: string): Promise<boolean> {
  const place = resolve(target)
  const found = await leftoversIn(dirname(place))
  if (!found) return false
  const mine = found.filter(({ of }) => of === basename(place))
  const abandoned = mine.filter(({ mark }) => isAbandoned(mark))
  await putRight(dirname(place), abandoned)
  return abandoned.length === mine.length
}

/** The same for all that a folder holds, by whoever alone may write there (a run's lock): no work goes on in it. */
export async function removeLeftovers(folder: string): Promise<void> {
  await putRight(folder, (await leftoversIn(folder)) ?? [])
}

async function leftoversIn(folder: string): Promise<readonly Leftover[] | null> {
  const names = await readdir(folder).catch(() => null)
  return names?.map(leftoverOf).filter((left) => left !== null) ?? null
}

/** Half a folder or file goes; what was moved aside for it comes back, unless its successor already stands there. */
export async function putRight(folder: string, found: readonly Leftover[]): Promise<void> {
  const half = new Set(
    found.filter(({ purpose }) => purpose === 'tmp').map(({ of, mark }) => `${of} ${mark}`)
  )
  for (const { of, mark } of found.filter(({ purpose }) => purpose === 'old')) {
    const place = join(folder, of)
    const aside = beside(place, 'old', mark)
    // its successor is in place when nothing of it is left beside
    if (existsSync(place) && !half.has(`${of} ${mark}`)) await remove(aside)
    else await renameInto(aside, existsSync(place) ? freeName(place) : place)
  }
  for (const { of, mark } of found.filter(({ purpose }) => purpose === 'tmp'))
    await remove(beside(join(folder, of), 'tmp', mark))
}

function freeName(place: string): string {
  for (let number = 2; ; number++) if (!existsSync(`${place}-${number}`)) return `${place}-${number}`
}

async function moveIntoPlace(staging: string, place: string, aside: string | null): Promise<void> {
  // asked again: the work may have taken minutes
  if (!aside) await refuseExisting(place)
  const replaced = aside !== null && (await renameInto(place, aside).then(() => true, ignoreMissing))
  if (!aside) await remove(place)
  try {
    await renameInto(staging, place)
    await syncFolder(dirname(place))
  } catch (error) {
    if (replaced && !existsSync(place)) await renameInto(aside, place)
    throw error
  }
  if (replaced) await remove(aside)
}

function ignoreMissing(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOENT') return false
  throw error
}

/** An empty folder may be used; anything else is somebody's work. */
async function refuseExisting(place: string): Promise<void> {
  const names = await readdir(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    // it is a file itself, or one stands above it
    if (error.code === 'ENOTDIR' && existsSync(place)) return ['a file']
    throw asFileError(error, place)
  })
  if (names.length > 0)
    throw new NeiroError('TARGET_EXISTS', {
      target: place
    })
}
