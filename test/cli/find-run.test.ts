// Words for runs in example commands: what is printed can be pasted back.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
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

test('a run of the list goes by its name, any other by its folder', () => {
  const runsDir = join('/home', 'neiro', 'runs')
  expect(runWord(join(runsDir, '2026-窓口'), runsDir)).toBe('2026-窓口')
  expect(runWord('/elsewhere/run', runsDir)).toBe('/elsewhere/run')
  expect(runWord(join(runsDir, 'deep', 'run'), runsDir)).toBe(join(runsDir, 'deep', 'run'))
})
