// Replaces one small text file whole: written beside, synced, renamed into place. Never half of it.
import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { asFileError } from '../../contract/file-errors'

export async function writeWhole(file: string, text: string): Promise<void> {
  const beside = `${file}.tmp-${randomUUID().slice(0, 8)}`
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(beside, text, { flush: true })
    await rename(beside, file)
  } catch (error) {
    await rm(beside, { force: true })
    throw asFileError(error, dirname(file))
  }
}
