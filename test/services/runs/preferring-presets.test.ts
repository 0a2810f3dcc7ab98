// The presets of what is preferred: small strides and few rounds, the way by the kind of what is there, and what a run that goes
// on takes from the one before it.
import { expect, test } from 'vitest'
import { methodFor } from '../../../main/contract/goals'
import type { SettingKey } from '../../../main/contract/settings'
import { checkSetting } from '../../../main/services/recipes/setting-values'
import { choosePresets, reasonsOf, type PresetFacts } from '../../../main/services/runs/presets'

const facts = (change: Partial<PresetFacts> = {}): PresetFacts => ({
  train: 300,
  heldOut: 30,
  lengths: Array.from({ length: 300 }, (_, at) => 40 + (at % 80)),
  parameters: 135e6,
  maxPositionEmbeddings: 2048,
  proven: null,
  method: 'dpo',
  start: null,
  labels: 0,
  ...change
})
const chosen = (key: string, change: Partial<PresetFacts> = {}) => {
  const found = choosePresets(facts(change)).find((one) => one.key === key)
  if (!found) throw new Error(key)
  return found
}
const codes = (key: 'quick' | 'balanced' | 'quality', change: Partial<PresetFacts> = {}): string[] => {
  const { settings, part } = chosen(key, change)
  return reasonsOf(key, settings, part, facts(change)).map(({ code }) => code)
}

test('the method is that of the pairs or the ratings, in strides far below those of a tone', () => {
  const tone = chosen('balanced', { method: 'sft' }).settings
  for (const method of ['dpo', 'kto'] as const)
    for (const { settings } of choosePresets(facts({ method }))) {
      expect(settings.method).toBe(method)
      expect(settings.learningRate).toBeLessThanOrEqual(tone.learningRate / 5)
      expect(settings.epochs).toBeLessThanOrEqual(6)
      for (const key of Object.keys(settings) as SettingKey[])
        expect(() => checkSetting(key, settings[key], key)).not.toThrow()
    }
  expect(chosen('quick').part).toBeCloseTo(120 / 300)
})

test('what the run before decides stays, and the reasons say where it begins', () => {
  const start = { loraRank: 8, loraAlpha: 4, baseQuantization: 'nf4' } as const
  for (const { settings } of choosePresets(facts({ start }))) expect(settings).toMatchObject(start)
  expect(codes('balanced', { start })).toContain('GOES_ON')
  // what another run has learnt whole is no base model either
  expect(codes('balanced', { onLearnt: true })).toContain('GOES_ON')
  expect(codes('balanced', { onLearnt: true })).not.toContain('FROM_BASE')
  expect(codes('balanced')).toEqual(expect.arrayContaining(['FROM_BASE', 'SMALL_STRIDES', 'ROUNDS']))
  expect(codes('quality')).toContain('RANK')
  expect(codes('quality', { start })).not.toContain('RANK')
})

test('a goal is learnt in the way that most of its examples are for', () => {
  const none = { conversation: 0, text: 0, preference: 0, rated: 0, labelled: 0 }
  expect(methodFor('prefer', none)).toBe('dpo')
  expect(methodFor('prefer', { ...none, conversation: 500, preference: 3 })).toBe('dpo')
  expect(methodFor('prefer', { ...none, preference: 3, rated: 4 })).toBe('kto')
  expect(methodFor('tone', { ...none, preference: 9 })).toBe('sft')
  expect(methodFor('sort', { ...none, labelled: 9 })).toBe('classification')
})
