// Every choice of every setting has a plain word in both languages, and any value reads as words in a table.
import { describe, expect, test } from 'vitest'
import { settingRows, type SettingKey } from '../../../main/contract/settings'
import { choiceWord } from '../../../main/words/settings'
import { choiceText, isZeroWord, settingText, zeroText } from '../../../renderer/lib/setting-words'
import { theSettings } from '../views'

const keys = Object.keys(settingRows) as SettingKey[]
const chosen = keys.flatMap((key) => {
  const row = settingRows[key]
  return row.kind === 'choice' || row.kind === 'list' ? row.choices.map((choice) => ({ key, choice })) : []
})

describe.each(chosen)('$choice of $key', ({ key, choice }) => {
  test('has a plain word of its own in both languages, with the term beside it', () => {
    expect(choiceWord(key, choice, 'ja')).toMatch(/[ぁ-んァ-ヶ一-龠]/)
    expect(choiceWord(key, choice, 'en')).toMatch(/^[\x20-\x7e]+$/)
    for (const language of ['ja', 'en'] as const) {
      const [word, said] = [choiceWord(key, choice, language), choiceText(key, choice, language)]
      expect(said.startsWith(word)).toBe(true)
      // once, and not twice: 良し悪しから（DPO）
      expect(said.toLowerCase().split(choice.toLowerCase())).toHaveLength(2)
    }
    const same = chosen.filter((other) => other.key === key)
    for (const language of ['ja', 'en'] as const)
      expect(new Set(same.map((one) => choiceWord(key, one.choice, language))).size).toBe(same.length)
  })
})

test('the term stands in brackets behind a word that does not have it', () => {
  expect(choiceText('schedule', 'cosine', 'ja')).toMatch(/（cosine）$/)
  expect(choiceText('schedule', 'cosine', 'en')).toMatch(/ \(cosine\)$/)
  expect(choiceText('method', 'dpo', 'ja')).toMatch(/（DPO）$/)
})

test('a setting without choices has no word for one', () => {
  expect(choiceWord('loraRank', 'nf4', 'ja')).toBe('')
})

test('no value of a recipe stands bare in a table', () => {
  for (const key of keys)
    for (const language of ['ja', 'en'] as const)
      // "none" is a word of English
      expect(settingText(key, theSettings[key], language)).not.toMatch(
        language === 'en' ? /^(true|false|undefined)?$/ : /^(true|false|none|undefined)?$/
      )
  expect(settingText('packing', true, 'ja')).toBe('オン')
  expect(settingText('packing', false, 'en')).toBe('Off')
  expect(settingText('baseQuantization', 'none', 'ja')).toBe('ファイルの精度のまま（none）')
  expect(settingText('targetModules', theSettings.targetModules, 'ja')).toBe('すべて')
  expect(settingText('targetModules', ['q_proj', 'v_proj'], 'en')).toBe('q_proj, v_proj')
})

test.each([
  ['learningRate', 2e-4, '2e-4'],
  ['loraDropout', 0.05, '0.05'],
  ['loraDropout', 0, '0'],
  ['maxSeqLength', 1024, '1,024'],
  ['epochs', 2.5, '2.5']
] as const)('%s of %d reads %s', (key, value, text) => {
  expect(settingText(key, value, 'ja')).toBe(text)
  expect(settingText(key, value, 'en')).toBe(text)
})

test.each([
  ['evaluationSteps', '自動', 'automatic'],
  ['checkpointSteps', '自動', 'automatic'],
  ['maxSteps', 'なし', 'off'],
  ['earlyStoppingPatience', 'なし', 'off']
] as const)('0 of %s reads %s, and the word is taken for it', (key, ja, en) => {
  expect([settingText(key, 0, 'ja'), settingText(key, 0, 'en')]).toEqual([ja, en])
  for (const typed of [ja, en, ` ${en.toUpperCase()} `]) expect(isZeroWord(key, typed)).toBe(true)
  expect([isZeroWord(key, '12'), isZeroWord('loraRank', ja), zeroText(key, 5, 'ja')]).toEqual([
    ...[false, false, null]
  ])
})
