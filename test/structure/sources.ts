// The house's own files as texts, for the tests that hold its structure.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** Below a folder of the house, with one of these endings; from its root. */
export function files(folder: string, endings: RegExp): string[] {
  const all: string[] = []
  const walk = (dir: string): void => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      if (
        [
          'node_modules',
          'build',
          'build-cuda',
          'build-gpu',
          'build-elsewhere',
          'out',
          'golden',
          'output'
        ].includes(entry.name)
      )
        continue
      const path = join(dir, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (endings.test(entry.name)) all.push(relative(root, path))
    }
  }
  if (statSync(join(root, folder), { throwIfNoEntry: false })) walk(join(root, folder))
  return all
}

export const source = (file: string): string => readFileSync(join(root, file), 'utf8')

/** What a TypeScript or Svelte file imports: paths inside the house, or package names. */
export function imports(file: string, text = source(file)): string[] {
  const found = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^'\n]+)'/g)].map((match) => match[1] ?? '')
  return found.map((name) =>
    name.startsWith('.') ? relative(root, resolve(root, dirname(file), name)) : `package:${name}`
  )
}
