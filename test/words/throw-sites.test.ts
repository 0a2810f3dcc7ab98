// The readers of throw sites read: codes by their types, details by literal, by parameter and by spread; what
// they cannot tell is a fault. Small sources stand for the house.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { sitesOf } from './engine-sites'
import { readSites, type Sites } from './throw-sites'

const folder = mkdtempSync(join(tmpdir(), 'neiro-sites-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const shown = ({ all, unknown }: Sites): readonly string[] => [
  ...all.map(({ kind, code, details }) => [kind, code, ...details].join(' ')).sort(),
  ...unknown.map((place) => `? ${place.split(' ').at(-1)}`)
]

const carriers = `
  type Details = Readonly<Record<string, string>>
  interface NeiroErrorData { readonly code: string; readonly details: Details }
  class NeiroError extends Error implements NeiroErrorData {
    constructor(readonly code: string, readonly details: Details = {}) { super(code) }
  }
  class UsageError extends NeiroError {}
`
let files = 0
function ts(source: string): readonly string[] {
  const file = join(folder, `${files++}.ts`)
  writeFileSync(file, `${carriers}${source}\nexport {}`)
  return shown(readSites([file]))
}

describe('in TypeScript', () => {
  test('literals, constants and choices', () => {
    expect(
      ts(`
        const known = 'B'
        new NeiroError('A', { file: 'f', line: '1' })
        new UsageError(known)
        new NeiroError(Math.random() > 0.5 ? 'C' : 'D', { n: '1' })
        const data: NeiroErrorData = { code: 'E', details: { run: 'r' } }
      `)
    ).toEqual(['error A file line', 'error B', 'error C n', 'error D n', 'error E run'])
  })

  test('what a function hands on is followed to its calls, by name and by spread', () => {
    expect(
      ts(`
        const made = (code: string, file: string, details: Details = {}) => new NeiroError(code, { ...details, file })
        const line = (file: string) => made('A', file, { line: '1' })
        made('B', 'f')
        class Run { tell(code: string) { return new NeiroError(code) } go() { return this.tell('C') } }
      `)
    ).toEqual(['error A line file', 'error B file', 'error C'])
  })

  test('details that need not be there do not count', () => {
    expect(
      ts(`
        declare const some: { a: string; b?: string }
        declare const perhaps: boolean
        new NeiroError('A', { ...some, ...(perhaps && { c: '1' }) })
      `)
    ).toEqual(['error A a'])
  })

  test('a row gives the details of the reason that it names, and only of that', () => {
    expect(
      ts(`
        declare const row: { reason: string; details: Details }
        declare const other: { details: Details }
        new NeiroError('A', { ...row.details, reason: row.reason })
        new NeiroError('B', { ...other.details, reason: row.reason })
      `)
    ).toEqual(['error A reason', '? details'])
  })

  test('what cannot be told is a fault; what is handed on whole is not', () => {
    expect(
      ts(`
        declare const any: { code: string; details: Details }
        declare const made: NeiroError
        new NeiroError(any.code, {})
        new NeiroError('A', any.details)
        new NeiroError(made.code, made.details)
      `)
    ).toEqual(['? code', '? details'])
  })
})

describe('in C++', () => {
  const cpp = (source: string): readonly string[] => shown(sitesOf(source, 'a.cpp'))

  test('codes with the names of their details, whatever stands in the values', () => {
    expect(
      cpp(`
        throw Error("A");
        throw Error("B_2", {{"file", path(")")}, {"line", std::to_string(at[0])}});
        return Error(
            "C",
            {{"name", std::string{"x, {}"}}});  // Error("NONE")
      `)
    ).toEqual(['error A', 'error B_2 file line', 'error C name'])
  })

  test('a code or details that are no literals are a fault', () => {
    expect(cpp('throw Error(code); throw Error("A", details); throw Error("B", {{name, "x"}});')).toEqual([
      '? a.cpp:1',
      '? a.cpp:1',
      '? a.cpp:1'
    ])
  })
})
