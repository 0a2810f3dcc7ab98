// Scores of texts on what the golden case does not hold: references of scikit-learn's and SQuAD's definitions by hand,
// Japanese by characters, and what holds for any text.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bleu, sentenceBleu } from '../../main/metrics/bleu'
import { divide } from '../../main/metrics/bleu-tokens'
import { calibration } from '../../main/metrics/calibration'
import { chrf } from '../../main/metrics/chrf'
import { classReport, labelReport } from '../../main/metrics/classification'
import { letters, rouge, rougeScore } from '../../main/metrics/rouge'
import { addUp, type TextScore } from '../../main/metrics/text-score'
import { tokenF1 } from '../../main/metrics/token-f1'

const scores: Readonly<Record<string, TextScore>> = {
  bleu: bleu('13a'),
  characters: bleu('char'),
  chrf: chrf(0),
  'chrf++': chrf(2),
  rougeL: rougeScore('rougeL', letters)
}

describe.each(Object.entries(scores))('%s', (name, { counts, value }) => {
  const best = name === 'rougeL' ? 1 : 100
  test('lies within its range for any two texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (answer, reference) => {
        const found = value(counts(answer, reference))
        expect(found).toBeGreaterThanOrEqual(0)
        expect(found).toBeLessThanOrEqual(best + 1e-9)
      })
    )
  })
  test('is full for the same text, and nothing for silence', () => {
    const text = 'We accept returns within 14 days, at 返品は十四日以内に承ります no cost.'
    expect(value(counts(text, text))).toBeCloseTo(best, 9)
    expect(value(counts('', text))).toBe(0)
  })
  test('of many pairs is the value of added counts, not a mean that short answers sway', () => {
    const pairs = [
      ['Postage is 550 yen for all orders.', 'Postage is 550 yen for all orders.'],
      ['Yes', 'Please call us by telephone.']
    ] as const
    const all = pairs.map(([answer, reference]) => counts(answer, reference))
    const together = value(addUp(all))
    expect(together).toBeGreaterThan(0)
    expect(together).toBeLessThan(best)
  })
})

test('13a lets a number keep its point, and undoes entities', () => {
  expect(divide['13a']('It costs 1,000.5 yen (&quot;net&quot;), A-B 3-4.')).toEqual(
    'It costs 1,000.5 yen ( " net " ) , A-B 3 - 4 .'.split(' ')
  )
})

test('a pair that is too short for four words in a row is judged by what it has', () => {
  expect(sentenceBleu('OK', 'OK', '13a')).toBeCloseTo(100, 9)
  expect(bleu('13a').value(bleu('13a').counts('OK', 'OK'))).toBe(0)
})

test('ROUGE of Japanese goes by characters, whatever their width', () => {
  expect(rouge(letters('１４日です'), letters('14日です。'), 'rouge1').f).toBe(1)
  const { precision, recall } = rouge(letters('東京へ'), letters('京都へ'), 'rougeL')
  expect([precision, recall]).toEqual([2 / 3, 2 / 3])
})

test('the F1 of words is SQuAD’s: no articles, no marks; Japanese by characters', () => {
  expect(tokenF1('The cat sat.', 'a cat, SAT')).toBe(1)
  expect(tokenF1('cat', 'the cat sat down')).toBeCloseTo(0.5, 12)
  expect(tokenF1('', '')).toBe(1)
  expect(tokenF1('', 'x')).toBe(0)
  expect(tokenF1('送料は無料', '送料が無料')).toBeCloseTo(0.8, 12)
})

describe('sorting', () => {
  test('a class nobody knew and nobody guessed is no part of the macro mean', () => {
    const report = classReport([0, 1], [0, 1], 3)
    expect(report).toMatchObject({ accuracy: 1, macroF1: 1, weightedF1: 1 })
    expect(report.classes[2]).toEqual({ precision: 0, recall: 0, f1: 0, support: 0 })
    // guessed once, never right: it counts
    expect(classReport([0, 1], [0, 2], 3).macroF1).toBeCloseTo(1 / 3, 12)
  })
  test('of no rows is nothing, not NaN', () => {
    expect(classReport([], [], 2)).toMatchObject({ accuracy: 0, macroF1: 0, microF1: 0, weightedF1: 0 })
  })
  test('with several classes a row counts decisions', () => {
    const [yes, no] = [true, false]
    const truth = [
      [yes, no],
      [yes, yes],
      [no, no]
    ]
    const said = [
      [yes, no],
      [no, yes],
      [no, yes]
    ]
    const report = labelReport(truth, said, 2)
    expect(report.decisions).toEqual([
      [1, 0, 1, 1],
      [1, 1, 0, 1]
    ])
    // precision 1, recall 1/2; precision 1/2, recall 1: both F1 2/3; micro 2 of 3 and 2 of 3
    expect(report.macroF1).toBeCloseTo(2 / 3, 12)
    expect(report.microF1).toBeCloseTo(2 / 3, 12)
    expect(report.weightedF1).toBeCloseTo(2 / 3, 12)
    expect(report.accuracy).toBeCloseTo(1 / 3, 12)
  })
})

test('whoever is 80 % sure and right four times of five is calibrated; who is always sure is not', () => {
  const rows = (sure: number, right: number, all: number): { sure: number; right: boolean }[] =>
    Array.from({ length: all }, (_, at) => ({ sure, right: at < right }))
  expect(calibration(rows(0.8, 4, 5)).error).toBeCloseTo(0, 12)
  expect(calibration(rows(1, 5, 10)).error).toBeCloseTo(0.5, 12)
  // 2/3 of the rows 0.1 off, 1/3 of them 0.4
  expect(calibration([...rows(0.9, 8, 10), ...rows(0.6, 1, 5)]).error).toBeCloseTo(
    (10 / 15) * 0.1 + (5 / 15) * 0.4,
    12
  )
  expect(calibration([]).error).toBe(0)
})
