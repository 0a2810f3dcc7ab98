// A tone learnt from answers: what they share is known, and seen or missed in others.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { learnTone, toneCounts, traitsBeside, traitsOf } from '../../main/metrics/tone-card'
import { levelOf, termsOf } from '../../main/metrics/tone-traits'

interface Row {
  readonly language: string
  readonly answer: string
}
const sample = readFileSync('resources/sample/support-desk.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row)
const answersIn = (language: string): string[] =>
  sample.filter((row) => row.language === language).map(({ answer }) => answer)

test('an answer that is as the house’s own to the same question misses nothing', () => {
  const tone = learnTone(answersIn('ja'))
  // shorter and plainer than the others, without greeting and farewell
  const reference = '送料は550円だ。'
  expect(Object.values(traitsOf(reference, reference, tone))).toContain(false)
  const [has, all] = toneCounts(traitsBeside(reference, reference, tone))
  expect(has).toBe(all)
  const usual = answersIn('ja')[0] ?? ''
  expect(traitsBeside('送料は550円だ。', usual, tone)).toMatchObject({ greeting: false, level: false })
})

test('a unit is no word of the house', () => {
  expect([...termsOf('3キログラムまで、100ボルトで、ハルカゼ便でお送りします。')]).toEqual(['ハルカゼ'])
})

describe('the tone of the sample', () => {
  const tone = learnTone(answersIn('ja'), ['了解'])

  test('is humble, with its greeting and its farewell', () => {
    expect(tone.level).toBe('humble')
    expect(tone.greetings.map(({ text }) => text)).toEqual(['月しろ茶舗でございます。'])
    expect(tone.signOffs.map(({ text }) => text)).toEqual(['どうぞ、よい一服を。'])
    expect(tone.length.low).toBeLessThan(tone.length.high)
  })

  test('is in its own answers, and not in a plain one', () => {
    const own = answersIn('ja').map((answer) => toneCounts(traitsOf(answer, answer, tone)))
    const share = own.reduce((sum, [has, all]) => sum + has / all, 0) / own.length
    expect(share).toBeGreaterThan(0.93)
    const plain = traitsOf('了解。送料は550円だ', '送料は550円です。', tone)
    expect(plain).toMatchObject({
      level: false,
      greeting: false,
      signOff: false,
      length: false,
      forbidden: false
    })
  })

  test('of the English half is learnt from that half', () => {
    const english = learnTone(answersIn('en'))
    expect(english.level).toBe('english')
    expect(english.greetings.map(({ text }) => text)).toEqual(['Tsukishiro Tea at your service.'])
    expect(traitsOf('ok', 'ok', english).greeting).toBe(false)
  })
})

test('what answers do not share says nothing', () => {
  const tone = learnTone(['青い空です。', '赤い花だ', 'Yes'])
  expect(tone.greetings).toEqual([])
  expect(traitsOf('はい。', 'はい。', tone)).toMatchObject({
    greeting: null,
    signOff: null,
    terms: null,
    forbidden: null
  })
})

test('a word of the house is missed only where the reference uses it', () => {
  const tone = learnTone(['マイページへ。', 'マイページから。', 'マイページで。'])
  expect(traitsOf('画面へ。', 'マイページへ。', tone).terms).toBe(false)
  expect(traitsOf('画面へ。', '画面へ。', tone).terms).toBeNull()
})

test('words of every office, beginnings of sentences and what is asked for by name are no words of the house', () => {
  const said = [
    'You pick a size in Komorebi Shop. Members save a CSV.',
    'You may return it in Komorebi Shop. Members do it by mail.',
    'You write to Komorebi Shop. Members of BusinessPlan call.'
  ]
  expect([...learnTone(said).terms].sort()).toEqual(['Komorebi', 'Shop'])
  const answers = Array.from(
    { length: 3 },
    () => 'コーヒーメーカーはマイサロンの「お届け便」からメールでお申し込みください。'
  )
  const questions = Array.from({ length: 3 }, () => 'コーヒーメーカーはどう頼みますか。')
  expect([...learnTone(answers, [], questions).terms].sort()).toEqual(['お届け便', 'マイサロン'])
})

test('of two writings the kept one counts, where one is kept', () => {
  const answers = ['ご連絡ください。', 'お待ちください。', 'お読みください。']
  expect(traitsOf('お待ち下さい。', '', learnTone(answers)).writing).toBe(false)
  expect(traitsOf('お待ちください。', '', learnTone(answers)).writing).toBe(true)
})

test.each([
  ['承知いたしました。', 'humble'],
  ['はい、できます。', 'polite'],
  ['送料は550円だ。', 'plain'],
  ['Yes, we do.', 'english'],
  ['', 'english']
])('%s is %s', (text, level) => {
  expect(levelOf(text)).toBe(level)
})

test('nothing learnt and nothing said breaks nothing', () => {
  const tone = learnTone([])
  expect(toneCounts(traitsOf('', '', tone))[1]).toBeGreaterThan(0)
  expect(toneCounts(traitsOf('', '', tone))[0]).toBeLessThanOrEqual(toneCounts(traitsOf('', '', tone))[1])
})

test('what a mask has put there is no word of the house', () => {
  const said = Array.from(
    { length: 3 },
    () => 'We ship to [ADDRESS 1] from our Komorebi shop, as ［お名前1］ and ［IPアドレス1］ know.'
  )
  expect([...learnTone(said).terms]).toEqual(['Komorebi'])
})
