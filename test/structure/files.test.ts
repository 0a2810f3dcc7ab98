// Holds what every file of the house keeps to: its room, its length, how it begins, comments that name what is there.
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { longParts, longWindow } from '../long'
import { files, source } from './sources'

describe('files', () => {
  test('every one of the app belongs to a room', () => {
    const rooms = [
      'contract|words|batches|curves|metrics|losses|files|processes|app|shell|ipc|serve|api|cli|trainer|workshop|fetcher|keeper',
      'services/(reading|dataset|doctor|augmenting|tokens|models|runs|runners|engine|evaluation|chat|sorting|rating|exports|serving)',
      'services/(projects|recipes|settings|files|storage|support|updates)'
    ]
    const entries = ['index', 'cli', 'app', 'parts', 'places', 'version', 'log', 'telling']
    const homeless = files('main', /./).filter(
      (file) =>
        !new RegExp(`^main/(${rooms.join('|')})/`).test(file) &&
        !new RegExp(`^main/(${entries.join('|')})\\.ts$`).test(file)
    )
    expect(homeless).toEqual([])
    // a room that is named here and is not there would let anything in one day
    const named = rooms.flatMap((names) => {
      const [, above = '', list = names] = /^(services\/)\((.+)\)$/.exec(names) ?? []
      return list.split('|').map((name) => `main/${above}${name}/`)
    })
    const empty = named.filter((room) => !files('main', /./).some((file) => file.startsWith(room)))
    expect([
      ...empty,
      ...entries.filter((name) => !files('main', /^\w[\w-]*\.ts$/).includes(`main/${name}.ts`))
    ]).toEqual([])
  })

  const limits: readonly [RegExp, number][] = [
    [/\.svelte$/, 250],
    [/\.(cpp|h|cu|cuh)$/, 600],
    [/\.(ts|mjs)$/, 400]
  ]
  // tables of words are data: their length is no complexity
  const tables = [/^main\/words\//]
  const all = ['addon', 'main', 'renderer', 'test', 'scripts', 'resources'].flatMap((folder) =>
    files(folder, /\.(ts|mjs|svelte|cpp|h|cu|cuh)$/)
  )

  test('none is longer than its limit', () => {
    const long = all
      .filter((file) => !tables.some((table) => table.test(file)))
      .map((file) => ({ file, lines: source(file).split('\n').length }))
      .filter(
        ({ file, lines }) => lines - 1 > (limits.find(([ending]) => ending.test(file))?.[1] ?? Infinity)
      )
      .map(({ file, lines }) => `${file}: ${lines}`)
    expect(long).toEqual([])
  })

  test('what takes longest is there, each once, and in its group', () => {
    const named = [...longParts, ...longWindow]
    expect(named.filter((file) => !all.includes(file))).toEqual([])
    expect(new Set(named).size).toBe(named.length)
    expect(longParts.filter((file) => file.startsWith('test/e2e/'))).toEqual([])
    expect(longWindow.filter((file) => !file.startsWith('test/e2e/'))).toEqual([])
  })

  test('a file that a comment speaks of is there', () => {
    const names = new Set(
      ['addon', 'main', 'renderer', 'test', 'scripts', 'resources'].flatMap((folder) =>
        files(folder, /./).map((file) => basename(file))
      )
    )
    const gone = all.flatMap((file) =>
      [...source(file).matchAll(/(?:\/\/|^\s*\*|<!--).*/gm)].flatMap(([comment]) =>
        [...comment.matchAll(/(?<![\w./<-])[\w/-]+\.(?:svelte\.ts|ts|svelte|mjs|cpp|cu|h)\b(?![/-])/g)]
          .map(([name]) => name)
          .filter(
            (name) => !names.has(basename(name)) && !/^(windows\.h|electron\.vite\.config\.ts)$/.test(name)
          )
          .map((name) => `${file}: ${name}`)
      )
    )
    expect(gone).toEqual([])
  })

  test('each opens by saying what it is for', () => {
    const script = /^(#!.*\n)?(\/\/|\/\*) ?\S/
    const component = /^(<!--\s*\S|<script[^>]*>\s*(\/\/|\/\*) ?\S)/
    const silent = all.filter((file) => !(file.endsWith('.svelte') ? component : script).test(source(file)))
    expect(silent).toEqual([])
  })
})
