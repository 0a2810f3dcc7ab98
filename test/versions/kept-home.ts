// A data folder as a version of Neiro left it, kept in this folder: places of the machine that it was made on stand as marks.
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Where something lay when it was made, by its mark. */
export type Marks = Readonly<Record<string, string>>

const here = import.meta.dirname

export const keptVersions: readonly string[] = readdirSync(here)
  .filter((name) => statSync(join(here, name)).isDirectory())
  .sort()

export function keepHome(home: string, version: string, marks: Marks): void {
  const into = resolve(here, version)
  rmSync(into, { recursive: true, force: true })
  cpSync(home, into, { recursive: true, filter: (file) => !/neiro\.log$|\.lock$/.test(file) })
  exchange(into, Object.fromEntries(Object.entries(marks).map(([mark, place]) => [place, mark])))
}

export function bringHome(version: string, home: string, marks: Marks): void {
  cpSync(resolve(here, version), home, { recursive: true })
  exchange(home, marks)
}

function exchange(folder: string, words: Marks): void {
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    const file = join(folder, name)
    if (!/\.(json|jsonl|yaml|md)$/.test(name) || !statSync(file).isFile()) continue
    const before = readFileSync(file, 'utf8')
    const after = Object.entries(words).reduce((text, [from, to]) => text.replaceAll(from, to), before)
    if (after !== before) writeFileSync(file, after)
  }
}
