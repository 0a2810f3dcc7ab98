// Labels of a data set: which problem they make, what the engine is told of a row, and what rare ones weigh.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { NeiroError } from '../../../main/contract/errors'
import type { Example } from '../../../main/contract/records'
import { noChoices } from '../../../main/contract/check-up'
import { checkUp } from '../../../main/services/doctor/check-up'
import { balancedWeights, LabelCounts, targetsOf } from '../../../main/services/tokens/labels/scheme'
import { recogniseShape } from '../../../main/services/dataset/read/recognise-shape'
import { readData } from '../../../main/services/dataset/read/read-paths'
import { writeData } from '../reading/write-file'
import { newProject, room } from './project'

type Labelled = Extract<Example, { kind: 'labelled' }>
const row = (...labels: string[]): Labelled => ({
  kind: 'labelled',
  text: 't',
  labels,
  source: { file: '', row: 1 }
})
const counted = (rows: readonly Labelled[]): LabelCounts => {
  const counts = new LabelCounts()
  for (const one of rows) counts.add([one])
  return counts
}

describe('the problem that labels make', () => {
  test.each([
    ['words', [row('b'), row('a'), row('b')], 'single_label_classification', ['a', 'b']],
    [
      'numbers of classes, in their order',
      [row('10'), row('2'), row('2')],
      'single_label_classification',
      ['2', '10']
    ],
    ['rows with several or none', [row('a', 'b'), row()], 'multi_label_classification', ['a', 'b']],
    ['fractions', [row('0.5'), row('3')], 'regression', ['value']]
  ] as const)('%s', (_, rows, problem, labels) => {
    expect(counted(rows).scheme('automatic')).toEqual({ problem, labels })
  })

  test('what cannot be is said', () => {
    const code = (work: () => unknown): unknown => {
      try {
        return work()
      } catch (error) {
        return (error as NeiroError).code
      }
    }
    expect(code(() => counted([]).scheme('automatic'))).toBe('NO_LABELS')
    expect(code(() => counted([row('a')]).scheme('single'))).toBe('TOO_FEW_CLASSES')
    expect(code(() => counted([row('a'), row('1')]).scheme('number'))).toBe('NOT_NUMBERS')
  })
})

test('targets are numbers of labels, yes and no, or the number; a label that nobody learnt has none', () => {
  const words = counted([row('b'), row('a')]).scheme('single')
  expect(targetsOf(row('b'), words)).toEqual(Float32Array.of(1))
  expect(targetsOf(row('c'), words)).toMatchObject({ code: 'UNKNOWN_LABEL', details: { label: 'c' } })
  expect(targetsOf(row('a', 'b'), words)).toMatchObject({ code: 'SEVERAL_LABELS' })
  const any = counted([row('a', 'b')]).scheme('several')
  expect(targetsOf(row('b'), any)).toEqual(Float32Array.of(0, 1))
  expect(targetsOf(row(), any)).toEqual(Float32Array.of(0, 0))
  expect(targetsOf(row('2.5'), counted([row('1')]).scheme('number'))).toEqual(Float32Array.of(2.5))
})

test('balanced weights are 1 in the mean over the examples', () => {
  const counts = counted([row('a'), row('a'), row('a'), row('b')])
  const weights = balancedWeights(counts.counts, counts.scheme('single')) as readonly number[]
  expect(weights).toEqual([4 / 6, 2])
  expect((3 * (weights[0] as number) + (weights[1] as number)) / 4).toBe(1)
  expect(balancedWeights(counts.counts, counts.scheme('several'))).toBeNull()
})

test('a file of texts and labels is read; several labels stand in one cell', async () => {
  const csv = '本文,分類\n荷物が届きません,配送;至急\n請求書をください,請求\n,請求\n返品したい,\n'
  const { examples, report } = await readData([writeData('mails.csv', csv)])
  expect(examples.map((example) => (example as Labelled).labels)).toEqual([['配送', '至急'], ['請求']])
  expect(report.files[0]).toMatchObject({ shape: 'text-label', mapping: { 本文: 'text', 分類: 'label' } })
  expect(report.refused.map(({ reason }) => reason)).toEqual(['EMPTY_TEXT', 'EMPTY_LABEL'])
})

describe('a table of question, answer and category', () => {
  const csv = '質問,回答,カテゴリ\n送料は,550円です,配送\n返品は,できます,返品\n請求書は,同封します,請求\n'
  const projectFor = (goal: string): ReturnType<typeof room> => {
    const dir = newProject()
    const file = join(dir, 'project.json')
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), goal }))
    return room({ dir })
  }

  test('is questions and answers, unless labels are asked for', () => {
    const rows = [{ 質問: '送料は', 回答: '550円です', カテゴリ: '配送' }]
    const sample = { file: 'a.csv', rows, hasNames: true }
    expect(recogniseShape(sample).shape).toBe('question-answer')
    expect(recogniseShape(sample, { shape: 'text-label' })).toMatchObject({
      shape: 'text-label',
      roles: { text: '質問', label: 'カテゴリ' }
    })
    // as offices call them
    const office = [
      {
        受付日: '2025/10/1',
        お客様からのお問い合わせ: '送料は',
        区分: '配送',
        当社回答: '550円です',
        備考: ''
      }
    ]
    const named = { file: 'b.csv', rows: office, hasNames: true }
    expect(recogniseShape(named).shape).toBe('question-answer')
    expect(recogniseShape(named, { shape: 'text-label' }).roles).toEqual({
      text: 'お客様からのお問い合わせ',
      label: '区分'
    })
  })

  test('is read as the goal of its project means it, and the user may take that back', async () => {
    const sorts = projectFor('sort')
    const view = await sorts.add(writeData('faq.csv', csv))
    expect(view.files[0]).toMatchObject({ shape: 'text-label', overrides: { shape: 'text-label' } })
    expect(view.kinds).toMatchObject({ labelled: 3, conversation: 0 })
    // nobody has said so, and it is not called a choice of theirs
    expect(view.lastChange).toMatchObject({ kind: 'as-meant', files: ['faq.csv'] })
    const back = await sorts.undo()
    expect(back.files[0]).toMatchObject({ shape: 'question-answer' })
    expect(back.kinds).toMatchObject({ labelled: 0, conversation: 3 })

    const speaks = await projectFor('tone').add(writeData('faq.csv', csv))
    expect(speaks.files[0]).toMatchObject({ shape: 'question-answer', overrides: {} })
  })

  test('what has no labels is read as ever', async () => {
    const view = await projectFor('sort').add(
      writeData('plain.csv', '質問,回答\n送料は,550円です\n返品は,できます\n')
    )
    expect(view.files[0]).toMatchObject({ shape: 'question-answer', overrides: {} })
  })
})

test('a single line of two words is no table of questions and answers, one of two sentences is', () => {
  const sample = (first: string, second: string) => ({
    file: 'a.csv',
    rows: [{ 1: first, 2: second }],
    hasNames: false
  })
  expect(() => recogniseShape(sample('item', 'price'))).toThrow(
    expect.objectContaining({ code: 'NO_HEADER' })
  )
  expect(recogniseShape(sample('送料はいくらですか。', '550円です。')).shape).toBe('question-answer')
})

test('rows of texts and labels are labels to the check-up, however few; numbers are none', async () => {
  const check = async (rows: readonly Labelled[]) => {
    const examples = rows.map((example, index) => ({ index, example, heldOut: false }))
    const { findings } = await checkUp(
      {
        count: rows.length,
        async *parts() {
          yield examples
        },
        at: async (places) => places.map((place) => examples[place] as (typeof examples)[number]),
        indexOf: (place) => place
      },
      { ...noChoices, goal: 'sort', keep: 'first', parts: ['rows'] }
    )
    return findings
  }
  const found = async (rows: readonly Labelled[]) => (await check(rows)).map(({ kind }) => kind)
  const wanted = async (rows: readonly Labelled[]) =>
    (await check(rows)).flatMap(({ kind, parts }) =>
      kind === 'too-few' ? parts.map(({ count }) => count) : []
    )
  const few = [row('配送'), row('配送'), row('返品')]
  expect(await found(few)).toEqual(expect.arrayContaining(['labels', 'too-few']))
  expect(await found(few)).not.toContain('too-short')
  // as many for each label as the goal says
  expect(await wanted([...Array.from({ length: 110 }, () => row('配送')), row('返品')])).toEqual([200])
  expect(await found([row('0.5'), row('1.5'), row('2')])).not.toContain('labels')
})
