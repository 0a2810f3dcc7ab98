// The form of everything in the data folder, as one number: a version of Neiro that writes it otherwise raises it, and says so in
// the folder. An older Neiro that comes back to such a folder would read half of it and write over the other half: it is
// refused before it reads anything.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { isNewer } from '../../files/newer'

/** raised with the first change that an older Neiro cannot read; what it was before is read on (test/versions) */
export const dataForm = 1

const fileName = 'data-form.json'

/** Throws DATA_NEWER {folder, neiro}. neiro: the version of this program, asked for where it is written down. Looks at one small file, before anything is begun. */
export function enterDataFolder(folder: string, neiro: () => string, form = dataForm): void {
  const stored = read(join(folder, fileName))
  if (isNewer(stored, form)) throw new NeiroError('DATA_NEWER', { folder, neiro: writerOf(stored) })
  // a folder without a word is of the first form
  if (form === 1 || isNewer(stored, form - 1)) return
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(join(folder, fileName), `${JSON.stringify({ version: form, neiro: neiro() })}\n`)
  } catch {
    // where nothing may be written, nothing of the new form is
  }
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

const writerOf = (stored: unknown): string => String((stored as { readonly neiro?: unknown }).neiro ?? '—')
