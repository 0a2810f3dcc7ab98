// What a folder holds, as one word: equal words, equal folders.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

export function filesUnder(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort()
}

/** `wanted`: which files count */
export function treeHash(folder: string, wanted: (file: string) => boolean = () => true): string {
  if (!existsSync(folder)) return 'nothing'
  const hash = createHash('sha256')
  for (const file of filesUnder(folder).filter(wanted))
    hash.update(relative(folder, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex').slice(0, 16)
}

/** What a killed writer left beside its places (main/files/beside.ts, engine/io/atomic_file). */
export const litterUnder = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
        /\.(tmp|old)-\d+-[0-9a-f]+(\/|$)/.test(name)
      )
    : []
