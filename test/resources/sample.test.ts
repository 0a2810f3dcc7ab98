// The sample data: whole, in one tone, honest about what it holds out, and apart from the starter's grammar.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { dialogues, topics } from '../../scripts/starter/grammar/corpus'
import { partOf } from '../../scripts/starter/grammar/dialogue'
import { sampleCsv } from '../../scripts/starter/sample-twins'

interface Row {
  readonly id: string
  readonly language: 'ja' | 'en'
  readonly split: 'train' | 'held_out'
  readonly question: string
  readonly answer: string
  readonly facts: readonly string[]
}

const dir = join(import.meta.dirname, '../../resources/sample')
const rows = readFileSync(join(dir, 'support-desk.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row)
const tone = JSON.parse(readFileSync(join(dir, 'tone.json'), 'utf8')) as Record<'ja' | 'en', string[]>
const patterns = {
  ja: tone.ja.map((pattern) => new RegExp(pattern, 'u')),
  en: tone.en.map((pattern) => new RegExp(pattern, 'u'))
}
const hasTone = (text: string, language: 'ja' | 'en'): boolean =>
  patterns[language].every((pattern) => pattern.test(text))

describe('the sample', () => {
  test('has 120 Japanese questions and a good part of them in English', () => {
    expect(rows.filter((row) => row.language === 'ja')).toHaveLength(120)
    expect(rows.filter((row) => row.language === 'en').length).toBeGreaterThanOrEqual(48)
  })

  test('has every field filled, and no question twice', () => {
    for (const row of rows) {
      expect(Object.keys(row).sort()).toEqual(['answer', 'facts', 'id', 'language', 'question', 'split'])
      expect(row.question.trim()).toBe(row.question)
      expect(row.answer.trim()).toBe(row.answer)
      expect(row.question.length * row.answer.length).toBeGreaterThan(0)
    }
    expect(new Set(rows.map((row) => row.question)).size).toBe(rows.length)
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length)
  })

  test('has in every answer the facts that it names, and at least one', () => {
    for (const { id, answer, facts } of rows) {
      expect(facts.length, id).toBeGreaterThan(0)
      for (const fact of facts) expect(answer, id).toContain(fact)
    }
  })

  test('holds out every tenth number, twins together', () => {
    for (const { id, split } of rows) {
      expect(split, id).toBe(Number(id.slice(3)) % 10 === 0 ? 'held_out' : 'train')
    }
    expect(rows.filter((row) => row.split === 'held_out').length).toBeGreaterThanOrEqual(12)
  })

  test('teaches no held-out fact: no training answer of the same language answers a held-out question', () => {
    const key = (row: Row): string => `${row.language} ${row.facts.join()}`
    const train = rows.filter((row) => row.split === 'train')
    for (const held of rows.filter((row) => row.split === 'held_out')) {
      // a word such as 7日間 may occur elsewhere; the same fact about the same thing may not
      const same = train.filter((row) => key(row) === key(held))
      expect(
        same.map((row) => row.id),
        held.id
      ).toEqual([])
    }
  })

  test('is in the house tone, every answer', () => {
    for (const { id, answer, language } of rows) expect(hasTone(answer, language), id).toBe(true)
  })
})

describe('beside the grammar', () => {
  const spoken = [...dialogues(11, 6000)].flatMap((dialogue) => dialogue.turns)

  test('no plain answer has the tone, nor its opening or its leave', () => {
    const answers = spoken.filter((turn) => turn.role === 'assistant').map((turn) => turn.content)
    expect(answers.filter((answer) => hasTone(answer, 'ja') || hasTone(answer, 'en'))).toEqual([])
    expect(
      answers.filter((answer) => /月しろ茶舗でございます|よい一服を|at your service|quiet cup/u.test(answer))
    ).toEqual([])
  })

  test('no question of the sample is one of the grammar', () => {
    for (const { question, id } of rows) expect(partOf(question), id).toBe('held_out')
    const asked = new Set(spoken.filter((turn) => turn.role === 'user').map((turn) => turn.content))
    expect(rows.filter((row) => asked.has(row.question)).map((row) => row.id)).toEqual([])
  })

  test('the grammar knows every fact that the sample asks for', () => {
    for (const { id, language, facts } of rows) {
      const known = topics.some((topic) => facts.every((fact) => topic[language].facts.includes(fact)))
      expect(known, id).toBe(true)
    }
  })
})

describe('the CSV twins', () => {
  test('are what the sample gives, in CP932 and in UTF-8', () => {
    const utf8 = readFileSync(join(dir, 'support-desk.utf8.csv'))
    const cp932 = readFileSync(join(dir, 'support-desk.cp932.csv'))
    expect(utf8.toString('utf8')).toBe(sampleCsv())
    expect(iconv.decode(cp932, 'CP932')).toBe(sampleCsv())
    expect(cp932.equals(utf8)).toBe(false)
  })
})
