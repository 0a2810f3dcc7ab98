// Other runs that answer are called as their folders say, in the language in use.
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import type { Candidate } from '../../../main/contract/candidates'
import { namesOfRuns } from '../../../main/services/evaluation/names-of-runs'

const runs = resolve('test/versions/0.1.0/projects/窓口/runs')
const folders: Readonly<Record<string, string>> = {
  c8a60efe47198887: '2026-11-30-自分の設定-1',
  twin: '2026-11-30-自分の設定-1',
  other: '2026-11-30-自分の設定-2'
}

test('a run is known by its id and called by its name; one that is gone has none, and twins say when they were begun', async () => {
  const names = (ids: readonly string[], language: 'ja' | 'en') =>
    namesOfRuns(
      [{ id: 'base', kind: 'base' }, ...ids.map((run): Candidate => ({ id: run, kind: 'tuned', run }))],
      (id) => {
        const folder = folders[id]
        if (folder === undefined) return Promise.reject(new NeiroError('RUN_NOT_FOUND', { run: id }))
        return Promise.resolve({ id, project: null, dir: resolve(runs, folder) })
      },
      language
    )
  const [one, other] = ['c8a60efe47198887', 'other']
  expect(await names([one, other, 'gone'], 'ja')).toEqual(
    new Map([
      [one, '自分の設定 1'],
      [other, '自分の設定 2']
    ])
  )
  expect((await names([one], 'en')).get(one)).toBe('Own settings 1')
  expect((await names([one, 'twin'], 'ja')).get(one)).toMatch(/^自分の設定 1（2026-11-30 \d\d:\d\d）$/)
})
