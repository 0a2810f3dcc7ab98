// What is learnt from is what the mapper shows: no part without a name, none lost by a change of another column.
import { describe, expect, test } from 'vitest'
import {
  choiceOf,
  choicesFor,
  columnParts,
  inOrder,
  movedUp,
  partOf,
  withChoice,
  type ColumnChoice
} from '../../../renderer/lib/column-parts'
import type { Role } from '../../../main/services/reading/recognise/column-names'
import { ja } from '../../../main/words/window/ja'
import { en } from '../../../main/words/window/en'

const file = (mapping: Record<string, string>, ...names: string[]) => ({
  mapping,
  overrides: {},
  columns: names.map((name) => ({ name, sample: '' }))
})
const withPart = (given: ReturnType<typeof file>, column: string, choice: ColumnChoice) =>
  withChoice(given, column, choice).mapping
const mail = file(
  { 件名: 'subject', 本文: 'question', 返信: 'answer' },
  '番号',
  '件名',
  '本文',
  '返信',
  '担当'
)

test('every part that a recogniser gives has a name of its own, in both languages', () => {
  // the compiler asks for every one; a label is never learnt from
  const all: Record<Exclude<Role, 'label'> | 'messages', true> = {
    ...{ chosen: true, rejected: true },
    ...{ question: true, answer: true, subject: true, system: true, instruction: true, input: true },
    ...{ output: true, prompt: true, completion: true, text: true, history: true, messages: true }
  }
  const learnt = Object.keys(all)
  expect(learnt.filter((role) => partOf(file({ A: role }, 'A'), 'A') === 'none')).toEqual([])
  for (const words of [ja, en]) {
    const said = columnParts.map((part) => words.data.roles[part])
    expect(new Set(said).size).toBe(columnParts.length)
  }
})

test('the parts of other columns stay, whatever one column is given and takes back', () => {
  const once = withPart(mail, '担当', 'input')
  expect(once).toEqual({ subject: '件名', question: '本文', answer: '返信', input: '担当' })
  const back = file(
    Object.fromEntries(Object.entries(once).map(([part, name]) => [name, part])),
    ...mail.columns.map(({ name }) => name)
  )
  expect(withPart(back, '担当', 'none')).toEqual({ subject: '件名', question: '本文', answer: '返信' })
})

test('a part goes from one column to another', () => {
  expect(withPart(mail, '番号', 'subject')).toEqual({ subject: '番号', question: '本文', answer: '返信' })
})

describe('columns that are used', () => {
  test('come first, in the order in which they are read; the others as in the file', () => {
    expect(inOrder(mail)).toEqual(['本文', '返信', '件名', '番号', '担当'])
  })
  test('are those of other shapes too', () => {
    expect(inOrder(file({ out: 'output', chat: 'messages' }, 'id', 'chat', 'out'))).toEqual([
      'out',
      'chat',
      'id'
    ])
  })
})

test('a whole text stands alone; a question is asked or told, not both', () => {
  expect(withPart(mail, '本文', 'text')).toEqual({ text: '本文' })
  expect(withPart(file({ 本文: 'text' }, '本文', '返信'), '返信', 'answer')).toEqual({ answer: '返信' })
  expect(withPart(mail, '本文', 'instruction')).toEqual({ instruction: '本文', answer: '返信' })
})

describe('joined columns', () => {
  /** as main answers what was told */
  const answered = (given: typeof mail, { mapping, joined, unused }: ReturnType<typeof withChoice>) => ({
    columns: given.columns,
    overrides: { mapping, joined, unused },
    mapping: Object.fromEntries(
      Object.entries(mapping).flatMap(([role, name]) =>
        [name, ...(joined[role] ?? [])].map((one) => [one, role] as const)
      )
    )
  })

  test('stand behind the one that plays the part, in an order that can be changed', () => {
    expect(choicesFor(mail, '番号')).toContain('question+')
    expect(choicesFor(mail, '本文')).not.toContain('question+')
    const one = answered(mail, withChoice(mail, '番号', 'question+'))
    const two = answered(mail, withChoice(one, '担当', 'question+'))
    expect(two.overrides).toEqual({
      mapping: { subject: '件名', question: '本文', answer: '返信' },
      joined: { question: ['番号', '担当'] },
      unused: []
    })
    expect(['本文', '番号', '担当'].map((name) => choiceOf(two, name))).toEqual([
      'question',
      'question+',
      'question+'
    ])
    expect(inOrder(two).slice(0, 3)).toEqual(['本文', '番号', '担当'])
    const up = answered(mail, movedUp(two, '担当'))
    expect(up.overrides.joined).toEqual({ question: ['担当', '番号'] })
    const first = answered(mail, movedUp(up, '担当'))
    expect(first.overrides).toMatchObject({
      mapping: { question: '担当' },
      joined: { question: ['本文', '番号'] }
    })
  })

  test('no change of another column loses them, and none is said to be used that is not', () => {
    const joined = answered(mail, withChoice(mail, '番号', 'question+'))
    const changed = answered(mail, withChoice(joined, '件名', 'none'))
    expect(changed.overrides).toEqual({
      mapping: { question: '本文', answer: '返信' },
      joined: { question: ['番号'] },
      unused: ['件名']
    })
    // the main column goes: the next one plays its part
    expect(withChoice(changed, '本文', 'none')).toEqual({
      mapping: { question: '番号', answer: '返信' },
      joined: {},
      unused: ['件名', '本文']
    })
    expect(withChoice(changed, '担当', 'question')).toEqual({
      mapping: { question: '担当', answer: '返信' },
      joined: { question: ['番号'] },
      unused: ['件名', '本文']
    })
    expect(withChoice(changed, '番号', 'none')).toEqual({
      mapping: { question: '本文', answer: '返信' },
      joined: {},
      unused: ['番号', '件名']
    })
  })

  test('what is used again is not among those that are not', () => {
    const without = answered(mail, withChoice(mail, '返信', 'none'))
    expect(without.overrides).toMatchObject({ unused: ['返信'] })
    expect(withChoice(without, '返信', 'answer')).toMatchObject({ unused: [] })
  })
})

describe('answers that are judged', () => {
  const pairs = file({ 質問: 'prompt', 良い: 'chosen', 悪い: 'rejected' }, '質問', '良い', '悪い', '評価')

  test('change places, under the names that their shape has', () => {
    expect(withPart(pairs, '良い', 'rejected')).toEqual({ prompt: '質問', chosen: '悪い', rejected: '良い' })
    expect(withPart(pairs, '悪い', 'chosen')).toEqual({ prompt: '質問', chosen: '悪い', rejected: '良い' })
    expect(withPart(pairs, '悪い', 'none')).toEqual({ prompt: '質問', chosen: '良い' })
  })

  test('a rating is of one answer, and an answer of a table has no other', () => {
    const rated = withPart(
      file({ 質問: 'question', 返信: 'answer' }, '質問', '返信', '評価'),
      '評価',
      'verdict'
    )
    expect(rated).toEqual({ prompt: '質問', completion: '返信', verdict: '評価' })
    expect(withPart(pairs, '良い', 'answer')).toEqual({ question: '質問', answer: '良い' })
  })

  test('are offered where they are judged, or played', () => {
    const plain = file({ 質問: 'question', 返信: 'answer' }, '質問', '返信')
    expect(choicesFor(plain, '返信')).not.toContain('chosen')
    expect(choicesFor(plain, '返信', true)).toContain('chosen')
    expect(choicesFor(pairs, '評価')).toContain('rejected')
  })
})
