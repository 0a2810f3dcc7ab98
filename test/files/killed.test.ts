// An export whose process is killed: the next look removes what is half, and brings back what was moved aside.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tidyBeside, writeFolderWhole } from '../../main/files/whole-folder'

const program = resolve(import.meta.dirname, 'dies-in-the-middle.mjs')
let place = ''
let target = ''
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'killed-'))
  target = join(place, '口調-merged')
  mkdirSync(target)
  writeFileSync(join(target, 'file'), 'verified')
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

async function killed(moment: string): Promise<void> {
  const child = spawn(process.execPath, [program, target, moment], {
    stdio: ['ignore', 'inherit', 'inherit']
  })
  const signal = await new Promise((ended) => child.on('exit', (_code, by) => ended(by)))
  expect(signal).toBe('SIGKILL')
}
const names = (): string[] => readdirSync(place).sort()
const content = (): string => readFileSync(join(target, 'file'), 'utf8')

describe('killed', () => {
  test('while it writes: the half goes, what was verified stands as it stood', async () => {
    await killed('half written')
    expect(names()).toEqual([expect.stringMatching(/^\.口調-merged\.tmp-/), '口調-merged'])
    expect(await tidyBeside(target)).toBe(true)
    expect([names(), content()]).toEqual([['口調-merged'], 'verified'])
  })

  test('between the two renames: what was verified comes back', async () => {
    await killed('between renames')
    expect(names()).toEqual([
      expect.stringMatching(/^\.口調-merged\.old-/),
      expect.stringMatching(/^\.口調-merged\.tmp-/)
    ])
    expect(await tidyBeside(target)).toBe(true)
    expect([names(), content()]).toEqual([['口調-merged'], 'verified'])
  })

  test('between the renames, and somebody has put a folder there since: nothing of anybody is lost', async () => {
    await killed('between renames')
    mkdirSync(target)
    writeFileSync(join(target, 'file'), 'theirs')
    await tidyBeside(target)
    expect([names(), content()]).toEqual([['口調-merged', '口調-merged-2'], 'theirs'])
    expect(readFileSync(join(place, '口調-merged-2', 'file'), 'utf8')).toBe('verified')
  })

  test('when the new one stands already: only the old one goes', async () => {
    await killed('before the old one goes')
    expect(names()).toHaveLength(2)
    await tidyBeside(target)
    expect([names(), content()]).toEqual([['口調-merged'], 'new'])
  })

  test('the next writing puts it right by itself, also without replacing', async () => {
    await killed('between renames')
    await expect(
      writeFolderWhole(target, { replace: false }, () => Promise.reject(new Error('not reached')))
    ).rejects.toMatchObject({ code: 'TARGET_EXISTS' })
    expect([names(), content()]).toEqual([['口調-merged'], 'verified'])
  })
})

describe('not touched', () => {
  test('what is being written now, here or by a living process, and whatever only looks alike', async () => {
    const alike = [
      `.口調-merged.tmp-${process.ppid}-0123abcd`,
      '.口調-merged.tmp-mine',
      '.口調-merged.old',
      '.口調-merged-2.tmp-1-0123abcd'
    ]
    for (const name of alike) mkdirSync(join(place, name))
    await writeFolderWhole(target, { replace: true }, async (staging) => {
      expect(await tidyBeside(target)).toBe(false)
      writeFileSync(join(staging, 'file'), 'new')
    })
    expect(content()).toBe('new')
    expect(names()).toEqual([...alike, '口調-merged'].sort())
  })

  test('a folder that cannot be read now is looked at another time', async () => {
    expect(await tidyBeside(join(place, 'unplugged', 'out'))).toBe(false)
  })
})
