// The first look at a name, which costs little, hides none that is known.
import { expect, test } from 'vitest'
import { knownColumn } from '../../../../main/services/reading/recognise/column-names'
import { Chance } from '../../random'

const signs = [...'質問回答ご問いq.a-_ ・（必須）(1)【】ＱＡanswerQuestionプロンプトﾌﾟ\u3099\u0301お:※']

test('known is what is known with a space before it', () => {
  const chance = new Chance(3)
  let known = 0
  for (let round = 0; round < 60_000; round++) {
    const name = chance.list(6, () => chance.pick(signs)).join('')
    const role = knownColumn(name)
    if (role) known++
    // with a space, it goes the long way
    expect(role, name).toBe(knownColumn(` ${name}`))
  }
  expect(known).toBeGreaterThan(50)
})

test.each([
  ['ご質問の内容', null],
  ['質問 （必須）', 'question'],
  ['【必須】 質 問 内 容', 'question'],
  [`問い合わせ${'　'.repeat(60)}内容`, 'question'],
  [`回答（${'ながい注意書き'.repeat(10)}）`, 'answer'],
  ['ＡＳＳＩＳＴＡＮＴ＿ＭＥＳＳＡＧＥ', 'answer'],
  ['\u{1D42A}uestion', 'question'],
  ['ﾌﾟﾛﾝﾌﾟﾄ', 'prompt'],
  ['а'.repeat(100), null]
])('%s', (name, role) => expect(knownColumn(name)).toBe(role))
