// The settings in which runs differ: only those that say something to one of them.
import { expect, test } from 'vitest'
import { defaultSettings, type Settings } from '../../../main/contract/settings'
import { differencesOf } from '../../../main/services/runs/differences'

const run = (change: Partial<Settings>): { settings: Settings } => ({
  settings: { ...defaultSettings, ...change }
})

test('are those whose values are not the same in all runs', () => {
  expect(differencesOf([run({}), run({ epochs: 5 }), run({})])).toEqual([
    { key: 'epochs', values: ['3', '5', '3'] }
  ])
  expect(differencesOf([run({}), run({})])).toEqual([])
})

test('are none that says nothing to the method of any run', () => {
  const full = { method: 'full' } as const
  expect(differencesOf([run(full), run({ ...full, loraRank: 8 })])).toEqual([])
  expect(differencesOf([run(full), run({ loraRank: 8 })]).map(({ key }) => key)).toEqual([
    'method',
    'loraRank'
  ])
})
