// The grammar that the starter learns from: the same every time, true to its facts, with an honest exam.
import { describe, expect, test } from 'vitest'
import { dialogues, examination, topics } from '../../scripts/starter/grammar/corpus'
import { partOf } from '../../scripts/starter/grammar/dialogue'
import { compilePattern, expandPattern } from '../../scripts/starter/grammar/pattern'
import { courteous } from '../../scripts/starter/grammar/politeness'
import { Chance } from '../../scripts/starter/grammar/random'
import { readingExercise } from '../../scripts/starter/grammar/reading'
import { readTopics } from '../../scripts/starter/grammar/topics'

describe('patterns', () => {
  const expansions = (source: string, macros: Record<string, string> = {}): string[] => {
    const pattern = compilePattern(source, macros)
    const chance = new Chance(5)
    return [...new Set(Array.from({ length: 200 }, () => expandPattern(pattern, chance)))].sort()
  }

  test('give every branch, nested ones and empty ones too', () => {
    expect(expansions('a[b|c[d|]]e')).toEqual(['abe', 'acde', 'ace'])
  })

  test('put a macro in as one choice, even where it is a sequence', () => {
    expect(expansions('{x}!', { x: '[1|2]3' })).toEqual(['13!', '23!'])
  })

  test('refuse what is not closed and what is not known', () => {
    expect(() => compilePattern('a[b', {})).toThrow(/unclosed/)
    expect(() => compilePattern('{nothing}', {})).toThrow(/no macro/)
    expect(() => readTopics('hello')).toThrow(/notation/)
  })
})

describe('chance', () => {
  test('is the same for a seed, and spread over [0, 1)', () => {
    const one = new Chance(9)
    const two = new Chance(9)
    const values = Array.from({ length: 4000 }, () => one.next())
    expect(Array.from({ length: 4000 }, () => two.next())).toEqual(values)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values)).toBeLessThan(1)
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0.5, 1)
  })

  test('shuffles without loss', () => {
    const items = Array.from({ length: 50 }, (_, i) => i)
    const shuffled = new Chance(1).shuffle([...items])
    expect(shuffled).not.toEqual(items)
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(items)
  })
})

describe('topics', () => {
  test('have one name each, and words for asking and saying in both languages', () => {
    expect(new Set(topics.map((topic) => topic.id)).size).toBe(topics.length)
    for (const { id, ja, en } of topics) {
      for (const phrasing of [ja, en]) {
        expect(phrasing.ask.length, id).toBeGreaterThan(0)
        expect(phrasing.say.length, id).toBeGreaterThan(0)
      }
    }
  })

  test('say all their facts in every plain answer', () => {
    const chance = new Chance(2)
    for (const topic of topics) {
      for (const { say, facts } of [topic.ja, topic.en]) {
        for (const pattern of say) {
          for (let i = 0; i < 12; i++) {
            const answer = expandPattern(pattern, chance)
            for (const fact of facts) expect(answer, topic.id).toContain(fact)
          }
        }
      }
    }
  })

  test('leave no bracket, brace or bar in what is said', () => {
    const texts = [...dialogues(21, 4000)].flatMap((dialogue) => dialogue.turns.map((turn) => turn.content))
    expect(texts.filter((text) => /[[\]{}|]|undefined/.test(text))).toEqual([])
    expect(texts.filter((text) => text.trim() === '')).toEqual([])
  })
})

describe('the corpus', () => {
  test('is the same for the same seed and another for another', () => {
    const first = [...dialogues(3, 300)]
    expect([...dialogues(3, 300)]).toEqual(first)
    expect([...dialogues(4, 300)]).not.toEqual(first)
  })

  test('begins alike however long it is', () => {
    expect([...dialogues(3, 300)].slice(0, 50)).toEqual([...dialogues(3, 50)])
  })

  test('ends every dialogue with an answer that holds its facts', () => {
    for (const { turns, facts, topic } of dialogues(6, 3000)) {
      const last = turns.at(-1)
      expect(last?.role).toBe('assistant')
      for (const fact of facts) expect(last?.content, topic).toContain(fact)
    }
  })
})

describe('the examination', () => {
  const questions = examination(3)

  test('asks most topics in both languages, and only what is held out', () => {
    expect(questions.length).toBeGreaterThan(250)
    for (const { turns } of questions) expect(partOf(turns[0]?.content ?? '')).toBe('held_out')
  })

  test('asks nothing that the corpus asks in the same words', () => {
    const taught = new Set(
      [...dialogues(8, 20_000)].flatMap(({ turns }) => turns.map((turn) => turn.content))
    )
    expect(questions.filter(({ turns }) => taught.has(turns[0]?.content ?? ''))).toEqual([])
  })
})

describe('reading exercises', () => {
  test('hold their answer in the question, every figure and name of it', () => {
    const chance = new Chance(4)
    for (let i = 0; i < 2000; i++) {
      const { question, answer, facts } = readingExercise(chance, i % 2 === 0 ? 'ja' : 'en')
      for (const fact of facts) {
        expect(question).toContain(fact)
        expect(answer).toContain(fact)
      }
    }
  })
})

describe('politeness', () => {
  test('keeps every fact letter by letter, and says it otherwise', () => {
    const chance = new Chance(12)
    let changed = 0
    let said = 0
    for (const topic of topics.filter((each) => each.ja.facts[0] !== '')) {
      for (const language of ['ja', 'en'] as const) {
        for (const pattern of topic[language].say) {
          const plain = expandPattern(pattern, chance)
          const polite = courteous(plain, language, chance)
          for (const fact of topic[language].facts) expect(polite, topic.id).toContain(fact)
          said++
          if (polite !== plain) changed++
        }
      }
    }
    expect(changed / said).toBeGreaterThan(0.95)
  })
})
