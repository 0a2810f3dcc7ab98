// The presets of documents: packed rows, few rounds, small strides, and reasons that have words.
import { expect, test } from 'vitest'
import { methodFor } from '../../../main/contract/goals'
import type { SettingKey } from '../../../main/contract/settings'
import { checkSetting } from '../../../main/services/recipes/setting-values'
import { choosePresets, reasonsOf, type PresetFacts } from '../../../main/services/runs/presets'
import { windowWords } from '../../../main/words/window'

const facts = (parts: number, change: Partial<PresetFacts> = {}): PresetFacts => ({
  train: parts,
  heldOut: 10,
  lengths: Array.from({ length: parts }, (_, at) => 900 + (at % 80)),
  parameters: 135e6,
  maxPositionEmbeddings: 2048,
  proven: null,
  method: 'continued',
  start: null,
  labels: 0,
  ...change
})

test('each is packed, within its ranges, and read no more often than it should be', () => {
  for (const parts of [3, 50, 500, 20_000])
    for (const method of ['continued', 'continued-full'] as const)
      for (const { key, settings, part } of choosePresets(facts(parts, { method }))) {
        expect(settings).toMatchObject({ method, packing: true })
        expect(settings.maxSeqLength).toBeLessThanOrEqual(1024)
        expect(settings.epochs).toBeLessThanOrEqual(6)
        for (const name of Object.keys(settings) as SettingKey[])
          expect(() => checkSetting(name, settings[name], name)).not.toThrow()
        for (const { code, details } of reasonsOf(key, settings, part, facts(parts, { method })))
          for (const language of ['ja', 'en'] as const)
            expect(windowWords[language].train.reasons[code]?.(details)).toMatch(/\S/)
      }
})

test('many documents are read seldom, in smaller strides than a tone; a try reads a part', () => {
  const of = (parts: number) => choosePresets(facts(parts))
  const [quick, balanced] = of(2000)
  expect(of(20)[1]?.settings.epochs).toBeGreaterThan(balanced?.settings.epochs ?? 0)
  expect(quick?.part).toBeLessThan(0.1)
  const tone = choosePresets(facts(2000, { method: 'sft' }))[1]?.settings.learningRate ?? 0
  expect(balanced?.settings.learningRate).toBeLessThan(tone)
})

test('the goal learns texts, by the part that is added', () => {
  const kinds = { conversation: 90, text: 3, preference: 0, rated: 0, labelled: 0 }
  expect(methodFor('documents', kinds)).toBe('continued')
})
