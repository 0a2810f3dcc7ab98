// Words for runs in example commands: what is printed can be pasted back.
import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { quoted, runWord } from '../../main/cli/find-run'

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
