// Words for runs in example commands: what is printed can be pasted back.
import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findRun, quoted, runWord } from '../../main/cli/find-run'
import type { RunView } from '../../main/contract/window/training'
import type { RunStore } from '../../main/services/runs/run-store'

const odd = [
  '2026-04-01-敬語の応対',
  'a b',
  "it's",
  'say "hi"',
  '$HOME',
  '`x`',
  'back\\slash',
  'a!b',
  '全角　空白',
  '-dash'
]

describe.skipIf(process.platform === 'win32')('quoted', () => {
  for (const text of odd) {
    test(text, () => {
      const back = execFileSync(
        'sh',
        ['-c', `printf %s ${text.startsWith('-') ? './' : ''}${quoted(text)}`],
        { encoding: 'utf8' }
      )
      expect(back.replace(/^\.\//, '')).toBe(text)
    })
  }
})

test('a run of the list goes by its name, by its id where another has the same, any other by its folder', async () => {
  const [one, other, mine] = ['/p/runs/2026-窓口', '/q/runs/2026-窓口', '/home/runs/a b']
  const store = {
    places: async () =>
      [one, other, mine].map((dir, at) => ({ id: `id${at}`, project: null, dir: resolve(dir) }))
  }
  expect(await runWord(mine, store)).toBe('"a b"')
  expect(await runWord(one, store)).toBe('id0')
  expect(await runWord('/elsewhere/run', store)).toBe(quoted(resolve('/elsewhere/run')))
})

describe('a word for a run', () => {
  const run = (id: string, dir: string, name: string, project: string | null): RunView =>
    ({ id, dir, name, project }) as RunView
  const runs = [
    run('id0', '/q/runs/2026-Balanced-1', 'バランス 1', 'q'),
    run('id1', '/p/runs/2026-Balanced-1', 'バランス 1', 'p'),
    run('id2', '/home/runs/by-hand', 'Tickets', null),
    run('id3', '/p/runs/2026-Tickets', '2026-Balanced-1', 'p')
  ]
  const store = {
    list: async () => runs,
    projectNames: async () => new Map(Object.entries({ p: 'Support tone', q: 'Sorting' }))
  } as Partial<RunStore> as RunStore
  const found = async (word: string): Promise<string> => (await findRun(word, store)).id

  test('that several have means none of them: all are named, with what can be typed', async () => {
    for (const name of ['2026-Balanced-1', 'Balanced 1', 'バランス 1'])
      await expect(found(name)).rejects.toMatchObject({
        code: 'SEVERAL_SUCH_RUNS',
        details: { name, runs: 'id0 (Sorting), id1 (Support tone)' }
      })
    expect([await found('id0'), await found('id1'), await found('latest')]).toEqual(['id0', 'id1', 'id0'])
  })

  test('that one has means it: its folder before its name', async () => {
    expect([await found('Tickets'), await found('by-hand'), await found('2026-Tickets')]).toEqual([
      ...['id2', 'id2', 'id3']
    ])
  })
})
