// A folder that appears whole or not at all: written beside its place, then renamed. What stands there already
// is kept until the new folder is complete, and never replaced without being told to. What a process that was
// killed left beside the place is put right by the next one that looks.
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { asFileError } from '../../contract/file-errors'

type Purpose = 'tmp' | 'old'

/** at work in this process: a mark is its process and a number of its own */
const live = new Set<string>()

/** Calls `write` with an empty folder beside `target`; what it leaves there becomes `target`. */
export async function writeFolder<T>(
  target: string,
  options: { readonly replace: boolean },
  write: (staging: string) => Promise<T>
): Promise<T> {
  const place = resolve(target)
  await tidyBeside(place)
  if (!options.replace) await refuseExisting(place)
  const mark = `${process.pid}-${randomUUID().slice(0, 8)}`
  const staging = beside(place, 'tmp', mark)
  live.add(mark)
  try {
    await mkdir(dirname(place), { recursive: true })
    await mkdir(staging)
    const result = await write(staging)
    await moveIntoPlace(staging, place, options.replace ? beside(place, 'old', mark) : null)
    return result
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw asFileError(error, dirname(place))
  } finally {
    live.delete(mark)
  }
}

/** Puts right what a killed process left beside `target`: half a folder goes; the one that had been moved aside
 *  for it comes back, unless its successor already stands there. False where somebody is still at work, or
 *  the folder above cannot be read: look again another time. */
export async function tidyBeside(target: string): Promise<boolean> {
  const place = resolve(target)
  const marks = { tmp: new Set<string>(), old: new Set<string>() }
  let all = true
  const names = await readdir(dirname(place)).catch(() => null)
  for (const name of names ?? []) {
    const left = leftover(name, basename(place))
    if (!left) continue
    if (isAbandoned(left.mark)) marks[left.purpose].add(left.mark)
    else all = false
  }
  for (const mark of marks.old) {
    const aside = beside(place, 'old', mark)
    // its successor is in place when nothing of it is left beside
    if (existsSync(place) && !marks.tmp.has(mark)) await rm(aside, { recursive: true, force: true })
    else await rename(aside, existsSync(place) ? freeName(place) : place)
  }
  for (const mark of marks.tmp) await rm(beside(place, 'tmp', mark), { recursive: true, force: true })
  return names !== null && all
}

const beside = (place: string, purpose: Purpose, mark: string): string =>
  join(dirname(place), `.${basename(place)}.${purpose}-${mark}`)

/** What a name beside the folder `name` says of itself; null for anybody else's. */
function leftover(found: string, name: string): { purpose: Purpose; mark: string } | null {
  if (!found.startsWith(`.${name}.`)) return null
  const [, purpose, mark] = /^(tmp|old)-(\d+-[0-9a-f]{8})$/.exec(found.slice(name.length + 2)) ?? []
  return purpose && mark ? { purpose: purpose as Purpose, mark } : null
}

/** A process number may have been given to another program since: then it waits for the next look. */
function isAbandoned(mark: string): boolean {
  const pid = Number(mark.split('-')[0])
  if (pid === process.pid) return !live.has(mark)
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    // EPERM: it lives and belongs to somebody else
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

function freeName(place: string): string {
  for (let number = 2; ; number++) if (!existsSync(`${place}-${number}`)) return `${place}-${number}`
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
