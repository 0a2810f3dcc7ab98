// The log: one line an entry, never too long, never in the way.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLog } from '../main/log'
import { ownFolder } from './fixtures/own-folder'

const most = 4 * 1024 * 1024

test('each entry is one line with its time and level, in a folder that was not there', () => {
  const file = join(ownFolder(), 'new/neiro.log')
  const log = openLog(file)
  log('info', '始めました')
  log('error', 'Error: a\n    at b\r\n    at c\rforged info line\u001b[31m')
  openLog(file)('warn', 'again')
  const lines = readFileSync(file, 'utf8').split('\n')
  expect(lines).toHaveLength(4)
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z info 始めました$/)
  expect(lines[1]).toMatch(/ error Error: a ⏎ {5}at b ⏎ {5}at c ⏎ forged info line \[31m$/)
  expect(lines[2]).toMatch(/ warn again$/)
})

test('while it grows it is cut to its newest whole lines', () => {
  const file = join(ownFolder(), 'neiro.log')
  const log = openLog(file)
  const filling = 'あ'.repeat(100_000)
  for (let n = 0; n < 40; n++) {
    log('info', `${n} ${filling}`)
    expect(statSync(file).size).toBeLessThanOrEqual(most)
  }
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  expect(lines.at(-1)).toContain(' 39 ')
  expect(lines.length).toBeGreaterThan(3)
  for (const line of lines) expect(line).toMatch(/^\d{4}-.*あ$/)
})

test('one that was left too long is cut when it is opened', () => {
  const file = join(ownFolder(), 'neiro.log')
  writeFileSync(file, Array.from({ length: 100_000 }, (_, n) => `line ${n} ${'x'.repeat(60)}\n`).join(''))
  openLog(file)
  const text = readFileSync(file, 'utf8')
  expect(text.length).toBeLessThanOrEqual(most / 2)
  expect(text).toMatch(/^line \d+ x+\n/)
  expect(text).toContain('line 99999 ')
})

test('a file without any line end is cut too', () => {
  const file = join(ownFolder(), 'neiro.log')
  writeFileSync(file, 'x'.repeat(most + 1))
  openLog(file)('info', 'on')
  expect(statSync(file).size).toBeLessThan(most)
})

test('a log that cannot be written stops nothing', () => {
  const dir = ownFolder()
  mkdirSync(join(dir, 'folder'))
  writeFileSync(join(dir, 'file'), '')
  for (const place of [join(dir, 'folder'), join(dir, 'file/neiro.log')])
    expect(() => openLog(place)('error', 'x')).not.toThrow()
})
