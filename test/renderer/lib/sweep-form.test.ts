// What is typed into the form of a sweep is read as the settings have it, and its picture says what the table says.
import { expect, test } from 'vitest'
import { defaultSettings } from '../../../main/contract/settings'
import { parallelLines } from '../../../renderer/lib/parallel-lines'
import { triedIn, usualRows, valuesIn, withChoice, workOf } from '../../../renderer/lib/sweep-form'

test('values as people type them; one that cannot be taken takes none', () => {
  expect(valuesIn({ key: 'loraRank', text: '８、16, 16 ,32,' })).toEqual([8, 16, 32])
  expect(valuesIn({ key: 'learningRate', text: '1e-4, 0.0003' })).toEqual([1e-4, 3e-4])
  for (const text of ['', ' , ', '8, x', '8.5', '-1'])
    expect([text, valuesIn({ key: 'loraRank', text })]).toEqual([text, null])
  expect(
    triedIn([
      { key: 'loraRank', text: '8' },
      { key: 'learningRate', text: 'x' }
    ])
  ).toBeNull()
})

test('choices are ticked: in the order of the setting, each once, and none of them is nothing to try', () => {
  const one = { key: 'synthetic', text: 'leave-out' } as const
  const both = withChoice(one, 'learn', true)
  expect(valuesIn(both)).toEqual(['learn', 'leave-out'])
  expect(withChoice(both, 'learn', true)).toEqual(both)
  expect(withChoice(both, 'learn', false)).toEqual(one)
  expect(valuesIn(withChoice(one, 'leave-out', false))).toBeNull()
})

test('what is offered can be taken, and its work is counted as the rungs have it', () => {
  const tried = triedIn(usualRows(defaultSettings, () => true)) ?? []
  expect(tried.map(({ key }) => key)).toEqual(['loraRank', 'learningRate'])
  expect(tried[1]?.values).toContain(defaultSettings.learningRate)
  // 9 of 40, 5 of 80, 3 of 160
  expect(workOf(tried, 40)).toEqual({ trials: 9, trainings: 17, steps: 9 * 40 + 5 * 80 + 3 * 160 })
})

test('a line ends where its combination went no further, and lower is less loss', () => {
  const trial = (number: number, loraRank: number, losses: readonly (number | null)[]) => ({
    ...{ number, settings: { loraRank }, losses, over: null },
    state: losses.length > 1 ? ('left' as const) : ('out' as const)
  })
  const { axes, lines } = parallelLines(
    {
      tried: [{ key: 'loraRank', values: [32, 8, 16] }],
      rungs: [
        { steps: 10, runs: 3 },
        { steps: 20, runs: 2 }
      ],
      trials: [trial(1, 32, [2, 1]), trial(2, 8, [3]), trial(3, 16, [null])],
      leading: 1
    },
    'en'
  )
  expect(axes.map(({ ticks }) => ticks.map(({ text }) => text))).toEqual([
    ['8', '16', '32'],
    ['1.000', '3.000'],
    ['1.000', '3.000']
  ])
  expect(lines.map(({ at, kind }) => [at, kind])).toEqual([
    [[1, 0.5, 0], 'leading'],
    [[0, 1], 'out'],
    [[0.5], 'out']
  ])
})
