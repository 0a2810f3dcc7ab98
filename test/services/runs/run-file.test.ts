// run.json on a real disk: what it keeps, what a torn one is, and what the first version of the app left.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  changeRunFile,
  freshRunFile,
  readRunFile,
  runFileText,
  type RunFile
} from '../../../main/services/runs/run-file'
import { ownFolder } from '../../fixtures/own-folder'

test('a change keeps everything else; a torn file is none', async () => {
  const dir = ownFolder()
  expect(await readRunFile(dir)).toBeNull()
  await changeRunFile(dir, 'はじめ', () => ({ part: 0.5 }))
  await changeRunFile(dir, 'unused', () => ({ preset: 'quick' }))
  expect(await readRunFile(dir)).toEqual({ ...freshRunFile('はじめ'), part: 0.5, preset: 'quick' })
  writeFileSync(join(dir, 'run.json'), '{"version":1')
  expect(await readRunFile(dir)).toBeNull()
})

test('what a newer Neiro wrote is not written over', async () => {
  const dir = ownFolder()
  const newer = '{"version":2,"title":"わたしの学習"}'
  writeFileSync(join(dir, 'run.json'), newer)
  const change = changeRunFile(dir, 'unused', () => ({ part: 0.5 }))
  await expect(change).rejects.toMatchObject({ code: 'RUN_NEWER', details: { run: dir } })
  expect(readFileSync(join(dir, 'run.json'), 'utf8')).toBe(newer)
})

test('a run of the first version keeps its name, preset and notices', async () => {
  const dir = ownFolder()
  const notice = { kind: 'notice', step: 3, time: '', code: 'TRAINER_DIED', details: {} } as const
  const old: RunFile = { ...freshRunFile('わたしの学習'), preset: 'quality', notices: [notice] }
  writeFileSync(join(dir, 'window.json'), runFileText(old))
  expect(await readRunFile(dir)).toEqual(old)
  await changeRunFile(dir, 'unused', () => ({ part: 0.5 }))
  expect(await readRunFile(dir)).toEqual({ ...old, part: 0.5 })
  expect(readdirSync(dir)).toContain('run.json')
})
