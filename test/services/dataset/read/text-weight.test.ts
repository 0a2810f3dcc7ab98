// Marks that are piled on one letter are refused before anything folds them: putting them in order takes the square of their
// number. What people write is not touched.
import { expect, test } from 'vitest'
import { pilesMarks } from '../../../../main/services/dataset/read/text-weight'
import { limits } from '../../../../main/services/reading/limits'
import { read } from '../../reading/reading'

const piled = (marks: number, mark = '\u0301'): string => `あ${'い'.repeat(40)}${mark.repeat(marks)}う`

test.each(['\u0301', '\u3099', '\uff9e', '\u{1d165}'])('%j', (mark) => {
  for (let before = 0; before < 65; before++) {
    const text = 'x'.repeat(before)
    const units = mark.length
    expect(pilesMarks(text + piled(Math.ceil((limits.marks + 1) / units), mark))).toBe(true)
    expect(pilesMarks(text + piled(Math.floor(limits.marks / units), mark))).toBe(false)
  }
})

test('what people write', () => {
  for (const text of [
    'か\u3099き\u3099く\u3099'.repeat(100),
    'ｶﾞｷﾞｸﾞ'.repeat(100),
    'نَصٌّ مُشَكَّلٌ'.repeat(50),
    'नमस्ते दुनिया'.repeat(50),
    'ที่นี่ผู้ใหญ่'.repeat(50),
    '👩‍👩‍👧‍👦'.repeat(50)
  ])
    expect(pilesMarks(text)).toBe(false)
})

test('the row is refused by name, the others are read, at once', async () => {
  const marks = `a${'\u0301\u0316'.repeat(500_000)}`
  const begun = performance.now()
  const { examples, report } = await read('a.csv', `質問,回答\nq1,a1\n${marks},a2\nq3,${marks}\n${marks},\n`)
  expect(examples).toHaveLength(1)
  expect(report.refused.map(({ reason }) => reason)).toEqual(['PILED_MARKS', 'PILED_MARKS', 'EMPTY_ANSWER'])
  expect(performance.now() - begun).toBeLessThan(10_000)
})

test('neither as the name of a column nor of a speaker', async () => {
  const marks = `a${'\u0301\u0316'.repeat(300_000)}`
  const begun = performance.now()
  await read('a.csv', `${marks},${marks}\n1,2\n`).catch(() => undefined)
  await read(
    'a.jsonl',
    `{"messages":[{"role":"${marks}","content":"q"},{"role":"${marks}","content":"a"}]}\n`
  ).catch(() => undefined)
  expect(performance.now() - begun).toBeLessThan(10_000)
})
