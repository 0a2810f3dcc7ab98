// A file that is read only in part, or refused by its first rows, is closed at once: a system has room for so many.
import { readdirSync, readlinkSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPaths } from '../../../main/services/dataset/read/read-paths'
import { writeData } from './write-file'

/** long enough that nobody has come to its end */
const long = (line: (at: number) => string): string =>
  Array.from({ length: 60_000 }, (_, at) => line(at)).join('\n')

test.skipIf(process.platform !== 'linux').each([
  ['figures.csv', long((at) => `${at},${at * 2},${at * 3}`)],
  ['figures.json', `[${long((at) => `{"a":${at},"b":${at}}${at < 59_999 ? ',' : ''}`)}]`],
  ['lines.json', long((at) => `{"a":${at},"b":${at}}`)],
  ['figures.txt', long((at) => `{"a":${at},"b":${at}}`)],
  ['dump.txt', `INSERT INTO faq VALUES (1);\n${long((at) => `-- ${at}`)}`]
])('%s', async (name, text) => {
  const path = writeData(name, text)
  await readPaths([path])
  const open = readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`)
    } catch {
      return []
    }
  })
  expect(open.filter((one) => one === path)).toEqual([])
})
