// Every Error of the C++ sources: its code and the names of its details, which stand there as literals
// (core/error.h says so).
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Site, Sites } from './throw-sites'

const addon = resolve(import.meta.dirname, '../../addon')

export function readEngineSites(): Sites {
  const read = ['engine', 'binding'].flatMap((folder) =>
    readdirSync(join(addon, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(cpp|h)$/.test(name) && name !== join('core', 'error.h'))
      .map((name) => sitesOf(readFileSync(join(addon, folder, name), 'utf8'), `addon/${folder}/${name}`))
  )
  return { all: read.flatMap(({ all }) => all), unknown: read.flatMap(({ unknown }) => unknown) }
}

export function sitesOf(source: string, file: string): Sites {
  const text = source.replace(/\/\/.*$/gm, '')
  const all: Site[] = []
  const unknown: string[] = []
  for (const found of text.matchAll(/(?<![\w:~]|class )Error(?=\()/g)) {
    const place = `${file}:${text.slice(0, found.index).split('\n').length}`
    const given = inBrackets(text, found.index + found[0].length)
    const [, code, rest] = /^\s*"([A-Z][A-Z0-9_]*)"\s*(?:,([^]*))?$/.exec(given) ?? []
    const details = namesIn(rest ?? '')
    if (code && details) all.push({ kind: 'error', code, details, place })
    else unknown.push(place)
  }
  return { all, unknown }
}

/** {{"file", file}, {"line", to_text(line)}}: the names; null where it is no such list */
function namesIn(list: string): ReadonlySet<string> | null {
  const names = new Set<string>()
  if (list.trim() === '') return names
  let inside = /^\s*\{([^]*)\}\s*$/.exec(list)?.[1]
  while (inside !== undefined && inside.trim() !== '') {
    const start = /^[\s,]*(?=\{)/.exec(inside)
    if (!start) return null
    const pair = inBrackets(inside, start[0].length)
    const name = /^\s*"(\w+)"\s*,/.exec(pair)?.[1]
    if (name === undefined) return null
    names.add(name)
    inside = inside.slice(start[0].length + pair.length + 2)
  }
  return inside === undefined ? null : names
}

/** What stands between the bracket at `from` and its partner; brackets in texts do not count. */
function inBrackets(text: string, from: number): string {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (sign === '"') at = endOfText(text, at)
    else if ('({['.includes(sign)) depth++
    else if (')}]'.includes(sign) && --depth === 0) return text.slice(from + 1, at)
  }
  return text.slice(from + 1)
}

function endOfText(text: string, from: number): number {
  let at = from + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}
