// The presets of what sorts texts: the way to train is the goal's, a quick try sees every label, and each round is looked at.
import { expect, test } from 'vitest'
import { choosePresets, reasonsOf, type PresetFacts } from '../../../main/services/runs/presets'
import { checkSetting } from '../../../main/services/recipes/setting-values'
import type { SettingKey } from '../../../main/contract/settings'

const facts = (change: Partial<PresetFacts> = {}): PresetFacts => ({
  train: 9000,
  heldOut: 1000,
  lengths: Array.from({ length: 9000 }, (_, at) => 10 + (at % 50)),
  parameters: 130e6,
  maxPositionEmbeddings: 512,
  proven: null,
  method: 'classification',
  start: null,
  labels: 77,
  ...change
})

test('a quick try holds rows of every label; each round ends with a look', () => {
  const [quick, balanced, quality] = choosePresets(facts())
  expect(Math.round(9000 * (quick?.part ?? 0))).toBe(77 * 12)
  expect(balanced?.settings).toMatchObject({ method: 'classification', batchSize: 16, evaluationSteps: 563 })
  expect(quality?.settings).toMatchObject({ method: 'classification-full', learningRate: 5e-5 })
  for (const { settings } of [quick, balanced, quality].filter((one) => one !== undefined))
    for (const key of Object.keys(settings) as SettingKey[])
      expect(() => checkSetting(key, settings[key], key)).not.toThrow()
})

test('a large model is not trained whole, and the reasons say which', () => {
  const quality = (parameters: number) => {
    const own = facts({ parameters })
    const found = choosePresets(own)[2]
    if (!found) throw new Error('quality')
    return { ...found, reasons: reasonsOf('quality', found.settings, 1, own).map(({ code }) => code) }
  }
  expect(quality(130e6).reasons).toContain('WHOLE_MODEL')
  expect(quality(500e6).settings.method).toBe('classification')
  expect(quality(500e6).reasons).toContain('RANK')
})
