// The three ways to train follow data and model, and say why.
import { describe, expect, test } from 'vitest'
import { defaultSettings, settingRows, type SettingKey } from '../../../main/contract/settings'
import { choosePresets, reasonsOf, type PresetFacts } from '../../../main/services/runs/presets'
import { checkSetting } from '../../../main/services/recipes/setting-values'
import { train as words } from '../../../main/words/window/ja/train'
import { Chance } from '../random'

const facts = (change: Partial<PresetFacts> = {}): PresetFacts => ({
  train: 540,
  heldOut: 60,
  lengths: Array.from({ length: 540 }, (_, at) => 40 + (at % 100)),
  parameters: 500e6,
  maxPositionEmbeddings: 32_768,
  proven: null,
  method: 'sft',
  start: null,
  labels: 0,
  ...change
})
const preset = (key: string, change: Partial<PresetFacts> = {}) => {
  const found = choosePresets(facts(change)).find((one) => one.key === key)
  if (!found) throw new Error(key)
  return found
}
const codes = (key: string, change: Partial<PresetFacts> = {}): string[] =>
  reasonsOf(
    preset(key, change).key,
    preset(key, change).settings,
    preset(key, change).part,
    facts(change)
  ).map(({ code }) => code)

describe('presets', () => {
  test('a quick try learns from about 120 examples, the others from all', () => {
    expect(preset('quick').part).toBeCloseTo(120 / 540)
    expect(preset('quick', { train: 80 }).part).toBe(1)
    expect(preset('balanced').part).toBe(1)
    expect(codes('quick')).toContain('PART')
    expect(codes('quick', { train: 80 })).not.toContain('PART')
  })

  test('few examples are read more often', () => {
    const epochs = [20, 90, 250, 800, 3000, 20_000].map(
      (train) => preset('balanced', { train }).settings.epochs
    )
    expect([...epochs].sort((a, b) => b - a)).toEqual(epochs)
    expect(new Set(epochs).size).toBe(epochs.length)
    expect(codes('balanced', { train: 90 })).toContain('SMALL_DATA')
    expect(codes('balanced')).not.toContain('SMALL_DATA')
  })

  test('a small model gets larger strides and more time', () => {
    const small = { parameters: 4e6 }
    expect(preset('balanced', small).settings.learningRate).toBeGreaterThan(
      preset('balanced').settings.learningRate * 5
    )
    expect(preset('balanced', small).settings.epochs).toBeGreaterThan(preset('balanced').settings.epochs)
    expect(codes('balanced', small)).toContain('SMALL_MODEL')
  })

  test('the length covers 99 of 100, all where that costs little, and never more than the model reads', () => {
    const lengths = [...Array<number>(990).fill(100), ...Array<number>(10).fill(3000)]
    expect(preset('balanced', { lengths }).settings.maxSeqLength).toBe(128)
    expect(
      preset('balanced', { lengths: [...Array<number>(999).fill(120), 140] }).settings.maxSeqLength
    ).toBe(192)
    expect(preset('balanced', { lengths: [5000], maxPositionEmbeddings: 1000 }).settings.maxSeqLength).toBe(
      1000
    )
    expect(preset('balanced', { lengths: [3] }).settings.maxSeqLength).toBe(64)
  })

  test('what was tried out with this data and model is taken as it is', () => {
    const proven = { ...defaultSettings, learningRate: 0.004, epochs: 16, earlyStoppingPatience: 0 }
    const { settings } = preset('balanced', { proven })
    expect(settings).toEqual({ ...proven, maxSeqLength: settings.maxSeqLength })
    expect(preset('quick', { proven, train: 100 }).settings.epochs).toBeLessThan(16)
    expect(codes('balanced', { proven })).not.toContain('EARLY_STOP')
  })

  test('a quick try reads a good deal less than the balanced training, whatever there is to read', () => {
    const chance = new Chance(3)
    for (let i = 0; i < 200; i++) {
      const change = { train: 1 + chance.below(8000), parameters: 10 ** (6 + chance.below(5)) }
      const [quick, balanced] = [preset('quick', change), preset('balanced', change).settings]
      const read = Math.round(change.train * quick.part) * quick.settings.epochs
      expect(read).toBeLessThanOrEqual(Math.max(0.7 * change.train * balanced.epochs, change.train))
      expect(quick.settings.epochs).toBeGreaterThanOrEqual(1)
      expect(quick.settings.learningRate).toBe(balanced.learningRate)
    }
  })

  test('a quick try takes larger strides where small ones were proven, never larger than the size allows', () => {
    const proven = { ...defaultSettings, learningRate: 0.001, epochs: 10 }
    const change = { proven, train: 154, parameters: 4e6 }
    expect(preset('quick', change).settings).toMatchObject({ learningRate: 0.002, epochs: 8 })
    const bold = { ...change, proven: { ...proven, learningRate: 0.009 } }
    expect(preset('quick', bold).settings.learningRate).toBe(0.009)
  })

  test('quality learns more and longer', () => {
    const [balanced, quality] = [preset('balanced').settings, preset('quality').settings]
    expect(quality.loraRank).toBe(balanced.loraRank * 2)
    // the strength stays: alpha grows with the rank
    expect(quality.loraAlpha / quality.loraRank).toBe(balanced.loraAlpha / balanced.loraRank)
    expect(quality.epochs).toBeGreaterThan(balanced.epochs)
  })

  test('whatever the data and the model: settings within their ranges, reasons with words and figures', () => {
    const chance = new Chance(5)
    for (let round = 0; round < 60; round++) {
      const train = 1 + chance.below(chance.below(2) ? 100_000 : 50)
      const change = {
        train,
        heldOut: chance.below(train),
        lengths: Array.from({ length: Math.min(train, 200) }, () => 1 + chance.below(4000)),
        parameters: 10 ** (5 + chance.below(6)),
        maxPositionEmbeddings: 64 * (1 + chance.below(600))
      }
      for (const { key, settings, part } of choosePresets(facts(change))) {
        const reasons = reasonsOf(key, settings, part, facts(change))
        expect(part).toBeGreaterThan(0)
        expect(part).toBeLessThanOrEqual(1)
        for (const setting of Object.keys(settingRows) as SettingKey[])
          expect(() => checkSetting(setting, settings[setting], setting)).not.toThrow()
        expect(new Set(reasons.map(({ code }) => code)).size).toBe(reasons.length)
        for (const { code, details } of reasons) expect(words.reasons[code]?.(details)).toMatch(/。$/)
      }
    }
  })
})
