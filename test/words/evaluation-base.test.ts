// What a result is held against is called by its name wherever it is spoken of: no sentence calls a run the base model.
import { describe, expect, test } from 'vitest'
import { evaluationWords, evaluationWordsOn } from '../../main/words/evaluation'
import { isLessOftenLikelier, preferenceNote } from '../../main/words/evaluation/preference-note'
import { voteTitle } from '../../main/words/evaluation/vote-title'
import { otherRunName } from '../../main/words/run-name'

/** Every sentence, by the way to it. */
function sentences(words: unknown, way = ''): readonly (readonly [string, string])[] {
  if (typeof words === 'string') return [[way, words]]
  if (typeof words === 'function')
    return sentences((words as (...values: string[]) => unknown)('1', '2', '3'), way)
  return Object.entries(words as object).flatMap(([name, value]) => sentences(value, `${way}.${name}`))
}
/** the model that somebody chose stands in a row of its own */
const ofTheModel = '.report.model'

describe.each([
  ['ja', 'もとのモデル', '「口調（自分）」'],
  ['en', 'base', '“口調（自分）”']
] as const)('%s', (language, word, quoted) => {
  test('a run that stands left is named, the chosen model is the base model', () => {
    const speaking = sentences(evaluationWords[language]).filter(([, said]) =>
      new RegExp(word, 'i').test(said)
    )
    expect(speaking.length).toBeGreaterThan(8)
    const named = new Map(sentences(evaluationWordsOn('口調（自分）', language)))
    for (const [way] of speaking)
      if (way !== ofTheModel) expect(named.get(way), way).toContain('口調（自分）')
    const rest = [...named].filter(([way, said]) => way !== ofTheModel && new RegExp(word, 'i').test(said))
    expect(rest).toEqual([])
    expect(evaluationWordsOn('口調（自分）', language).candidates.base).toBe('口調（自分）')
    expect(evaluationWordsOn(null, language)).toBe(evaluationWords[language])
  })

  test('so is it where people voted for it', () => {
    const lost = { standing: 'base', wins: 1, losses: 20 } as const
    expect(voteTitle(lost, language, '口調（自分）')).toContain(quoted)
    expect(voteTitle(lost, language)).not.toContain(quoted)
  })

  test('where the measures of a preference disagree both are said', () => {
    const result = { accuracy: { value: 1, low: 0.9, high: 1 }, margin: { value: 2 } }
    const fewer = { ...result, likelier: { before: 1, after: 0.86 } }
    expect(isLessOftenLikelier(fewer)).toBe(true)
    expect(preferenceNote(fewer, language)).toMatch(/100 %.*86 %/)
    expect(preferenceNote({ ...result, likelier: { before: 0.86, after: 1 } }, language)).toBe('')
    const lost = { ...result, margin: { value: -0.2 }, likelier: null }
    expect(preferenceNote(lost, language)).toBe(evaluationWords[language].preference.lost)
  })
})

test('the name of a run that another goes on from says what it learnt', () => {
  const run = { name: '自分の設定 2', method: 'full' } as const
  expect(otherRunName(run, 'ja')).toBe('自分の設定 2（口調）')
  expect(otherRunName(run, 'en')).toMatch(/^\S.* 2 \(tone\)$/)
})
