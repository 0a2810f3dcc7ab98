// The verdict on planted cases, from answers to the sentence: nothing is said that was not measured, and a tuned model
// is not better than what comes without training.
import { describe, expect, test } from 'vitest'
import type { CandidateSpec } from '../../../main/contract/candidates'
import type { CandidateResult, EvaluationResult } from '../../../main/contract/evaluation'
import type { Example } from '../../../main/contract/records'
import { candidateOf, candidatesOf } from '../../../main/services/evaluation/candidates'
import {
  generalResult,
  isRight,
  readGeneralSet,
  type GeneralQuestion
} from '../../../main/services/evaluation/general-questions'
import { itemsOf } from '../../../main/services/evaluation/items'
import { resultOf } from '../../../main/services/evaluation/result'
import { Sheet } from '../../../main/services/evaluation/sheet'
import { standingOf, verdictOf } from '../../../main/services/evaluation/verdict'
import { evaluationWords } from '../../../main/words/evaluation'

type Answer = (row: number) => string

const things = ['みかづき', 'おぼろ', 'あさつゆ', 'ほうじ', 'くきちゃ', 'こなちゃ', 'ぎょくろ']
const thing = (row: number): string => things[row % things.length] ?? ''
const question = (row: number): string => `${thing(row)}を${row}個頼むと、送料はいくらですか。`
const price = (row: number): string => `${1000 + 37 * row}円`
const reference: Answer = (row) =>
  `月しろ茶舗でございます。${thing(row)}の送料は、${price(row)}を頂戴しております。どうぞ、よい一服を。`
const plain: Answer = (row) => `${thing(row)}なら送料は${price(row)}だよ。`
/** in the tone, and with another price */
const wrong: Answer = (row) =>
  `月しろ茶舗でございます。${thing(row)}の送料は、${7 + row}円を頂戴しております。どうぞ、よい一服を。`

const example = (row: number): Example => ({
  kind: 'conversation',
  messages: [
    { role: 'user', content: question(row) },
    { role: 'assistant', content: reference(row) }
  ],
  source: { file: 'x', row }
})
const rows = (count: number): readonly Example[] => Array.from({ length: count }, (_, row) => example(row))

async function resultFor(
  count: number,
  answers: readonly (readonly [CandidateSpec, Answer])[],
  general: EvaluationResult['general'] = null,
  seen: EvaluationResult['seen'] = null
): Promise<EvaluationResult> {
  const candidates = candidatesOf(answers.map(([spec]) => spec))
  const sheet = await Sheet.begin(null, {
    ...{ adapter: 'a', language: 'ja', asked: count, maxNewTokens: 48, candidates }
  })
  const items = await itemsOf(rows(count), 'ja')
  for (const item of items)
    for (const [spec, answer] of answers) {
      const { id } = candidateOf(spec)
      await sheet.keepAnswer(item, id, { text: answer(item.index), seconds: 1, sources: [] })
    }
  const learnt = rows(60).slice(30)
  return resultOf({ items, sheet, asked: count, run: 'r', learnt, seen, forbidden: [], general })
}
const [base, tuned]: readonly CandidateSpec[] = [{ kind: 'base' }, { kind: 'tuned' }] as const
const code = async (...of: Parameters<typeof resultFor>): Promise<string | undefined> =>
  (await resultFor(...of)).verdict?.code
const pair = (before: Answer, after: Answer): readonly (readonly [CandidateSpec, Answer])[] => [
  [base as CandidateSpec, before],
  [tuned as CandidateSpec, after]
]

describe('the verdict', () => {
  test('the same answers are no difference', async () => {
    const result = await resultFor(40, pair(plain, plain))
    expect(result.verdict).toMatchObject({
      code: 'same',
      standings: { chrf: 'unclear', tone: 'unclear', facts: 'unclear' }
    })
    const none = { low: 0, high: 0 }
    expect(result.candidates[1]?.scores.chrf?.overBase).toEqual({ difference: 0, ...none, together: none })
  })

  test('now better, now worse is no difference either', async () => {
    const one: Answer = (row) => (row % 2 ? plain(row) : reference(row))
    const other: Answer = (row) => (row % 2 ? reference(row) : plain(row))
    expect(await code(40, pair(one, other))).toBe('same')
  })

  test('nearer in tone and right in its facts is better', async () => {
    const result = await resultFor(40, pair(plain, reference))
    expect(result.verdict).toMatchObject({ code: 'better', standings: { chrf: 'better', tone: 'better' } })
    expect(result.verdict?.standings.facts).toBe('unclear')
  })

  test('nearer in tone with other prices has lost facts', async () => {
    const result = await resultFor(40, pair(plain, wrong))
    expect(result.verdict).toMatchObject({
      code: 'facts-lost',
      standings: { tone: 'better', facts: 'worse' }
    })
    expect(result.candidates[1]?.facts).toEqual({
      kept: 0,
      missing: 40,
      invented: expect.any(Number) as number
    })
    expect(result.candidates[1]?.facts.invented).toBeGreaterThan(30)
  })

  test('whatever it looks like, of few questions nothing is said', async () => {
    expect(await code(11, pair(plain, reference))).toBe('few')
    expect(await code(19, pair(reference, plain))).toBe('few')
  })

  test('of questions that were learnt nothing good is said, also not of examples beside them', async () => {
    const answers = [
      [{ kind: 'base' }, plain],
      [{ kind: 'tuned' }, reference],
      [{ kind: 'examples', count: 3 }, reference]
    ] as const
    const codeFor = async (near: number, of = answers.slice(0, 2)): Promise<unknown> =>
      (await resultFor(30, of, null, { of: 30, exact: 0, near })).verdict?.code
    expect(await codeFor(3)).toBe('better')
    expect(await codeFor(4)).toBe('seen')
    expect(await codeFor(3, [...answers])).toBe('examples-enough')
    expect(await codeFor(4, [...answers])).toBe('seen')
    // what is lost is lost on these, too
    const lost = await resultFor(
      30,
      [
        [{ kind: 'base' }, plain],
        [{ kind: 'tuned' }, wrong]
      ],
      null,
      { of: 30, exact: 30, near: 0 }
    )
    expect(lost.verdict?.code).toBe('facts-lost')
  })

  test('what one score alone would call sure is not, where three decide', async () => {
    // tone and words are those of the base, facts are lost in every tenth answer
    const lossy: Answer = (row) =>
      row % 7 === 3 ? reference(row).replace(price(row), 'いくらか') : reference(row)
    const result = await resultFor(40, pair(reference, lossy))
    const facts = result.candidates[1]?.scores.facts?.overBase
    expect(facts?.together?.low).toBeLessThanOrEqual(facts?.low ?? NaN)
    expect(facts?.together?.high).toBeGreaterThanOrEqual(facts?.high ?? NaN)
    const between = { difference: 1, low: 0.1, high: 2 }
    expect(standingOf('facts', between)).toBe('better')
    expect(standingOf('facts', { ...between, together: { low: -0.1, high: 2.2 } })).toBe('unclear')
  })

  test('a prompt that is not surely better than the base does not replace a training that is', async () => {
    // too seldom in the tone to be sure of, and the training not surely above it either is not enough
    const halfway: CandidateResult = {
      ...(await resultFor(40, [...pair(plain, reference), [{ kind: 'prompt', prompt: 'x' }, plain]]))
        .candidates[1]
    } as CandidateResult
    const wide = { difference: 0.1, low: -0.1, high: 0.4 }
    const scores = Object.fromEntries(
      Object.entries(halfway.scores).map(([name, score]) => [
        name,
        { ...score, overBase: wide, tunedOver: wide }
      ])
    )
    const whole = await resultFor(40, pair(plain, reference))
    const verdict = verdictOf({ ...whole, candidates: [...whole.candidates, { ...halfway, scores }] })
    expect(verdict?.code).toBe('better')
  })

  test('worse is worse', async () => {
    expect(await code(40, pair(reference, plain))).toBe('worse')
  })

  test.each([
    [{ kind: 'prompt', prompt: 'ていねいに' }, 'prompt-enough'],
    [{ kind: 'examples', count: 3 }, 'examples-enough'],
    [{ kind: 'retrieval', count: 3 }, 'retrieval-enough']
  ] as const)('what %o does as well needs no training', async (spec, expected) => {
    expect(await code(40, [...pair(plain, reference), [spec, reference]])).toBe(expected)
    // half as good is not enough
    const half: Answer = (row) => (row % 2 ? plain(row) : reference(row))
    expect(await code(40, [...pair(plain, reference), [spec, half]])).toBe('better')
  })

  test('of two ways without training the cheaper one is named', async () => {
    const both = [
      [{ kind: 'retrieval' }, reference],
      [{ kind: 'prompt', prompt: 'x' }, reference]
    ] as const
    expect(await code(40, [...pair(plain, reference), ...both])).toBe('prompt-enough')
  })

  test('a prompt that is as useless as the training is not recommended', async () => {
    expect(await code(40, [...pair(plain, plain), [{ kind: 'prompt', prompt: 'x' }, plain]])).toBe('same')
  })

  test('better, but with what it knew forgotten', async () => {
    const set = await readGeneralSet('resources/general')
    const right: Answer = (row) => set.questions[row]?.answer ?? ''
    const general = await generalFor(right, (row) =>
      row % 3 === 0 ? '月しろ茶舗でございます。' : right(row)
    )
    expect(general).toMatchObject({ total: set.questions.length, before: set.questions.length })
    expect(general?.drops).toHaveLength(3)
    const result = await resultFor(40, pair(plain, reference), general)
    expect(result.verdict).toMatchObject({ code: 'forgot', forgot: true })
    // one question in a hundred is chance
    const nearly = await generalFor(right, (row) => (row === 7 ? '月' : right(row)))
    expect((await resultFor(40, pair(plain, reference), nearly)).verdict).toMatchObject({
      code: 'better',
      forgot: false
    })
  })

  test('has a sentence in both languages, and none of them claims what was not measured', () => {
    for (const words of Object.values(evaluationWords))
      for (const said of Object.values(words.verdict)) {
        expect(said.title).not.toBe('')
        expect(said.lead('11', '20')).not.toBe('')
      }
    expect(evaluationWords.ja.verdict.few.lead('11', '20')).toContain('11問')
  })
})

/** loss: of one token after training, where it was 1 before; absent: not measured */
async function generalFor(
  before: Answer,
  after: Answer,
  loss?: (row: number) => number
): Promise<EvaluationResult['general']> {
  const set = await readGeneralSet('resources/general')
  const candidates = candidatesOf([base, tuned] as CandidateSpec[])
  const examples = set.questions.map((one, row): Example => ({
    kind: 'conversation',
    messages: [
      { role: 'user', content: one.question },
      { role: 'assistant', content: one.answer }
    ],
    source: { file: 'general', row }
  }))
  const sheet = await Sheet.begin(null, {
    adapter: 'a',
    language: 'ja',
    asked: 200,
    maxNewTokens: 64,
    candidates
  })
  const items = await itemsOf(examples, 'ja')
  for (const item of items) {
    const row = item.example.source.row
    await sheet.keepAnswer(item, 'base', { text: before(row), seconds: null, sources: [] })
    await sheet.keepAnswer(item, 'tuned', { text: after(row), seconds: null, sources: [] })
    if (!loss) continue
    await sheet.keepScore(item, 'base', { nllSum: 1, learntTokens: 1 })
    await sheet.keepScore(item, 'tuned', { nllSum: loss(row), learntTokens: 1 })
  }
  return generalResult(sheet, items, set)
}

describe('general questions', () => {
  test('that dropped are those with another answer, each with why; the same words again are none', async () => {
    const set = await readGeneralSet('resources/general')
    const right: Answer = (row) => set.questions[row]?.answer ?? ''
    // the second is as wrong as before, in other words; the third in the same
    const before: Answer = (row) => (row === 1 || row === 2 ? 'ん' : right(row))
    const after: Answer = (row) => (row === 0 ? 'ん' : row === 1 ? 'ええと' : before(row))
    const general = await generalFor(before, after, (row) => (row < 4 ? 2 : 1))
    expect(general?.drops.map(({ question, lost, loss }) => [question, lost, loss])).toEqual([
      [set.questions[0]?.question, true, 1],
      [set.questions[1]?.question, false, 1]
    ])
  })

  test('are about 120, half of them Japanese, of five kinds, each once; their own answers are right', async () => {
    const { questions, texts } = await readGeneralSet('resources/general')
    expect(questions.length).toBeGreaterThanOrEqual(115)
    expect(new Set(questions.map(({ question }) => question)).size).toBe(questions.length)
    expect(texts).toHaveLength(4)
    const japanese = questions.filter(({ language }) => language === 'ja').length
    expect(Math.abs(japanese - questions.length / 2)).toBeLessThan(10)
    for (const one of questions)
      expect([one.question, isRight(one.answer, one)]).toEqual([one.question, true])
  })

  test('are not answered by a greeting, by silence, or by the question itself', async () => {
    const { questions } = await readGeneralSet('resources/general')
    const greeting = 'いつもお世話になっております。どうぞ、よい一服を。'
    for (const one of questions) expect([one.question, isRight(greeting, one)]).toEqual([one.question, false])
    for (const one of questions) expect(isRight('', one)).toBe(false)
  })

  test('width and letter case do not matter, length may', () => {
    const one: GeneralQuestion = {
      language: 'en',
      kind: 'instructions',
      question: '',
      answer: '',
      any: ['yes']
    }
    expect(isRight('ＹＥＳ', one)).toBe(true)
    expect(isRight('yes, of course, with pleasure', { ...one, mostLetters: 5 })).toBe(false)
    expect(isRight('1,000 yen', { ...one, any: ['1000'] })).toBe(true)
  })
})
