// What killed processes left anywhere below a folder goes or comes back; what is at work, and what is not ours, stays.
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isAbandoned, newMark } from '../../main/files/beside'
import { isProcessAlive, processStart } from '../../main/files/process-alive'
import { sweepBelow } from '../../main/files/sweep'
import { ownFolder } from '../fixtures/own-folder'

const dead = '999999999-0123abcd'

test('half files and folders of the dead go, what they had moved aside comes back, at any depth', async () => {
  const root = ownFolder()
  const deep = join(root, 'projects/口調/runs/one/evaluation')
  mkdirSync(deep, { recursive: true })
  writeFileSync(join(deep, 'summary.json'), 'whole')
  writeFileSync(join(deep, `.summary.json.tmp-${dead}`), 'half')
  mkdirSync(join(root, `.adapter.tmp-${dead}`))
  mkdirSync(join(root, `.adapter.old-${dead}`))
  writeFileSync(join(root, `.adapter.old-${dead}`, 'weights'), 'kept')
  await sweepBelow(root)
  expect(readdirSync(deep)).toEqual(['summary.json'])
  expect(readdirSync(root).sort()).toEqual(['adapter', 'projects'])
  expect(readFileSync(join(root, 'adapter', 'weights'), 'utf8')).toBe('kept')
})

test('work that goes on, names that are not ours and folders behind links are left alone', async () => {
  const [root, other] = [ownFolder(), ownFolder()]
  const mark = newMark()
  const names = [
    `.a.tmp-${mark.text}`,
    `.b.tmp-${process.ppid}-0123abcd`,
    '.c.tmp-mine',
    'd.tmp',
    '.e.tmp-1-xyz'
  ]
  for (const name of names) writeFileSync(join(root, name), '')
  writeFileSync(join(other, `.f.tmp-${dead}`), '')
  symlinkSync(other, join(root, 'link'))
  await sweepBelow(root)
  expect(readdirSync(root).sort()).toEqual([...names, 'link'].sort())
  expect(existsSync(join(other, `.f.tmp-${dead}`))).toBe(true)
  mark.done()
  await sweepBelow(root)
  expect(readdirSync(root)).not.toContain(names[0])
})

test('a folder that is gone or no folder is no error', async () => {
  const root = ownFolder()
  writeFileSync(join(root, 'file'), '')
  await sweepBelow(join(root, 'gone'))
  await sweepBelow(join(root, 'file'))
})

test.runIf(process.platform === 'linux')(
  'a number that was given to another program since holds nothing: a mark says when its process started',
  () => {
    const pid = process.ppid
    expect(isProcessAlive(pid)).toBe(true)
    expect(isAbandoned(`${pid}.${processStart(pid)}-0123abcd`)).toBe(false)
    expect(isAbandoned(`${pid}.1-0123abcd`)).toBe(true)
    // as versions before wrote it: no start
    expect(isAbandoned(`${pid}-0123abcd`)).toBe(false)
    const mark = newMark()
    expect(mark.text).toMatch(new RegExp(`^${process.pid}\\.${processStart(process.pid)}-`))
    expect(isAbandoned(mark.text)).toBe(false)
    mark.done()
    expect(isAbandoned(mark.text)).toBe(true)

    const root = ownFolder()
    for (const mark of [`${pid}.1-0123abcd`, `${pid}.${processStart(pid)}-0123abcd`])
      writeFileSync(join(root, `.a.tmp-${mark}`), 'half')
    return sweepBelow(root).then(() =>
      expect(readdirSync(root)).toEqual([`.a.tmp-${pid}.${processStart(pid)}-0123abcd`])
    )
  }
)
