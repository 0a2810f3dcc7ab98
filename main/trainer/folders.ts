// Files and folders that are whole or not there: written beside, synced to the disk, renamed into place.
// Nothing here knows what they hold.
import { cp, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { asFileError } from '../contract/file-errors'

const temporary = (path: string): string => `${path}.tmp-${process.pid}`
const leftover = /\.(tmp|old)-[^/]*$/

/** Replaces one small file. */
export async function writeFileWhole(file: string, text: string): Promise<void> {
  const beside = temporary(file)
  try {
    await writeFile(beside, text, { flush: true })
    await renameInto(beside, file)
    await syncFolder(dirname(file))
  } catch (error) {
    await rm(beside, { force: true })
    throw asFileError(error, file)
  }
}

/** Makes a folder by `fill`; one of the same name is replaced. When `fill` fails nothing has changed. */
export async function writeFolderWhole(
  folder: string,
  fill: (beside: string) => Promise<void>
): Promise<void> {
  const beside = temporary(folder)
  const aside = `${folder}.old-${process.pid}`
  try {
    await rm(beside, { recursive: true, force: true })
    await mkdir(beside, { recursive: true })
    await fill(beside)
    await syncFolder(beside)
    await renameInto(folder, aside).catch(ignoreMissing)
    await renameInto(beside, folder)
    await syncFolder(dirname(folder))
    await rm(aside, { recursive: true, force: true })
  } catch (error) {
    await rm(beside, { recursive: true, force: true })
    throw asFileError(error, dirname(folder))
  }
}

/** A second folder with the same files. */
export async function copyFolderWhole(from: string, to: string): Promise<void> {
  await writeFolderWhole(to, async (beside) => {
    await cp(from, beside, { recursive: true })
    await syncFiles(beside)
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

/** What a killed process left half-written here. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (leftover.test(basename(name))) await rm(join(folder, name), { recursive: true, force: true })
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder, and syncs names with their files
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** On Windows a virus scanner or a reader may hold a file for a moment. */
async function renameInto(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(from, to)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? ''
      const passing = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(code)
      if (!passing || attempt === 10) throw error
      await sleep(20 * attempt)
    }
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
