// What a package asks of the system: the C library's version that its modules name, Microsoft's run-time beside the tokenizer.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
// @ts-expect-error plain JavaScript, as the scripts are
import * as system from '../../scripts/package/system.mjs'
import { ownFolder } from '../fixtures/own-folder'

const { glibcNeeded, layRunTime } = system as {
  glibcNeeded(files: readonly string[]): string | null
  layRunTime(beside: string, env: Readonly<Record<string, string>>): readonly string[]
}

test('the newest version that any module names counts, as a number', () => {
  const dir = ownFolder()
  writeFileSync(join(dir, 'a.node'), '\0GLIBC_2.9\0GLIBC_2.17\0')
  writeFileSync(join(dir, 'b.node'), 'libc.so.6\0GLIBC_2.4\0GLIBCXX_3.4.30\0')
  writeFileSync(join(dir, 'c.node'), 'none')
  expect(glibcNeeded([join(dir, 'a.node'), join(dir, 'b.node')])).toBe('2.17')
  expect(glibcNeeded([join(dir, 'c.node')])).toBeNull()
})

test.runIf(process.platform === 'linux')('of the engine that is built here something is known', () => {
  expect(glibcNeeded([resolve(import.meta.dirname, '../../addon/build/Release/neiro.node')])).toMatch(
    /^2\.\d\d$/
  )
})

test('what there is of the run-time is laid beside, what is missing is named', () => {
  const [from, beside] = [ownFolder(), ownFolder()]
  writeFileSync(join(from, 'vcruntime140.dll'), 'x')
  expect(layRunTime(beside, { NEIRO_VCRUNTIME: from })).toEqual(['vcruntime140_1.dll'])
  expect(readdirSync(beside)).toEqual(['vcruntime140.dll'])
  mkdirSync(join(from, 'System32'))
  for (const name of ['vcruntime140.dll', 'vcruntime140_1.dll'])
    writeFileSync(join(from, 'System32', name), 'x')
  expect(layRunTime(beside, { SystemRoot: from })).toEqual([])
  expect(layRunTime(ownFolder(), {})).toEqual(['vcruntime140.dll', 'vcruntime140_1.dll'])
})
